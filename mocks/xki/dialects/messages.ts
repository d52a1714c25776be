/**
 * What is asked of a proxy and what it answers, in the words of the XKS Proxy API 1.0.3: both ends of every dialect read and write these,
 * and a dialect with other words translates them.
 */
import * as shape from '#src/api/contract/shapes.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { noBytes, type Bytes } from '#mocks/crypto/bytes.ts'
import type { ProxyCall, ProxyEngine } from '#mocks/xki/engine.ts'
import type { Asked, Task } from './server.ts'

export const operations = ['health', 'metadata', 'encrypt', 'decrypt'] as const
export type Operation = (typeof operations)[number]

export const encryptionAlgorithm = 'AES_GCM'
export const integrityAlgorithm = 'SHA_256'

/** Bytes in standard Base64; what is no Base64 is no value. */
export const base64Bytes: shape.Shape<Bytes> = {
  read: (value) => (typeof value === 'string' ? decodeBase64(value) : null) ?? new shape.Misfit(),
}

const healthMetadata = { kmsOperation: shape.string(), kmsRequestId: shape.string() }
const keyMetadata = {
  ...healthMetadata,
  awsPrincipalArn: shape.string(),
  awsSourceVpc: shape.optional(shape.string()),
  awsSourceVpce: shape.optional(shape.string()),
  // Older clients send it when they ask for metadata.
  kmsKeyArn: shape.optional(shape.string()),
}
const cryptoMetadata = shape.object({
  ...keyMetadata,
  kmsKeyArn: shape.string(),
  kmsViaService: shape.optional(shape.string()),
})

interface Metadata {
  readonly kmsOperation: string
  readonly kmsRequestId: string
  readonly awsPrincipalArn?: string | undefined
  readonly kmsKeyArn?: string | undefined
}

const askedBy = ({ kmsOperation, kmsRequestId, awsPrincipalArn, kmsKeyArn }: Metadata): Asked => ({
  action: kmsOperation,
  requestId: kmsRequestId,
  principalArn: awsPrincipalArn ?? null,
  keyArn: kmsKeyArn ?? null,
})

/** A request by its shape, and how it is carried out. */
const endpoint =
  <Input extends { readonly requestMetadata: Metadata }>(
    request: shape.Shape<Input>,
    act: (engine: ProxyEngine, call: ProxyCall, keyId: string, input: Input) => Promise<object>,
  ) =>
  (body: unknown): Task | shape.Misfit => {
    const input = request.read(body)
    if (input instanceof shape.Misfit) return input
    return {
      asked: askedBy(input.requestMetadata),
      act: (engine, call, keyId) => act(engine, call, keyId, input),
    }
  }

/** How each operation is read and carried out. */
export const endpoints: Readonly<Record<Operation, (body: unknown) => Task | shape.Misfit>> = {
  health: endpoint(shape.object({ requestMetadata: shape.object(healthMetadata) }), async (engine, call) => {
    const status = await engine.health(call)
    return {
      xksProxyFleetSize: 1,
      xksProxyVendor: 'KMS Console',
      xksProxyModel: 'Simulated external key proxy 1',
      ekmVendor: 'KMS Console',
      ekmFleetDetails: [{ id: 'key-manager-1', model: 'Simulated external key manager 1', healthStatus: status }],
    }
  }),

  metadata: endpoint(shape.object({ requestMetadata: shape.object(keyMetadata) }), async (engine, call, keyId) => {
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
