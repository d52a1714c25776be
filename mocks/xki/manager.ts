/** The key manager's own interface over HTTP: JSON below `…/api/key-manager/`, no signature. See `#src/api/contract/key-manager.ts`. */
import {
  managerKeyIdProblem,
  managerKeyNameProblem,
  type ManagerErrorCode,
  type ManagerKey,
} from '#src/api/contract/key-manager.ts'
import { describeProblem, parseJson } from '#src/api/contract/rules.ts'
import * as shape from '#src/api/contract/shapes.ts'
import { utf8Text } from '#mocks/crypto/bytes.ts'
import { VaultError, type ManagedKey, type Vault } from './vault.ts'

const maxBodyLength = 64 * 1024

const statuses: Readonly<Record<ManagerErrorCode, number>> = {
  InvalidRequest: 400,
  NotFound: 404,
  MethodNotAllowed: 405,
  AlreadyExists: 409,
  TooLarge: 413,
  InternalFailure: 500,
}

class ManagerRefusal extends Error {
  readonly code: ManagerErrorCode
  constructor(code: ManagerErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

type Endpoint = (vault: Vault, request: Request, id: string) => Promise<Response>

const setStatus =
  (status: ManagedKey['status']): Endpoint =>
  async (vault, _, id) =>
    json(200, view(await vault.setStatus(id, status)))

/** What a path answers, by verb. */
const routes: readonly { readonly path: RegExp; readonly verbs: Readonly<Record<string, Endpoint>> }[] = [
  {
    path: /^keys$/,
    verbs: {
      GET: async (vault) => json(200, { keys: vault.list().map(view) }),
      POST: async (vault, request) => json(201, view(await vault.create(await newKeyOf(request)))),
    },
  },
  { path: /^keys\/([^/]+)\/enable$/, verbs: { POST: setStatus('ENABLED') } },
  { path: /^keys\/([^/]+)\/disable$/, verbs: { POST: setStatus('DISABLED') } },
]

/** Never rejects: a defect is reported and answered with InternalFailure. */
export function createManager(
  vault: Vault,
  report: (defect: unknown) => void,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await serve(vault, request)
    } catch (error) {
      if (error instanceof ManagerRefusal) return refusal(error.code, error.message)
      if (error instanceof VaultError && error.code === 'NotFound') return refusal('NotFound', error.message)
      if (error instanceof VaultError && error.code === 'AlreadyExists') return refusal('AlreadyExists', error.message)
      report(error)
      return refusal('InternalFailure', 'The key manager failed.')
    }
  }
}

function serve(vault: Vault, request: Request): Promise<Response> {
  const [, path = ''] = /\/api\/key-manager\/(.*)$/.exec(new URL(request.url).pathname) ?? []
  const route = routes.find((candidate) => candidate.path.test(path))
  if (!route) throw new ManagerRefusal('NotFound', 'There is no such path.')
  const endpoint = Object.hasOwn(route.verbs, request.method) ? route.verbs[request.method] : undefined
  if (!endpoint) return Promise.resolve(wrongVerb(Object.keys(route.verbs)))
  // IDs hold no character that a URL would encode.
  return endpoint(vault, request, route.path.exec(path)?.[1] ?? '')
}

const newKey = shape.object({ id: shape.optional(shape.string()), name: shape.optional(shape.string()) })

async function newKeyOf(request: Request): Promise<{ id: string | undefined; name: string }> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > maxBodyLength)
    throw new ManagerRefusal('TooLarge', `The body is longer than ${maxBodyLength} bytes.`)
  const text = utf8Text(bytes)
  const body = newKey.read(text === null ? undefined : parseJson(text))
  if (body instanceof shape.Misfit)
    throw new ManagerRefusal(
      'InvalidRequest',
      'A JSON object with the texts "id" and "name", both optional, is needed.',
    )

  const { id, name = '' } = body
  const idProblem = id === undefined ? null : managerKeyIdProblem(id)
  if (idProblem) throw new ManagerRefusal('InvalidRequest', `The id is not valid. ${describeProblem(idProblem)}`)
  const nameProblem = managerKeyNameProblem(name)
  if (nameProblem) throw new ManagerRefusal('InvalidRequest', `The name is not valid. ${describeProblem(nameProblem)}`)
  return { id, name }
}

const view = ({ id, name, spec, status, createdAt }: ManagedKey): ManagerKey => ({
  id,
  name,
  spec,
  status,
  createdAt: new Date(createdAt).toISOString(),
})

const json = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

const refusal = (code: ManagerErrorCode, message: string, headers?: Record<string, string>): Response =>
  json(statuses[code], { error: { code, message } }, headers)

const wrongVerb = (allowed: readonly string[]): Response =>
  refusal('MethodNotAllowed', `Only ${allowed.join(' and ')} is allowed here.`, { allow: allowed.join(', ') })
