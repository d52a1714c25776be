import type { KeyMetadata } from '#src/api/contract/keys.ts'
import type { KeyKind } from '#src/api/contract/kinds.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { ReadTable } from '#mocks/store/store.ts'
import { wireTime } from './time.ts'
import { arnOfKey } from './visible.ts'

/** Nothing published says what these are for an external key. All of it is assumed and stands here alone. */
const externalKeyFields = {
  /** Words of our own: `EXTERNAL` as origin would mean imported key material. */
  usual: { Origin: 'EXTERNAL_KEY_STORE', ProtectionLevel: 'EXTERNAL' },
  /** Under strict compatibility: published values only. */
  strict: { Origin: 'Aliyun_KMS', ProtectionLevel: 'SOFTWARE' },
} as const

export type ExternalKey = KeyRow & { readonly instanceId: string; readonly externalKeyId: string }

export const isExternal = (key: KeyRow): key is ExternalKey => key.instanceId !== null && key.externalKeyId !== null

/** `instances`: all; a key knows its instance's ID only. */
export function kindOf(key: KeyRow, instances: Pick<ReadTable<InstanceRow>, 'get'>): KeyKind {
  if (key.creatorType === 'Service') return 'service'
  if (key.instanceId === null) return 'default'
  if (isExternal(key)) return 'external'
  return instances.get(key.instanceId)?.type === 'Hardware' ? 'hardware' : 'software'
}

/** Where the key is, in the published words or in ours. */
export const originOf = (key: KeyRow, strict: boolean): { Origin: string; ProtectionLevel: string } =>
  isExternal(key)
    ? externalKeyFields[strict ? 'strict' : 'usual']
    : { Origin: key.origin, ProtectionLevel: key.protectionLevel }

/** An external key has no versions in KMS and does not rotate there. */
function versionFields({ primaryVersionId, rotatedAt }: KeyRow): Partial<KeyMetadata> {
  if (primaryVersionId === null || rotatedAt === null) return {}
  return { PrimaryKeyVersion: primaryVersionId, LastRotationDate: wireTime(rotatedAt) }
}

/** Suspended: the key is not Enabled, or, assumed, has all the versions that it may have. */
function rotationFields({ rotation, state }: KeyRow): Partial<KeyMetadata> {
  if (rotation === null) return { AutomaticRotation: 'Disabled' }
  const { intervalMs, nextAt } = rotation
  return {
    AutomaticRotation: state === 'Enabled' && nextAt !== null ? 'Enabled' : 'Suspended',
    RotationInterval: `${intervalMs / 1000}s`,
    ...(nextAt === null ? {} : { NextRotationDate: wireTime(nextAt) }),
  }
}

/** KeyMetadata as CreateKey answers it (KMS API 2016-01-20). */
export function metadataOf(key: KeyRow, strict: boolean): KeyMetadata {
  return {
    KeyId: key.keyId,
    Arn: arnOfKey(key),
    KeySpec: key.spec,
    KeyUsage: key.usage,
    KeyState: key.state,
    Creator: key.accountId,
    CreationDate: wireTime(key.createdAt),
    Description: key.description,
    ...originOf(key, strict),
    ...versionFields(key),
    ...rotationFields(key),
    MaterialExpireTime: '',
    ...(key.instanceId === null ? {} : { DKMSInstanceId: key.instanceId }),
    ...(key.deleteAt === null ? {} : { DeleteDate: wireTime(key.deleteAt) }),
    ...(key.externalKeyId === null ? {} : { ExternalKeyId: key.externalKeyId }),
    ...(key.storage === null ? {} : { KeyStorageMechanism: key.storage }),
  }
}

/** What DescribeKey adds. */
export function describedMetadataOf(key: KeyRow, strict: boolean): KeyMetadata {
  return {
    ...metadataOf(key, strict),
    DeletionProtection: key.deletionProtection ? 'Enabled' : 'Disabled',
    DeletionProtectionDescription: key.deletionProtectionDescription,
  }
}
