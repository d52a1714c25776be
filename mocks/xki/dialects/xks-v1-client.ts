/** KMS's end of the XKS wire. */
import * as shape from '#src/api/contract/shapes.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { ivLengths, tagLength } from '#mocks/crypto/aes-gcm.ts'
import { noBytes, sameBytes, utf8, type Bytes } from '#mocks/crypto/bytes.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { amzDate, authorization } from '#mocks/crypto/sigv4.ts'
import { proxyHealths, XkiError, type ProxyHealth, type SealedBytes, type XkiCaller } from '#mocks/xki/port.ts'
import { integrityValue, maxMetadataLength } from '#mocks/xki/sealing.ts'
import type { Dialect, Failure } from './dialect.ts'
import { base64Bytes, encryptionAlgorithm, integrityAlgorithm, type Operation } from './messages.ts'
import { basePath, contentType, errorStatuses, service, type ErrorName } from './xks-v1.ts'

const pathOf = (externalKeyId: string, operation: Operation): string => `${basePath}/keys/${externalKeyId}/${operation}`

const requestMetadata = ({ principalArn, keyArn, operation, requestId }: XkiCaller): object => ({
  awsPrincipalArn: principalArn,
  kmsOperation: operation,
  kmsRequestId: requestId,
  ...(keyArn === undefined ? {} : { kmsKeyArn: keyArn }),
})

const fleet = shape.object({
  ekmFleetDetails: shape.array(shape.object({ healthStatus: shape.oneOf(proxyHealths) }), { max: 10 }),
})

/** Key managers behind one proxy stand in for each other: the best of them counts. */
function readHealth(answer: unknown): ProxyHealth | undefined {
  const read = fleet.read(answer)
  if (read instanceof shape.Misfit) return undefined
  return proxyHealths.find((health) => read.ekmFleetDetails.some(({ healthStatus }) => healthStatus === health))
}

const metadataAnswer = shape.object({
  keySpec: shape.string(),
  keyUsage: shape.array(shape.string(), { max: 10 }),
  keyStatus: shape.oneOf(['ENABLED', 'DISABLED']),
})
const encryptAnswer = shape.object({
  ciphertext: base64Bytes,
  initializationVector: base64Bytes,
  authenticationTag: base64Bytes,
  ciphertextMetadata: shape.optional(base64Bytes),
  ciphertextDataIntegrityValue: base64Bytes,
})
const decryptAnswer = shape.object({ plaintext: base64Bytes })

async function readSealed(answer: unknown, plaintext: Bytes, additionalData: Bytes): Promise<SealedBytes | undefined> {
  const read = encryptAnswer.read(answer)
  if (read instanceof shape.Misfit) return undefined
  const { initializationVector: iv, ciphertext, authenticationTag: tag, ciphertextMetadata } = read
  const sealed = { iv, ciphertext, tag, metadata: ciphertextMetadata ?? noBytes }
  const fits =
    ciphertext.length === plaintext.length &&
    ivLengths.includes(iv.length) &&
    tag.length === tagLength &&
    sealed.metadata.length <= maxMetadataLength
  if (!fits) throw wrongLength()
  const integrity = await integrityValue(additionalData, sealed)
  if (!sameBytes(integrity, read.ciphertextDataIntegrityValue))
    throw new XkiError('proxy', 'proxyIntegrity', 'The answer of the proxy does not fit its own integrity value.')
  return sealed
}

const wrongLength = (): XkiError =>
  new XkiError('proxy', 'proxyWrongLength', 'A value in the answer of the proxy has a wrong length.')

function readPlaintext(answer: unknown, ciphertext: Bytes): Bytes | undefined {
  const read = decryptAnswer.read(answer)
  if (read instanceof shape.Misfit) return undefined
  if (read.plaintext.length !== ciphertext.length) throw wrongLength()
  return read.plaintext
}

/** Refusals that say more than that the proxy failed. */
const failures: Partial<Record<ErrorName, Failure>> = {
  AuthenticationFailedException: { hop: 'proxy', failure: 'proxyRefusedCredential' },
  UnsupportedOperationException: { hop: 'proxy', failure: 'proxyTooLarge' },
  KeyNotFoundException: { hop: 'keyManager', failure: 'externalKeyNotFound' },
  InvalidStateException: { hop: 'keyManager', failure: 'externalKeyDisabled' },
  InvalidKeyUsageException: { hop: 'keyManager', failure: 'externalKeyUsage' },
  InvalidCiphertextException: { hop: 'keyManager', failure: 'invalidCiphertext' },
  DependencyTimeoutException: { hop: 'keyManager', failure: 'keyManagerTimeout' },
  InvalidUriPathException: { hop: 'proxy', failure: 'proxyWrongPath' },
  AccessDeniedException: { hop: 'proxy', failure: 'proxyDenied' },
}

const refusal = shape.object({ errorName: shape.oneOf(Object.keys(errorStatuses) as ErrorName[]) })

function readFailure(operation: string, status: number, body: unknown): Failure | null {
  // A front of the proxy may refuse before the protocol is spoken.
  if (status === errorStatuses.AuthenticationFailedException) return failures.AuthenticationFailedException ?? null
  if (status === errorStatuses.ThrottlingException) return { hop: 'proxy', failure: 'proxyThrottled' }
  const refused = refusal.read(body)
  if (refused instanceof shape.Misfit || errorStatuses[refused.errorName] !== status) return null
  const failure = failures[refused.errorName] ?? null
  return failure?.failure === 'invalidCiphertext' && operation !== 'decrypt' ? null : failure
}

export const xksV1: Dialect = {
  health: ({ operation, requestId }) => ({
    operation: 'health',
    path: `${basePath}/health`,
    body: { requestMetadata: { kmsOperation: operation, kmsRequestId: requestId } },
    read: readHealth,
  }),

  metadata: (externalKeyId, caller) => ({
    operation: 'metadata',
    path: pathOf(externalKeyId, 'metadata'),
    body: { requestMetadata: requestMetadata(caller) },
    read: (answer) => {
      const read = metadataAnswer.read(answer)
      if (read instanceof shape.Misfit) return undefined
      const { keySpec, keyUsage, keyStatus } = read
      return { spec: keySpec, usages: keyUsage, status: keyStatus }
    },
  }),

  encrypt: (externalKeyId, { plaintext, additionalData }, caller) => ({
    operation: 'encrypt',
    path: pathOf(externalKeyId, 'encrypt'),
    body: {
      requestMetadata: requestMetadata(caller),
      plaintext: encodeBase64(plaintext),
      encryptionAlgorithm,
      additionalAuthenticatedData: encodeBase64(additionalData),
      // Always: KMS must not hand out a ciphertext that nobody can open.
      ciphertextDataIntegrityValueAlgorithm: integrityAlgorithm,
    },
    read: (answer) => readSealed(answer, plaintext, additionalData),
  }),

  decrypt: (externalKeyId, { iv, ciphertext, tag, metadata, additionalData }, caller) => ({
    operation: 'decrypt',
    path: pathOf(externalKeyId, 'decrypt'),
    body: {
      requestMetadata: requestMetadata(caller),
      ciphertext: encodeBase64(ciphertext),
      encryptionAlgorithm,
      initializationVector: encodeBase64(iv),
      authenticationTag: encodeBase64(tag),
      additionalAuthenticatedData: encodeBase64(additionalData),
      ...(metadata.length > 0 ? { ciphertextMetadata: encodeBase64(metadata) } : {}),
    },
    read: (answer) => readPlaintext(answer, ciphertext),
  }),

  request: async ({ path, body }, proxy, region, time) => {
    const url = new URL(`https://${proxy.endpoint}${proxy.uriPathPrefix}${path}`)
    const bytes = utf8(JSON.stringify(body))
    const date = amzDate(time)
    const signed = {
      method: 'POST',
      path: url.pathname,
      query: [],
      headers: new Map([
        ['host', url.host],
        ['x-amz-date', date],
      ]),
      payloadHash: await sha256Hex(bytes),
    }
    const scope = { date: date.slice(0, 8), region, service }
    return new Request(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        'x-amz-date': date,
        authorization: await authorization(signed, scope, proxy),
      },
      body: bytes,
    })
  },

  failure: ({ operation }, status, body) => readFailure(operation, status, body),
}
