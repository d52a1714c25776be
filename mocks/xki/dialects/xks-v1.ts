/** What both ends of the XKS wire agree on. AWS "XKS Proxy API Specification" 1.0.3, protocol version 1. */
import { Misfit, type Shape } from '#src/api/contract/shapes.ts'
import { decodeBase64 } from '#mocks/crypto/base64.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'

/** Follows the path prefix. */
export const basePath = '/kms/xks/v1'
/** SigV4's service name. */
export const service = 'kms-xks-proxy'
/** Signed in every request. */
export const signedHeaderNames: readonly string[] = ['host', 'x-amz-date']
export const contentType = 'application/json'
export const encryptionAlgorithm = 'AES_GCM'
export const integrityAlgorithm = 'SHA_256'

/** Error names with their status (Error codes). */
export const errorStatuses = {
  ValidationException: 400,
  InvalidStateException: 400,
  InvalidCiphertextException: 400,
  InvalidKeyUsageException: 400,
  AuthenticationFailedException: 401,
  AccessDeniedException: 403,
  KeyNotFoundException: 404,
  InvalidUriPathException: 404,
  ThrottlingException: 429,
  InternalException: 500,
  UnsupportedOperationException: 501,
  DependencyTimeoutException: 503,
} as const
export type ErrorName = keyof typeof errorStatuses

export const operations = ['health', 'metadata', 'encrypt', 'decrypt'] as const
export type Operation = (typeof operations)[number]

/** Bytes in standard Base64; what is no Base64 is no value. */
export const base64Bytes: Shape<Bytes> = {
  read: (value) => (typeof value === 'string' ? decodeBase64(value) : null) ?? new Misfit(),
}
