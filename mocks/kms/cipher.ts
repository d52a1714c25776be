/**
 * Sealing and opening with a key of any kind: what the cryptographic actions have in common. KMS holds a plaintext as long as the request
 * lasts.
 */
import { limits, type EncryptionContext } from '#src/api/contract/rules.ts'
import type { dataKeySpecs } from '#src/api/contract/crypto.ts'
import { decodeBase64 } from '#mocks/crypto/base64.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'
import type { Context } from '#mocks/kms/context.ts'
import { invalidParameter } from '#mocks/service-error.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { decodeBlob, encodeBlob, type CiphertextBlob } from './blob.ts'
import { openAtManager, sealAtManager } from './external-cipher.ts'
import { isExternal } from './metadata.ts'
import { openHere, sealHere } from './own-cipher.ts'
import { wrongCiphertext } from './unavailable.ts'

/** The action for whose sake something is sealed or opened. */
export type Operation =
  | 'Encrypt'
  | 'Decrypt'
  | 'GenerateDataKey'
  | 'GenerateDataKeyWithoutPlaintext'
  | 'GenerateAndExportDataKey'
  | 'ExportDataKey'
  | 'ReEncrypt'

export interface Sealing {
  readonly operation: Operation
  readonly plaintext: Bytes
  readonly context: EncryptionContext | undefined
}

export interface Opening {
  readonly operation: Operation
  /** Base64. */
  readonly ciphertext: string
  readonly context: EncryptionContext | undefined
}

/** KeyVersionId has no meaning for an external key and is left out (assumed). */
const nameOf = ({ keyId }: KeyRow, { versionId }: Pick<CiphertextBlob, 'versionId'>) => ({
  KeyId: keyId,
  ...(versionId === null ? {} : { KeyVersionId: versionId }),
})

/** Encrypts with the key as it stands now. Throws Rejected.Unavailable where the key cannot be reached. */
export async function seal(ctx: Context, key: KeyRow, { operation, plaintext, context = {} }: Sealing) {
  const blob = isExternal(key)
    ? await sealAtManager(ctx, key, operation, { plaintext, context })
    : await sealHere(ctx, key, { plaintext, context })
  return { ...nameOf(key, blob), CiphertextBlob: encodeBlob(blob) }
}

/**
 * Decrypts with the version that encrypted. Throws InvalidParameter for a ciphertext that is damaged, was made elsewhere or in another
 * encryption context, Rejected.Unavailable where the key cannot be reached.
 */
export async function open(ctx: Context, key: KeyRow, { operation, ciphertext, context = {} }: Opening) {
  const blob = decodeBlob(ciphertext)
  if (!blob) throw malformed('CiphertextBlob')
  if (isExternal(key) !== (blob.versionId === null)) throw wrongCiphertext()
  const plaintext = isExternal(key)
    ? await openAtManager(ctx, key, operation, { blob, context })
    : await openHere(ctx, key, { blob, context })
  return { name: nameOf(key, blob), plaintext }
}

/** The bytes of a Base64 parameter. Throws InvalidParameter for what is no standard Base64. */
export function bytesOf(name: string, base64: string): Bytes {
  const bytes = decodeBase64(base64)
  if (!bytes) throw malformed(name)
  return bytes
}

const malformed = (name: string) => invalidParameter(name, { code: 'malformed', reason: 'base64' })

export interface DataKeyInput {
  readonly KeySpec?: (typeof dataKeySpecs)[number] | undefined
  readonly NumberOfBytes?: number | undefined
}

const specBytes = { AES_256: 32, AES_128: 16 } as const

/** Bytes. NumberOfBytes wins over KeySpec; 32 without either. */
export const dataKeyLength = ({ KeySpec, NumberOfBytes }: DataKeyInput): number =>
  NumberOfBytes ?? (KeySpec === undefined ? limits.dataKeyBytes.preset : specBytes[KeySpec])
