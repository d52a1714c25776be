/** Cryptography with keys whose material KMS holds: AES-GCM under the key's primary version, opened by the version that sealed. */
import type { EncryptionContext } from '#src/api/contract/rules.ts'
import { open, seal } from '#mocks/crypto/aes-gcm.ts'
import { noBytes, type Bytes } from '#mocks/crypto/bytes.ts'
import type { Context } from '#mocks/kms/context.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { additionalData, type CiphertextBlob } from './blob.ts'
import { materialOf, storedMaterial } from './material.ts'
import { connectedInstance, wrongCiphertext } from './unavailable.ts'
import { arnOfKey } from './visible.ts'

const ivLength = 12

/** A key on an instance needs the instance Connected: Rejected.Unavailable (assumed). */
function assertServes({ db }: Context, { instanceId }: KeyRow): void {
  if (instanceId !== null) connectedInstance(db.read, instanceId)
}

export async function sealHere(
  ctx: Context,
  key: KeyRow,
  { plaintext, context }: { plaintext: Bytes; context: EncryptionContext },
): Promise<CiphertextBlob> {
  assertServes(ctx, key)
  const { keyId } = key
  const { versionId, material } = await materialOf(ctx.db, key)
  const bound = await additionalData('own', arnOfKey(key), context)
  const iv = ctx.runtime.randomBytes(ivLength)
  const { ciphertext, tag } = await seal(material, { iv, plaintext, additionalData: bound })
  return { keyId, versionId, sealed: { iv, tag, ciphertext, metadata: noBytes } }
}

export async function openHere(
  ctx: Context,
  key: KeyRow,
  { blob, context }: { blob: CiphertextBlob; context: EncryptionContext },
): Promise<Bytes> {
  assertServes(ctx, key)
  const material = storedMaterial(ctx.db.read, key, blob.versionId)
  if (!material) throw wrongCiphertext()
  const { iv, ciphertext, tag } = blob.sealed
  const bound = await additionalData('own', arnOfKey(key), context)
  const plaintext = await open(material, { iv, ciphertext, tag, additionalData: bound })
  if (!plaintext) throw wrongCiphertext()
  return plaintext
}
