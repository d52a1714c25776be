/** The AES keys behind key versions: non-extractable, made at first need, because the clock alone can bring a version into being. */
import { generateAesGcmKey } from '#mocks/crypto/aes-gcm.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTransaction, Store } from '#mocks/store/store.ts'

const bitsOf = ({ spec }: KeyRow): 128 | 256 => (spec === 'Aliyun_AES_128' ? 128 : 256)

/** The primary version with its material. Throws Forbidden.KeyNotFound where the key went meanwhile. */
export async function materialOf(
  db: Store<CloudTables>,
  key: KeyRow,
): Promise<{ readonly versionId: string; readonly material: CryptoKey }> {
  const versionId = key.primaryVersionId
  if (versionId === null) throw new Error(`The key ${key.keyId} has no version.`)
  const present = storedMaterial(db.read, key, versionId)
  if (present) return { versionId, material: present }
  const made = await generateAesGcmKey(bitsOf(key))
  const material = db.write((tx) => {
    const row = tx.keyVersions.get(versionId)
    if (!row) throw new ServiceError('Forbidden.KeyNotFound')
    // Another request may have needed it at the same time: what is stored first stays.
    if (row.material === null) tx.keyVersions.put({ ...row, material: made })
    return row.material ?? made
  })
  return { versionId, material }
}

/** Material that something was sealed with; null where the key has no such version, or it never sealed anything. */
export function storedMaterial(
  { keyVersions }: Pick<ReadTransaction<CloudTables>, 'keyVersions'>,
  { keyId }: KeyRow,
  versionId: string | null,
): CryptoKey | null {
  const row = versionId === null ? undefined : keyVersions.get(versionId)
  return row?.keyId === keyId ? row.material : null
}
