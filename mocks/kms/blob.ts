/**
 * The ciphertext of an external key as callers hold it. KMS frames what the proxy returned, so that a blob alone tells
 * which key opens it; the additional data binds it to that one KMS key. The format is this emulator's own: none is published.
 */
import type { EncryptionContext } from '#src/api/contract/rules.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { ivLengths, tagLength } from '#mocks/crypto/aes-gcm.ts'
import { concat, utf8, utf8Text, type Bytes } from '#mocks/crypto/bytes.ts'
import { frame, unframe } from '#mocks/crypto/framing.ts'
import { sha256 } from '#mocks/crypto/hash.ts'
import type { SealedBytes } from '#mocks/xki/port.ts'

export interface CiphertextBlob {
  readonly keyId: string
  readonly sealed: SealedBytes
}

const formatVersion = new Uint8Array([1])
/** XKS Proxy API 1.0.3, Encrypt: ciphertextMetadata. */
const maxMetadataLength = 20

/** Version byte, then key ID, IV, tag, ciphertext metadata and ciphertext behind their lengths; Base64. */
export function encodeBlob({ keyId, sealed: { iv, tag, metadata, ciphertext } }: CiphertextBlob): string {
  return encodeBase64(concat(formatVersion, frame(utf8(keyId), iv, tag, metadata, ciphertext)))
}

/** Null for everything that `encodeBlob` did not write, trailing bytes included. */
export function decodeBlob(base64: string): CiphertextBlob | null {
  const bytes = decodeBase64(base64)
  if (!bytes || bytes[0] !== formatVersion[0]) return null
  const parts = unframe(bytes.slice(1))
  if (parts?.length !== 5) return null
  const [id, iv, tag, metadata, ciphertext] = parts as [Bytes, Bytes, Bytes, Bytes, Bytes]
  const keyId = utf8Text(id)
  if (!keyId || !ivLengths.includes(iv.length) || tag.length !== tagLength || metadata.length > maxMetadataLength)
    return null
  return { keyId, sealed: { iv, tag, metadata, ciphertext } }
}

/** Compact JSON with sorted names, so that the order in which a context is written does not matter. */
function canonicalContext(context: EncryptionContext): string {
  const members = Object.keys(context)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(context[name])}`)
  return `{${members.join(',')}}`
}

/**
 * What a ciphertext is bound to: SHA-256 over format version, key ARN and canonical encryption context, each behind its
 * length. A blob moved to another KMS key on the same external key, or opened in another context, does not open.
 */
export const additionalData = (keyArn: string, context: EncryptionContext): Promise<Bytes> =>
  sha256(frame(formatVersion, utf8(keyArn), utf8(canonicalContext(context))))
