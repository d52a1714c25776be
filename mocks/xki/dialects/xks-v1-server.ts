/** The proxy's end of the XKS wire: its paths, its signature, its words for what went wrong. */
import { externalKeyIdProblem } from '#src/api/contract/rules.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { amzDateTime, parseAuthorization, verifySigV4 } from '#mocks/crypto/sigv4.ts'
import { endpoints, type Operation } from './messages.ts'
import { maxBodyLength, type Outcome, type Route, type ServerDialect } from './server.ts'
import { basePath, errorStatuses, service, signedHeaderNames, type ErrorName } from './xks-v1.ts'

const skewMs = 5 * 60_000

const pathPattern = new RegExp(`^(.*)${basePath}/(?:(health)|keys/([^/]+)/(metadata|encrypt|decrypt))$`)

function routeOf(path: string): Route | null {
  const [, uriPathPrefix = '', health, keyId = '', operation] = pathPattern.exec(path) ?? []
  if (health) return { uriPathPrefix, operation: 'health', keyId }
  return operation && !externalKeyIdProblem(keyId) ? { uriPathPrefix, operation: operation as Operation, keyId } : null
}

/** SigV4 by one of the accepted credentials, over whatever headers the signer listed, within five minutes of now. */
const authenticate: ServerDialect['authenticate'] = async ({ request, url, body }, accepted, now) => {
  const header = parseAuthorization(request.headers.get('authorization') ?? '')
  const credential = accepted.find(({ accessKeyId }) => accessKeyId === header?.accessKeyId)
  if (!header || !credential || header.scope.service !== service) return 'notAuthentic'
  if (!signedHeaderNames.every((name) => header.signedHeaders.includes(name))) return 'notAuthentic'

  const headers = new Map<string, string>()
  for (const name of header.signedHeaders) {
    // Browsers do not let a page set or read `host`: it is the URL's.
    const value = name === 'host' ? url.host : request.headers.get(name)
    if (value === null) return 'notAuthentic'
    headers.set(name, value)
  }
  const date = headers.get('x-amz-date')!
  const time = amzDateTime(date)
  if (time === null || Math.abs(now - time) > skewMs || !date.startsWith(header.scope.date)) return 'notAuthentic'

  const signed = {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    payloadHash: await sha256Hex(body),
  }
  return (await verifySigV4(signed, header, credential.signingKey)) ? 'authentic' : 'notAuthentic'
}

/** Messages are printable ASCII of fewer than 512 characters. */
const refusals: Readonly<Record<Exclude<Outcome, 'wrongVerb' | 'missingField' | 'invalidField'>, [ErrorName, string]>> =
  {
    noPath: ['InvalidUriPathException', 'There is no such path.'],
    bodyTooLarge: ['UnsupportedOperationException', `The body is longer than ${maxBodyLength} bytes.`],
    notAuthentic: ['AuthenticationFailedException', 'The request is not signed by a credential of this path.'],
    wrongDate: ['AuthenticationFailedException', 'The request is not signed by a credential of this path.'],
    notJson: ['ValidationException', 'The body is not a JSON object.'],
    keyNotFound: ['KeyNotFoundException', 'There is no such key.'],
    keyDisabled: ['InvalidStateException', 'The key is disabled in the key manager.'],
    keyUsage: ['InvalidKeyUsageException', 'The key does not permit this operation.'],
    denied: ['AccessDeniedException', 'The policy of the proxy does not allow this request.'],
    tooLarge: ['UnsupportedOperationException', 'A value is larger than this proxy supports.'],
    invalidCiphertext: [
      'InvalidCiphertextException',
      'The ciphertext, initialization vector, tag, metadata or additional data is not valid.',
    ],
    managerFailed: ['InternalException', 'The key manager failed.'],
    managerTimedOut: ['DependencyTimeoutException', 'The key manager did not answer in time.'],
    throttled: ['ThrottlingException', 'The key manager receives too many requests.'],
    defect: ['InternalException', 'The proxy failed.'],
  }

const refuse: ServerDialect['refuse'] = (outcome, field) => {
  // The specification asks for 405 and names no error.
  if (outcome === 'wrongVerb') return refused(405, 'MethodNotAllowedException', 'Only POST is allowed here.')
  const [name, message]: [ErrorName, string] =
    outcome === 'missingField' || outcome === 'invalidField'
      ? ['ValidationException', `The field ${field.join('.')} is missing or not valid.`]
      : refusals[outcome]
  return refused(errorStatuses[name], name, message)
}

const refused = (status: number, errorName: string, errorMessage: string) => ({
  status,
  code: errorName,
  body: { errorName, errorMessage },
})

export const xksV1Server: ServerDialect = {
  name: 'xks-v1',
  basePath,
  routeOf,
  authenticate,
  read: (operation, body) => endpoints[operation](body),
  refuse,
  headers: () => ({}),
}
