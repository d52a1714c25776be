/** The proxy's end of the XKI wire: assumed, like all of it. */
import { externalKeyIdProblem } from '#src/api/contract/rules.ts'
import { Misfit } from '#src/api/contract/shapes.ts'
import { parseAcs4Authorization, verifyAcs4 } from '#mocks/crypto/acs4.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { amzDateTime } from '#mocks/crypto/sigv4.ts'
import { endpoints, operations } from './messages.ts'
import { maxBodyLength, type Outcome, type Refused, type ServerDialect, type Task } from './server.ts'
import {
  basePath,
  errorStatuses,
  fromWire,
  ownName,
  pathNames,
  product,
  requestIdHeader,
  toWire,
  version,
  type ErrorCode,
} from './xki.ts'

const skewMs = 15 * 60_000

const pathPattern = new RegExp(`^(.*)${basePath}/(?:(health)|keys/([^/]+)/([a-z]+))$`)

const routeOf: ServerDialect['routeOf'] = (path) => {
  const [, uriPathPrefix = '', health, keyId = '', name] = pathPattern.exec(path) ?? []
  if (health) return { uriPathPrefix, operation: 'health', keyId }
  const operation = operations.find((one) => one !== 'health' && pathNames[one] === name)
  return operation && !externalKeyIdProblem(keyId) ? { uriPathPrefix, operation, keyId } : null
}

const requiredHeaders = ['host', 'x-acs-accesskey-id', 'x-acs-content-sha256', 'x-acs-date', 'x-acs-signature-nonce']

/** ACS4 by one of the accepted credentials, over host, content type and every `x-acs-` header at least, within 15 minutes of now. */
const authenticate: ServerDialect['authenticate'] = async ({ request, url, body }, accepted, now) => {
  const header = parseAcs4Authorization(request.headers.get('authorization') ?? '')
  const credential = accepted.find(({ accessKeyId }) => accessKeyId === header?.accessKeyId)
  if (!header || !credential || header.scope.product !== product) return 'notAuthentic'

  const sent = [...request.headers.keys()].filter((name) => name === 'content-type' || name.startsWith('x-acs-'))
  if (![...requiredHeaders, ...sent].every((name) => header.signedHeaders.includes(name))) return 'notAuthentic'
  const headers = new Map<string, string>()
  for (const name of header.signedHeaders) {
    const value = name === 'host' ? url.host : request.headers.get(name)
    if (value === null) return 'notAuthentic'
    headers.set(name, value)
  }
  const payloadHash = await sha256Hex(body)
  if (headers.get('x-acs-content-sha256') !== payloadHash) return 'notAuthentic'
  if (headers.get('x-acs-accesskey-id') !== header.accessKeyId) return 'notAuthentic'
  const date = headers.get('x-acs-date')!
  const time = amzDateTime(date)
  if (time === null || Math.abs(now - time) > skewMs || !date.startsWith(header.scope.date)) return 'wrongDate'

  const signed = { method: request.method, path: url.pathname, query: url.searchParams, headers, payloadHash }
  return (await verifyAcs4(signed, header, credential.signingKey)) ? 'authentic' : 'notAuthentic'
}

/** One status for the whole server, where XKS tells of each manager. */
function healthAnswer(common: object): object {
  const { ekmFleetDetails } = common as { readonly ekmFleetDetails: readonly { readonly healthStatus: string }[] }
  return {
    XkiSpecification: version,
    XkiServerName: 'Simulated external key proxy',
    XkiServerVersion: '1',
    XkiVendor: 'KMS Console',
    XkiStatus: ekmFleetDetails[0]?.healthStatus ?? 'UNAVAILABLE',
    XkiMessage: 'OK',
  }
}

const read: ServerDialect['read'] = (operation, body) => {
  const task = endpoints[operation](fromWire(body))
  if (task instanceof Misfit)
    return new Misfit(task.path.map((name) => (typeof name === 'string' ? ownName(name) : name)))
  if (task.asked.requestId === '') return new Misfit(['RequestMetadata', 'KmsRequestId'])
  const act: Task['act'] = async (...carried) => {
    const answer = await task.act(...carried)
    return { RequestId: task.asked.requestId, ...(operation === 'health' ? healthAnswer(answer) : toWire(answer)) }
  }
  return { ...task, act }
}

const refusals: Readonly<Record<Exclude<Outcome, 'missingField' | 'invalidField'>, readonly [ErrorCode, string]>> = {
  noPath: ['XkiNotFound', 'There is no such path.'],
  wrongVerb: ['MethodNotAllowed', 'Only POST is allowed here.'],
  bodyTooLarge: ['InvalidRequest', `The body is longer than ${maxBodyLength} bytes.`],
  notAuthentic: ['Unauthorized', 'The request is not signed by a credential of this path.'],
  wrongDate: ['InvalidAcsDate', 'The date of the request is more than 15 minutes off.'],
  notJson: ['InvalidRequest', 'The body is not a JSON object.'],
  keyNotFound: ['KeyNotFound', 'There is no such key.'],
  keyDisabled: ['KeyDisabledForbidden', 'The key is disabled in the key manager.'],
  keyUsage: ['KeyUsageForbidden', 'The key does not permit this operation.'],
  denied: ['AccessForbidden', 'The policy of the proxy does not allow this request.'],
  tooLarge: ['InvalidOperation', 'A value is larger than this proxy supports.'],
  invalidCiphertext: ['InvalidCiphertextBlob', 'The ciphertext or what belongs to it is not valid.'],
  managerFailed: ['ServiceUnavaiable', 'The key manager failed.'],
  managerTimedOut: ['Timeout', 'The key manager did not answer in time.'],
  throttled: ['TooManyRequests', 'The key manager receives too many requests.'],
  defect: ['InternalServerError', 'The proxy failed.'],
}

const refuse: ServerDialect['refuse'] = (outcome, [name = '', inner], asked) => {
  const refused = (status: number, code: string, Message: string): Refused => ({
    status,
    code,
    body: { RequestId: asked?.requestId ?? '', Code: code, Message },
  })
  if (outcome !== 'missingField' && outcome !== 'invalidField') {
    const [code, message] = refusals[outcome]
    return refused(errorStatuses[code], code, message)
  }
  // Metadata that is no object counts as none, and what is wrong within it as one thing.
  const missing = name === 'RequestMetadata' ? inner === undefined : outcome === 'missingField'
  const field = inner === undefined ? name : `${name}.${inner}`
  return refused(400, missing ? `${name}Required` : `Invalid${name}`, `The field ${field} is missing or not valid.`)
}

export const xkiServer: ServerDialect = {
  name: 'xki',
  basePath,
  routeOf,
  authenticate,
  read,
  refuse,
  headers: (asked) => ({
    ...(asked ? { [requestIdHeader]: asked.requestId } : {}),
    'x-xki-specification': version,
    'x-xki-server': 'KMS-Console/1',
  }),
}
