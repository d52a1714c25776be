/**
 * The proxy's end of the XKS wire. Order of checks: path, verb, signature, body, then the engine's. Where a wrong verb and a
 * malformed field stand is left open by the specification; its published test client accepts this order.
 */
import { externalKeyIdProblem, parseJson } from '#src/api/contract/rules.ts'
import * as shape from '#src/api/contract/shapes.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { noBytes, utf8Text, type Bytes } from '#mocks/crypto/bytes.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { amzDateTime, parseAuthorization, verifySigV4 } from '#mocks/crypto/sigv4.ts'
import { ProxyRefusal, type ProxyCall, type ProxyEngine, type Refusal } from '#mocks/xki/engine.ts'
import type { Host } from '#mocks/xki/network.ts'
import type { ProxyCredentialRow } from '#mocks/store/rows.ts'
import {
  base64Bytes,
  basePath,
  contentType,
  encryptionAlgorithm,
  errorStatuses,
  integrityAlgorithm,
  service,
  signedHeaderNames,
  type ErrorName,
  type Operation,
} from './xks-v1.ts'

export interface XksServerOptions {
  readonly engine: ProxyEngine
  /** The credentials of a path prefix; none: the prefix is not served. */
  readonly credentials: (uriPathPrefix: string) => readonly ProxyCredentialRow[]
  /** ms since the epoch by the wall clock, which signature times are judged by. */
  readonly wallNow: () => number
  /** Told of every defect: something was thrown that is no refusal. */
  readonly report: (defect: unknown) => void
}

const skewMs = 5 * 60_000
/** Far above any request of the protocol; what is longer is not looked into. */
const maxBodyLength = 1024 * 1024

/** Answers XKS requests; never rejects. */
export function createXksServer({ engine, credentials, wallNow, report }: XksServerOptions): Host {
  return async (request, spend) => {
    try {
      const url = new URL(request.url)
      const route = routeOf(url.pathname)
      const accepted = route ? credentials(route.uriPathPrefix) : []
      if (!route || accepted.length === 0) return refuse('InvalidUriPathException', 'There is no such path.')
      if (request.method !== 'POST') return wrongVerb()

      const body = new Uint8Array(await request.arrayBuffer())
      if (body.length > maxBodyLength)
        return refuse('UnsupportedOperationException', `The body is longer than ${maxBodyLength} bytes.`)
      if (!(await isAuthentic(request, url, body, accepted, wallNow())))
        return refuse('AuthenticationFailedException', 'The request is not signed by a credential of this path.')

      return answer(200, await endpoints[route.operation](engine, spend, route.keyId, body))
    } catch (error) {
      if (error instanceof InvalidBody) return refuse('ValidationException', error.message)
      if (error instanceof ProxyRefusal) return refuse(...refusals[error.refusal])
      report(error)
      return refuse('InternalException', 'The proxy failed.')
    }
  }
}

interface Route {
  readonly uriPathPrefix: string
  readonly operation: Operation
  /** Empty for `health`. */
  readonly keyId: string
}

const pathPattern = new RegExp(`^(.*)${basePath}/(?:(health)|keys/([^/]+)/(metadata|encrypt|decrypt))$`)

function routeOf(path: string): Route | null {
  const [, uriPathPrefix = '', health, keyId = '', operation] = pathPattern.exec(path) ?? []
  if (health) return { uriPathPrefix, operation: 'health', keyId }
  return operation && !externalKeyIdProblem(keyId) ? { uriPathPrefix, operation: operation as Operation, keyId } : null
}

/** SigV4 by one of the accepted credentials, over whatever headers the signer listed, within five minutes of now. */
async function isAuthentic(
  request: Request,
  url: URL,
  body: Bytes,
  accepted: readonly ProxyCredentialRow[],
  now: number,
): Promise<boolean> {
  const header = parseAuthorization(request.headers.get('authorization') ?? '')
  const credential = accepted.find(({ accessKeyId }) => accessKeyId === header?.accessKeyId)
  if (!header || !credential || header.scope.service !== service) return false
  if (!signedHeaderNames.every((name) => header.signedHeaders.includes(name))) return false

  const headers = new Map<string, string>()
  for (const name of header.signedHeaders) {
    // Browsers do not let a page set or read `host`: it is the URL's.
    const value = name === 'host' ? url.host : request.headers.get(name)
    if (value === null) return false
    headers.set(name, value)
  }
  const date = headers.get('x-amz-date')!
  const time = amzDateTime(date)
  if (time === null || Math.abs(now - time) > skewMs || !date.startsWith(header.scope.date)) return false

  const signed = {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    headers,
    payloadHash: await sha256Hex(body),
  }
  return verifySigV4(signed, header, credential.signingKey)
}

class InvalidBody extends Error {}

const healthMetadata = { kmsOperation: shape.string(), kmsRequestId: shape.string() }
const keyMetadata = {
  ...healthMetadata,
  awsPrincipalArn: shape.string(),
  awsSourceVpc: shape.optional(shape.string()),
  awsSourceVpce: shape.optional(shape.string()),
}
const cryptoMetadata = shape.object({
  ...keyMetadata,
  kmsKeyArn: shape.string(),
  kmsViaService: shape.optional(shape.string()),
})

type Endpoint = (engine: ProxyEngine, spend: ProxyCall['spend'], keyId: string, body: Bytes) => Promise<object>

/** Reads the body by its shape and carries it out. */
const endpoint =
  <Input extends { readonly requestMetadata: { readonly kmsOperation: string } }>(
    request: shape.Shape<Input>,
    act: (engine: ProxyEngine, call: ProxyCall, keyId: string, input: Input) => object | Promise<object>,
  ): Endpoint =>
  async (engine, spend, keyId, body) => {
    const text = utf8Text(body)
    const input = request.read(text === null ? undefined : parseJson(text))
    if (input instanceof shape.Misfit) {
      const field = input.path.join('.')
      throw new InvalidBody(field ? `The field ${field} is missing or not valid.` : 'The body is not a JSON object.')
    }
    return act(engine, { action: input.requestMetadata.kmsOperation, spend }, keyId, input)
  }

const endpoints: Readonly<Record<Operation, Endpoint>> = {
  health: endpoint(shape.object({ requestMetadata: shape.object(healthMetadata) }), async (engine, call) => {
    await engine.health(call)
    return {
      xksProxyFleetSize: 1,
      xksProxyVendor: 'KMS Console',
      xksProxyModel: 'Simulated external key proxy 1',
      ekmVendor: 'KMS Console',
      ekmFleetDetails: [{ id: 'key-manager-1', model: 'Simulated external key manager 1', healthStatus: 'ACTIVE' }],
    }
  }),

  metadata: endpoint(shape.object({ requestMetadata: shape.object(keyMetadata) }), (engine, call, keyId) => {
    const key = engine.metadata(call, keyId)
    return { keySpec: key.spec, keyUsage: key.usages, keyStatus: key.status }
  }),

  encrypt: endpoint(
    shape.object({
      requestMetadata: cryptoMetadata,
      plaintext: base64Bytes,
      encryptionAlgorithm: shape.oneOf([encryptionAlgorithm]),
      additionalAuthenticatedData: shape.optional(base64Bytes),
      ciphertextDataIntegrityValueAlgorithm: shape.optional(shape.oneOf([integrityAlgorithm])),
    }),
    async (engine, call, keyId, input) => {
      const sealed = await engine.encrypt(call, keyId, {
        plaintext: input.plaintext,
        additionalData: input.additionalAuthenticatedData ?? noBytes,
        integrity: input.ciphertextDataIntegrityValueAlgorithm !== undefined,
      })
      return {
        ciphertext: encodeBase64(sealed.ciphertext),
        initializationVector: encodeBase64(sealed.iv),
        authenticationTag: encodeBase64(sealed.tag),
        ...(sealed.metadata.length > 0 ? { ciphertextMetadata: encodeBase64(sealed.metadata) } : {}),
        ...(sealed.integrity ? { ciphertextDataIntegrityValue: encodeBase64(sealed.integrity) } : {}),
      }
    },
  ),

  decrypt: endpoint(
    shape.object({
      requestMetadata: cryptoMetadata,
      ciphertext: base64Bytes,
      encryptionAlgorithm: shape.oneOf([encryptionAlgorithm]),
      initializationVector: base64Bytes,
      authenticationTag: base64Bytes,
      additionalAuthenticatedData: shape.optional(base64Bytes),
      ciphertextMetadata: shape.optional(base64Bytes),
    }),
    async (engine, call, keyId, input) => {
      const plaintext = await engine.decrypt(call, keyId, {
        ciphertext: input.ciphertext,
        iv: input.initializationVector,
        tag: input.authenticationTag,
        metadata: input.ciphertextMetadata ?? noBytes,
        additionalData: input.additionalAuthenticatedData ?? noBytes,
      })
      return { plaintext: encodeBase64(plaintext) }
    },
  ),
}

/** Messages are printable ASCII of fewer than 512 characters. */
const refusals: Readonly<Record<Refusal, readonly [ErrorName, string]>> = {
  keyNotFound: ['KeyNotFoundException', 'There is no such key.'],
  keyDisabled: ['InvalidStateException', 'The key is disabled in the key manager.'],
  keyUsage: ['InvalidKeyUsageException', 'The key does not permit this operation.'],
  tooLarge: ['UnsupportedOperationException', 'A value is larger than this proxy supports.'],
  invalidCiphertext: [
    'InvalidCiphertextException',
    'The ciphertext, initialization vector, tag, metadata or additional data is not valid.',
  ],
  managerFailed: ['InternalException', 'The key manager failed.'],
  managerTimedOut: ['DependencyTimeoutException', 'The key manager did not answer in time.'],
  throttled: ['ThrottlingException', 'The key manager receives too many requests.'],
}

const answer = (status: number, body: object, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': contentType, ...headers } })

const refuse = (errorName: ErrorName, errorMessage: string): Response =>
  answer(errorStatuses[errorName], { errorName, errorMessage })

/** The specification asks for 405 and names no error. */
const wrongVerb = (): Response =>
  answer(405, { errorName: 'MethodNotAllowedException', errorMessage: 'Only POST is allowed here.' }, { allow: 'POST' })
