/**
 * The proxy's end of a wire, whatever dialect is spoken on it. Order of checks: path, verb, size of the body, signature, body, then the
 * engine's. Where a wrong verb and a malformed field stand is left open by the XKS specification; its published test client accepts this order.
 */
import { parseJson } from '#src/api/contract/rules.ts'
import * as shape from '#src/api/contract/shapes.ts'
import { utf8Text, type Bytes } from '#mocks/crypto/bytes.ts'
import type { ProxyCredentialRow } from '#mocks/store/rows.ts'
import { ProxyRefusal, type ProxyCall, type ProxyEngine, type Refusal } from '#mocks/xki/engine.ts'
import type { Host, Making } from '#mocks/xki/network.ts'
import type { NewLogEntry } from '#mocks/xki/request-log.ts'
import type { Operation } from './messages.ts'

/** Why a request gets no further: by the proxy itself, or by its engine. */
export type Outcome =
  | Refusal
  | 'noPath'
  | 'wrongVerb'
  | 'bodyTooLarge'
  | 'notAuthentic'
  | 'wrongDate'
  | 'notJson'
  | 'missingField'
  | 'invalidField'
  | 'defect'

export interface Route {
  readonly uriPathPrefix: string
  readonly operation: Operation
  /** Empty for `health`. */
  readonly keyId: string
}

export type Asked = Pick<ProxyCall, 'action' | 'requestId' | 'principalArn' | 'keyArn'>

/** A request that was understood. */
export interface Task {
  readonly asked: Asked
  readonly act: (engine: ProxyEngine, call: ProxyCall, keyId: string) => Promise<object>
}

export interface Refused {
  readonly status: number
  /** The dialect's own word for it. */
  readonly code: string
  readonly body: object
}

export interface SignedRequest {
  readonly request: Request
  readonly url: URL
  readonly body: Bytes
}

export interface ServerDialect {
  readonly name: NonNullable<ProxyCredentialRow['dialect']>
  /** Follows the path prefix. */
  readonly basePath: string
  readonly routeOf: (path: string) => Route | null
  /** `wrongDate`: signed too long ago, or too far ahead. */
  readonly authenticate: (
    signed: SignedRequest,
    accepted: readonly ProxyCredentialRow[],
    now: number,
  ) => Promise<'authentic' | 'notAuthentic' | 'wrongDate'>
  /** `body` undefined: no JSON. */
  readonly read: (operation: Operation, body: unknown) => Task | shape.Misfit
  /** `field`: names and indices from the outside in, as this dialect calls them. */
  readonly refuse: (outcome: Outcome, field: shape.Misfit['path'], asked: Asked | null) => Refused
  /** Of every answer; `asked` null: the request was not understood. */
  readonly headers: (asked: Asked | null) => Readonly<Record<string, string>>
}

export interface ServerOptions {
  /** The first one answers where no path tells which. */
  readonly dialects: readonly [ServerDialect, ...ServerDialect[]]
  readonly engine: ProxyEngine
  /** The credentials of a path prefix, of every dialect; none: the prefix is not served. */
  readonly credentials: (uriPathPrefix: string) => readonly ProxyCredentialRow[]
  /** ms since the epoch by the wall clock, which signature times are judged by. */
  readonly wallNow: () => number
  /** Told of every defect: something was thrown that is no refusal. */
  readonly report: (defect: unknown) => void
  /** Told of every request for a key or for health, with how it ended and without what it held. */
  readonly log: (entry: NewLogEntry) => void
}

/** Far above any request of the protocols; what is longer is not looked into. */
export const maxBodyLength = 1024 * 1024

class Refuse extends Error {
  readonly outcome: Outcome
  readonly field: shape.Misfit['path']
  constructor(outcome: Outcome, field: shape.Misfit['path'] = []) {
    super(outcome)
    this.outcome = outcome
    this.field = field
  }
}

const valueAt = (value: unknown, path: shape.Misfit['path']): unknown =>
  path.reduce<unknown>((inner, name) => Object(inner)[name], value)

/** Answers requests to a proxy; never rejects. */
export function createServer(options: ServerOptions): Host {
  const { dialects, engine, credentials, wallNow, report, log } = options

  function understand(dialect: ServerDialect, operation: Operation, body: Bytes): Task {
    const text = utf8Text(body)
    const json = text === null ? undefined : parseJson(text)
    const task = dialect.read(operation, json)
    if (!(task instanceof shape.Misfit)) return task
    if (task.path.length === 0) throw new Refuse('notJson')
    throw new Refuse(valueAt(json, task.path) === undefined ? 'missingField' : 'invalidField', task.path)
  }

  async function carryOut(
    dialect: ServerDialect,
    route: Route | null,
    request: Request,
    spend: ProxyCall['spend'],
    { limits }: Making,
    know: (asked: Asked) => void,
  ): Promise<object> {
    const url = new URL(request.url)
    const accepted = route
      ? credentials(route.uriPathPrefix).filter((one) => (one.dialect ?? 'xks-v1') === dialect.name)
      : []
    if (!route || accepted.length === 0) throw new Refuse('noPath')
    if (request.method !== 'POST') throw new Refuse('wrongVerb')
    const body = new Uint8Array(await request.arrayBuffer())
    if (body.length > maxBodyLength) throw new Refuse('bodyTooLarge')
    const judged = await dialect.authenticate({ request, url, body }, accepted, wallNow())
    if (judged !== 'authentic') throw new Refuse(judged)
    const task = understand(dialect, route.operation, body)
    know(task.asked)
    return task.act(engine, { ...task.asked, spend, ...(limits ? { limits } : {}) }, route.keyId)
  }

  return async (request, spend, making = {}) => {
    const { pathname } = new URL(request.url)
    const dialect = dialects.find(({ basePath }) => pathname.includes(`${basePath}/`)) ?? dialects[0]
    const route = dialect.routeOf(pathname)
    let asked: Asked | null = null
    const answer = (status: number, body: object, headers: Record<string, string> = {}): Response =>
      new Response(JSON.stringify(body), {
        status,
        headers: { 'content-type': 'application/json', ...dialect.headers(asked), ...headers },
      })
    const logged = (status: number, error: string | null): void => {
      if (route)
        log({ dialect: dialect.name, operation: route.operation, keyId: route.keyId || null, asked, status, error })
    }
    try {
      const body = await carryOut(dialect, route, request, spend, making, (known) => {
        asked = known
      })
      logged(200, null)
      return answer(200, body)
    } catch (error) {
      const refused = refusalOf(dialect, error, asked)
      if (refused.defect) report(error)
      logged(refused.status, refused.code)
      return answer(refused.status, refused.body, refused.status === 405 ? { allow: 'POST' } : {})
    }
  }
}

function refusalOf(
  dialect: ServerDialect,
  error: unknown,
  asked: Asked | null,
): Refused & { readonly defect: boolean } {
  if (error instanceof Refuse) return { ...dialect.refuse(error.outcome, error.field, asked), defect: false }
  if (error instanceof ProxyRefusal) return { ...dialect.refuse(error.refusal, [], asked), defect: false }
  return { ...dialect.refuse('defect', [], asked), defect: true }
}
