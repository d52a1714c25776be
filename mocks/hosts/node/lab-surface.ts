/**
 * The lab over HTTP, for tests of other projects: JSON below `/_lab/`, guarded by a token that is printed at the start. Nothing of the cloud
 * opens it, and no page of another origin.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Fault } from '#src/api/contract/backend.ts'
import { isActionName } from '#src/api/contract/actions.ts'
import { faultKinds } from '#src/api/contract/faults.ts'
import { parseJson } from '#src/api/contract/rules.ts'
import * as shape from '#src/api/contract/shapes.ts'
import type { Cloud } from '#mocks/cloud.ts'
import { isOwn } from './cors.ts'
import { plainRows } from './plain-rows.ts'
import type { Snapshots } from './snapshots.ts'

export const labPath = '/_lab/'

type LabCloud = Pick<Cloud, 'lab' | 'now' | 'dump'> & { readonly snapshots: Snapshots }

class LabRefusal extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

const scenario = shape.object({ name: shape.string(), seed: shape.number() })
const snapshotName = shape.object({ id: shape.string() })
const clock = shape.object({ advanceMs: shape.number() })
const faults = shape.object({
  faults: shape.array(
    shape.object({
      id: shape.string(),
      hop: shape.oneOf(['kms', 'proxy', 'keyManager']),
      kind: shape.oneOf(faultKinds),
      action: shape.optional(shape.string()),
      ms: shape.optional(shape.number()),
      times: shape.optional(shape.number()),
    }),
  ),
})

async function bodyOf<T>(request: Request, expected: shape.Shape<T>, needed: string): Promise<T> {
  const body = expected.read(parseJson(await request.text()))
  if (body instanceof shape.Misfit) throw new LabRefusal(400, `A JSON object ${needed} is needed.`)
  return body
}

async function faultsOf(request: Request): Promise<readonly Fault[]> {
  const body = await bodyOf(request, faults, '{ "faults": [{ "id", "hop", "kind", "action"?, "ms"?, "times"? }] }')
  return body.faults.map(({ action, ...fault }): Fault => {
    if (action === undefined) return fault
    if (!isActionName(action)) throw new LabRefusal(400, `There is no action ${action}.`)
    return { ...fault, action }
  })
}

const clockOf = ({ now }: LabCloud) => ({ now: new Date(now()).toISOString() })
const scenarioOf = async ({ lab }: LabCloud) => ({ ...(await lab.scenario()), known: await lab.scenarios() })
const faultsNow = async ({ lab }: LabCloud) => ({ faults: await lab.faults() })

type Endpoint = (cloud: LabCloud, request: Request) => Promise<object> | object

/** By path and verb. A request that changes something answers what is now. */
const endpoints: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  reset: {
    POST: async (cloud) => {
      await cloud.lab.reset()
      return scenarioOf(cloud)
    },
  },
  scenario: {
    GET: scenarioOf,
    PUT: async (cloud, request) => {
      const choice = await bodyOf(request, scenario, '{ "name", "seed" }')
      if (!Number.isSafeInteger(choice.seed)) throw new LabRefusal(400, 'The seed is a whole number.')
      await cloud.lab.load(choice)
      return scenarioOf(cloud)
    },
  },
  clock: {
    GET: clockOf,
    POST: async (cloud, request) => {
      await cloud.lab.advanceClock((await bodyOf(request, clock, '{ "advanceMs" }')).advanceMs)
      return clockOf(cloud)
    },
  },
  faults: {
    GET: faultsNow,
    PUT: async (cloud, request) => {
      await cloud.lab.setFaults(await faultsOf(request))
      return faultsNow(cloud)
    },
  },
  snapshot: {
    GET: ({ dump }) => {
      const { cloud, vault } = dump()
      return { cloud: plainRows(cloud), vault: plainRows(vault) }
    },
    POST: async ({ snapshots }) => ({ id: await snapshots.snapshot() }),
    PUT: async (cloud, request) => {
      await cloud.snapshots.restore((await bodyOf(request, snapshotName, '{ "id" }')).id)
      return scenarioOf(cloud)
    },
  },
  traces: { GET: ({ dump }) => ({ traces: dump().trace }) },
}

/** Rejects for defects only. */
export function createLabSurface(cloud: LabCloud, token: string): (request: Request) => Promise<Response> {
  const expected = digest(`Bearer ${token}`)
  return async (request) => {
    if (!isOwn(request)) return refusal(403, 'The lab is not for pages of other origins.')
    if (!timingSafeEqual(digest(request.headers.get('authorization') ?? ''), expected))
      return refusal(401, 'The lab asks for the token that was printed at the start: authorization: Bearer <token>.')
    const name = new URL(request.url).pathname.slice(labPath.length)
    const verbs = Object.hasOwn(endpoints, name) ? endpoints[name] : undefined
    if (!verbs) return refusal(404, `The lab has ${Object.keys(endpoints).join(', ')}.`)
    const endpoint = verbs[request.method]
    if (!endpoint) return refusal(405, `Only ${Object.keys(verbs).join(' and ')} is allowed here.`)
    try {
      return json(200, await endpoint(cloud, request))
    } catch (error) {
      if (error instanceof LabRefusal) return refusal(error.status, error.message)
      // The lab's own word for a value that is none of its.
      if (error instanceof RangeError) return refusal(400, error.message)
      throw error
    }
  }
}

/** Of one length, whatever was sent. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const json = (status: number, body: object): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store' } })

const refusal = (status: number, message: string): Response => json(status, { error: { message } })
