/**
 * A ciphertext as callers hold it. KMS frames what the proxy returned or it made itself, so that a blob alone tells which key opens it,
 * and which version; the additional data binds it to that one KMS key. The formats are this emulator's own: none is published.
 */
import type { EncryptionContext } from '#src/api/contract/rules.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { ivLengths, tagLength } from '#mocks/crypto/aes-gcm.ts'
import { concat, noBytes, utf8, utf8Text, type Bytes } from '#mocks/crypto/bytes.ts'
import { frame, unframe } from '#mocks/crypto/framing.ts'
import { sha256 } from '#mocks/crypto/hash.ts'
import type { SealedBytes } from '#mocks/xki/port.ts'

export interface CiphertextBlob {
  readonly keyId: string
  /** The key version that sealed it. Null: the key is external, and its versions are the key manager's. */
  readonly versionId: string | null
  readonly sealed: SealedBytes
}

/** First byte of a blob and first part of what it is bound to. */
const formats = { external: new Uint8Array([1]), own: new Uint8Array([2]) } as const
export type BlobFormat = keyof typeof formats

/** XKS Proxy API 1.0.3, Encrypt: ciphertextMetadata. */
const maxMetadataLength = 20

/**
 * Format byte, then behind their lengths: key ID, IV, tag, ciphertext metadata and ciphertext of an external key; key ID, version ID, IV,
 * tag and ciphertext of any other. Base64.
 */
export function encodeBlob({ keyId, versionId, sealed }: CiphertextBlob): string {
  const { iv, tag, metadata, ciphertext } = sealed
  return encodeBase64(
    versionId === null
      ? concat(formats.external, frame(utf8(keyId), iv, tag, metadata, ciphertext))
      : concat(formats.own, frame(utf8(keyId), utf8(versionId), iv, tag, ciphertext)),
  )
}

/** Null for everything that `encodeBlob` did not write, trailing bytes included. */
export function decodeBlob(base64: string): CiphertextBlob | null {
  const bytes = decodeBase64(base64)
  if (!bytes) return null
  const parts = unframe(bytes.slice(1))
  if (parts?.length !== 5) return null
  const read = bytes[0] === formats.external[0] ? readExternal : bytes[0] === formats.own[0] ? readOwn : null
  const blob = read?.(parts as Five)
  return blob && isSound(blob) ? blob : null
}

type Five = readonly [Bytes, Bytes, Bytes, Bytes, Bytes]

function readExternal([id, iv, tag, metadata, ciphertext]: Five): CiphertextBlob | null {
  const keyId = utf8Text(id)
  return keyId ? { keyId, versionId: null, sealed: { iv, tag, metadata, ciphertext } } : null
}

function readOwn([id, version, iv, tag, ciphertext]: Five): CiphertextBlob | null {
  const [keyId, versionId] = [utf8Text(id), utf8Text(version)]
  return keyId && versionId ? { keyId, versionId, sealed: { iv, tag, metadata: noBytes, ciphertext } } : null
}

const isSound = ({ sealed: { iv, tag, metadata } }: CiphertextBlob): boolean =>
  ivLengths.includes(iv.length) && tag.length === tagLength && metadata.length <= maxMetadataLength

/** Compact JSON with sorted names, so that the order in which a context is written does not matter. */
function canonicalContext(context: EncryptionContext): string {
  const members = Object.keys(context)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${JSON.stringify(context[name])}`)
  return `{${members.join(',')}}`
}

/**
 * What a ciphertext is bound to: SHA-256 over format byte, key ARN and canonical encryption context, each behind its length. A blob moved to
 * another KMS key, also on the same external key, or opened in another context, does not open.
 */
export const additionalData = (format: BlobFormat, keyArn: string, context: EncryptionContext): Promise<Bytes> =>
  sha256(frame(formats[format], utf8(keyArn), utf8(canonicalContext(context))))
