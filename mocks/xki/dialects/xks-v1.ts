/** What both ends of the XKS wire agree on. AWS "XKS Proxy API Specification" 1.0.3, protocol version 1. */
/** Follows the path prefix. */
export const basePath = '/kms/xks/v1'
/** SigV4's service name. */
export const service = 'kms-xks-proxy'
/** Signed in every request. */
export const signedHeaderNames: readonly string[] = ['host', 'x-amz-date']
export const contentType = 'application/json'

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
