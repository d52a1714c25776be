/** The key manager's own interface over HTTP: JSON below `…/api/key-manager/`, no signature. See `#src/api/contract/key-manager.ts`. */
import {
  isRequestsPerMinute,
  managerKeyIdProblem,
  managerKeyNameProblem,
  maxProxyCredentials,
  maxRequestsPerMinute,
  type ManagerErrorCode,
  type ManagerKey,
  type ManagerProxy,
  type ManagerProxyCredential,
  type NewProxyCredential,
} from '#src/api/contract/key-manager.ts'
import { connectionProblemTexts, uriPathPrefixProblem } from '#src/api/contract/connection-rules.ts'
import { dialects } from '#src/api/contract/connections.ts'
import { describeProblem, parseJson } from '#src/api/contract/rules.ts'
import * as shape from '#src/api/contract/shapes.ts'
import { utf8Text } from '#mocks/crypto/bytes.ts'
import type { RequestLog } from './request-log.ts'
import type { ProxyCredentialRow } from '#mocks/store/rows.ts'
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

export interface ManagerOptions {
  readonly vault: Vault
  readonly log: RequestLog
  /** Where the proxy answers. */
  readonly endpoints: ManagerProxy['endpoints']
  /** ms since the epoch. */
  readonly now: () => number
  /** Told of every defect. */
  readonly report: (defect: unknown) => void
}

type Endpoint = (manager: ManagerOptions, request: Request, id: string) => Promise<Response>

const setStatus =
  (status: ManagedKey['status']): Endpoint =>
  async ({ vault }, _, id) =>
    json(200, view(await vault.setStatus(id, status)))

function existing(vault: Vault, id: string): ManagedKey {
  const key = vault.find(id)
  if (!key) throw new ManagerRefusal('NotFound', `There is no key ${id}.`)
  return key
}

/** What a path answers, by verb. */
const routes: readonly { readonly path: RegExp; readonly verbs: Readonly<Record<string, Endpoint>> }[] = [
  {
    path: /^keys$/,
    verbs: {
      GET: async ({ vault }) => json(200, { keys: vault.list().map(view) }),
      POST: async ({ vault }, request) => json(201, view(await vault.create(await newKeyOf(request)))),
    },
  },
  {
    path: /^keys\/([^/]+)$/,
    verbs: {
      GET: async ({ vault }, _, id) => json(200, view(existing(vault, id))),
      // Answers what is gone now, and who asked for it.
      DELETE: async ({ vault }, _, id) => json(200, view(await vault.remove(id))),
    },
  },
  { path: /^keys\/([^/]+)\/enable$/, verbs: { POST: setStatus('ENABLED') } },
  { path: /^keys\/([^/]+)\/disable$/, verbs: { POST: setStatus('DISABLED') } },
  {
    path: /^keys\/([^/]+)\/limit$/,
    verbs: {
      PUT: async ({ vault }, request, id) => json(200, view(await vault.setLimit(id, await limitOf(request)))),
    },
  },
  // Of a key that was deleted too: what it was asked for is known still.
  {
    path: /^keys\/([^/]+)\/requests$/,
    verbs: { GET: async ({ log }, _, id) => json(200, { requests: log.list(id) }) },
  },
  { path: /^requests$/, verbs: { GET: async ({ log }) => json(200, { requests: log.list() }) } },
  {
    path: /^proxy$/,
    verbs: {
      GET: async ({ vault, endpoints }) =>
        json(200, { endpoints, credentials: vault.allCredentials().map(credentialView) }),
    },
  },
  {
    path: /^proxy\/credentials$/,
    verbs: {
      POST: async ({ vault }, request) => {
        const wanted = await newCredentialOf(request)
        if (vault.allCredentials().length >= maxProxyCredentials)
          throw new ManagerRefusal('InvalidRequest', `There are ${maxProxyCredentials} credentials already.`)
        const { credential, secret } = await vault.createCredential(wanted)
        const answer: NewProxyCredential = { ...credentialView(credential), accessKeySecret: secret }
        return json(201, answer, { 'cache-control': 'no-store' })
      },
    },
  },
  {
    path: /^proxy\/credentials\/([A-Z2-7]+)$/,
    verbs: { DELETE: async ({ vault }, _, id) => json(200, credentialView(await vault.removeCredential(id))) },
  },
  {
    path: /^health$/,
    verbs: {
      GET: async ({ vault, now }) => {
        const checkedAt = new Date(now()).toISOString()
        return json(200, { working: await vault.selfTest().catch(() => false), checkedAt })
      },
    },
  },
]

/** Never rejects: a defect is reported and answered with InternalFailure. */
export function createManager(manager: ManagerOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await serve(manager, request)
    } catch (error) {
      if (error instanceof ManagerRefusal) return refusal(error.code, error.message)
      if (error instanceof VaultError && error.code === 'NotFound') return refusal('NotFound', error.message)
      if (error instanceof VaultError && error.code === 'AlreadyExists') return refusal('AlreadyExists', error.message)
      manager.report(error)
      return refusal('InternalFailure', 'The key manager failed.')
    }
  }
}

function serve(manager: ManagerOptions, request: Request): Promise<Response> {
  const [, path = ''] = /\/api\/key-manager\/(.*)$/.exec(new URL(request.url).pathname) ?? []
  const route = routes.find((candidate) => candidate.path.test(path))
  if (!route) throw new ManagerRefusal('NotFound', 'There is no such path.')
  const endpoint = Object.hasOwn(route.verbs, request.method) ? route.verbs[request.method] : undefined
  if (!endpoint) return Promise.resolve(wrongVerb(Object.keys(route.verbs)))
  // IDs hold no character that a URL would encode.
  return endpoint(manager, request, route.path.exec(path)?.[1] ?? '')
}

const newKey = shape.object({ id: shape.optional(shape.string()), name: shape.optional(shape.string()) })

async function bodyOf<T>(request: Request, expected: shape.Shape<T>, needed: string): Promise<T> {
  const bytes = new Uint8Array(await request.arrayBuffer())
  if (bytes.length > maxBodyLength)
    throw new ManagerRefusal('TooLarge', `The body is longer than ${maxBodyLength} bytes.`)
  const text = utf8Text(bytes)
  const body = expected.read(text === null ? undefined : parseJson(text))
  if (body instanceof shape.Misfit) throw new ManagerRefusal('InvalidRequest', `${needed} is needed.`)
  return body
}

const limit = shape.object({ requestsPerMinute: shape.nullable(shape.number()) })

async function limitOf(request: Request): Promise<number | null> {
  const needed = `A JSON object with "requestsPerMinute", a whole number from 1 to ${maxRequestsPerMinute} or null,`
  const { requestsPerMinute } = await bodyOf(request, limit, needed)
  if (!isRequestsPerMinute(requestsPerMinute)) throw new ManagerRefusal('InvalidRequest', `${needed} is needed.`)
  return requestsPerMinute
}

async function newKeyOf(request: Request): Promise<{ id: string | undefined; name: string }> {
  const body = await bodyOf(request, newKey, 'A JSON object with the texts "id" and "name", both optional,')
  const { id, name = '' } = body
  const idProblem = id === undefined ? null : managerKeyIdProblem(id)
  if (idProblem) throw new ManagerRefusal('InvalidRequest', `The id is not valid. ${describeProblem(idProblem)}`)
  const nameProblem = managerKeyNameProblem(name)
  if (nameProblem) throw new ManagerRefusal('InvalidRequest', `The name is not valid. ${describeProblem(nameProblem)}`)
  return { id, name }
}

const newCredential = shape.object({ uriPathPrefix: shape.string(), dialect: shape.oneOf(dialects) })

async function newCredentialOf(request: Request) {
  const needed = `A JSON object with the text "uriPathPrefix" and "dialect", one of ${dialects.join(' and ')},`
  const { uriPathPrefix, dialect } = await bodyOf(request, newCredential, needed)
  const problem = uriPathPrefixProblem(uriPathPrefix, dialect)
  if (problem)
    throw new ManagerRefusal('InvalidRequest', `The path prefix is not valid. ${connectionProblemTexts[problem]}`)
  return { uriPathPrefix, dialect }
}

const credentialView = (row: ProxyCredentialRow): ManagerProxyCredential => ({
  accessKeyId: row.accessKeyId,
  uriPathPrefix: row.uriPathPrefix,
  dialect: row.dialect ?? 'xks-v1',
  createdAt: row.createdAt === undefined ? null : new Date(row.createdAt).toISOString(),
})

const view = (key: ManagedKey): ManagerKey => ({
  id: key.id,
  name: key.name,
  spec: key.spec,
  status: key.status,
  createdAt: new Date(key.createdAt).toISOString(),
  requestsPerMinute: key.requestsPerMinute ?? null,
  callers: (key.callers ?? []).map(({ kmsKeyArn, lastRequestAt }) => ({
    kmsKeyArn,
    lastRequestAt: new Date(lastRequestAt).toISOString(),
  })),
})

const json = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })

const refusal = (code: ManagerErrorCode, message: string, headers?: Record<string, string>): Response =>
  json(statuses[code], { error: { code, message } }, headers)

const wrongVerb = (allowed: readonly string[]): Response =>
  refusal('MethodNotAllowed', `Only ${allowed.join(' and ')} is allowed here.`, { allow: allowed.join(', ') })
