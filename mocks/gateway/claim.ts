/** What a request says of itself, by the signature version that it uses. */
import type { Caller } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { SpanRecorder } from '#mocks/trace/trace.ts'

/** What the access key's row holds to verify with, and who its requests come from. */
export interface Credentials {
  readonly key: CryptoKey
  /** For signature version 1.0; undefined: nobody outside the page knows the secret. */
  readonly v1Key: CryptoKey | undefined
  readonly caller: Caller
}

/** Each part throws its own refusal when it is asked for: the order of refusals is the asker's. */
export interface Claim {
  readonly accessKeyId: string
  /** Null: none was sent. */
  readonly token: string | null
  /** ms since the epoch. */
  readonly date: () => number
  readonly nonce: () => string
  /** Throws SignatureDoesNotMatch, and what is missing to verify it. */
  readonly verify: (credentials: Credentials, span: Pick<SpanRecorder, 'tell'>) => Promise<void>
}

/** Longer than any client's; what is remembered must be bounded. */
const nonceLength = 256

export const incomplete = (reason: string): ServiceError => new ServiceError('IncompleteSignature', { reason })

const timePattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/

/** Of `2024-06-01T08:00:00Z`, and nothing else. */
export function readTime(text: string | null | undefined): number {
  if (!text) throw new ServiceError('MissingTimestamp')
  const date = Date.parse(text)
  // A day that its month does not have is read as one of the next.
  const wellFormed = timePattern.test(text) && new Date(date).getUTCDate() === Number(text.slice(8, 10))
  if (!wellFormed) throw new ServiceError('InvalidTimeStamp.Format')
  return date
}

export function readNonce(text: string | null | undefined): string {
  if (!text) throw new ServiceError('MissingSignatureNonce')
  if (text.length > nonceLength) throw incomplete(`The nonce is longer than ${nonceLength} characters.`)
  return text
}
