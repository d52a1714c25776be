/** Versions and rotation of keys whose material KMS holds. KMS API 2016-01-20. What a kind of key cannot do was refused before. */
import type { KeyVersion } from '#src/api/contract/versions.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { limitExceeded, ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, KeyRow, KeyVersionRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'
import { addVersion, assertKeyQuota, versionsOf } from './key-versions.ts'
import { kindOf } from './metadata.ts'
import { pageOf } from './paging.ts'
import { rotationFrom, rotationIntervalMs } from './rotation.ts'
import { wireTime } from './time.ts'
import { connectedInstance } from './unavailable.ts'

const viewOf = ({ keyId, versionId, createdAt }: KeyVersionRow): KeyVersion => ({
  KeyId: keyId,
  KeyVersionId: versionId,
  CreationDate: wireTime(createdAt),
})

/** Seven days lie between a version that is asked for and the one before it, however that came about; 50 are all. */
function assertRoom(tx: WriteTransaction<CloudTables>, key: KeyRow, now: number): void {
  const instance = key.instanceId === null ? undefined : connectedInstance(tx, key.instanceId)
  if (versionsOf(tx, key).length >= limits.versionsPerKey) throw limitExceeded('VersionCount')
  if (now - (key.rotatedAt ?? key.createdAt) < limits.manualVersionGapMs) throw limitExceeded('VersionGap')
  if (instance) assertKeyQuota(tx, instance)
}

/** The row as it stands inside the transaction. */
function keyIn({ keys }: Pick<WriteTransaction<CloudTables>, 'keys'>, { keyId }: KeyRow): KeyRow {
  const key = keys.get(keyId)
  if (!key) throw new ServiceError('Forbidden.KeyNotFound')
  return key
}

function setRotation({ db, now }: Context, found: KeyRow, intervalMs: number | null): Record<never, never> {
  db.write((tx) => {
    const key = keyIn(tx, found)
    tx.keys.put({ ...key, rotation: intervalMs === null ? null : rotationFrom(tx, key, intervalMs, now) })
  })
  return {}
}

export const versionRules = {
  ListKeyVersions: ({ db }, asked, { key }) => {
    const { page, paging } = pageOf(versionsOf(db.read, key), asked, limits.pageSize.ListKeyVersions.preset)
    return { KeyVersions: { KeyVersion: page.map(viewOf) }, ...paging }
  },
  DescribeKeyVersion: ({ db }, { KeyVersionId }, { key }) => {
    const version = db.read.keyVersions.get(KeyVersionId)
    if (version?.keyId !== key.keyId) throw new ServiceError('Forbidden.KeyVersionNotFound')
    return { KeyVersion: viewOf(version) }
  },
  CreateKeyVersion: ({ db, now }, _, { key }) => ({
    KeyVersion: db.write((tx) => {
      const row = keyIn(tx, key)
      assertRoom(tx, row, now)
      return viewOf(addVersion(tx, row, now).version)
    }),
  }),
  /** An interval without rotation is ignored (assumed). */
  UpdateRotationPolicy: (ctx, { EnableAutomaticRotation, RotationInterval }, { key }) => {
    const kind = kindOf(key, ctx.db.read.instances)
    return setRotation(ctx, key, EnableAutomaticRotation ? rotationIntervalMs(kind, RotationInterval) : null)
  },
} satisfies Rules<'ListKeyVersions' | 'DescribeKeyVersion' | 'CreateKeyVersion' | 'UpdateRotationPolicy'>
