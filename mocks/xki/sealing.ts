/** How additional data and results are laid out. XKS Proxy API 1.0.3, Encrypt and Appendix C. */
import { concat, type Bytes } from '#mocks/crypto/bytes.ts'
import { lengthPrefixed } from '#mocks/crypto/framing.ts'
import { sha256 } from '#mocks/crypto/hash.ts'
import type { SealedBytes } from './port.ts'

export const maxMetadataLength = 20

/**
 * What AES-GCM authenticates. The lengths keep ciphertext metadata from being replayed as additional data. Throws RangeError
 * beyond 65,535 and 255 bytes.
 */
export const authenticatedData = (additionalData: Bytes, metadata: Bytes): Bytes =>
  concat(lengthPrefixed(additionalData, 2), lengthPrefixed(metadata, 1))

/** The ciphertext data integrity value (CDIV). It guards against flipped bits, not against malice: no lengths. */
export const integrityValue = (additionalData: Bytes, { metadata, iv, ciphertext, tag }: SealedBytes): Promise<Bytes> =>
  sha256(concat(additionalData, metadata, iv, ciphertext, tag))
