/** Keys that a host keeps itself, where nothing keeps a CryptoKey for it. */
import type { Bytes } from './bytes.ts'

type Algorithm = AesKeyAlgorithm | HmacImportParams

/** What a key is besides its bytes: plain data. */
export interface KeyKind {
  readonly algorithm: Algorithm
  readonly usages: readonly KeyUsage[]
}

export const kindOf = ({ algorithm, usages }: CryptoKey): KeyKind => ({
  algorithm: algorithm as Algorithm,
  usages: [...usages],
})

/** The key of these bytes, non-extractable. */
export const importKeyOf = (bytes: Bytes, { algorithm, usages }: KeyKind): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytes, algorithm, false, usages)
