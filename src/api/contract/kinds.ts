/**
 * What a kind of key cannot do in any state. Both sides read it: the emulator refuses with it, the console offers nothing that it refuses.
 * KMS user guide, Manage external keys (versions, rotation); Application access FAQ (service keys); SetKeyPolicy (default keys).
 */
import type { ErrorCode } from './errors.ts'
import { limits } from './rules.ts'
import type { StateAction } from './states.ts'

export const keyKinds = ['external', 'software', 'hardware', 'default', 'service'] as const
export type KeyKind = (typeof keyKinds)[number]

type Refusals = Readonly<Partial<Record<KeyKind, ErrorCode>>>

/** A cloud service made the key and alone uses it. That it cannot be changed is published for its deletion, assumed for the rest. */
const notService: Refusals = { service: 'UnsupportedOperation' }
/** Versions live in the key manager. */
const versioned: Refusals = { external: 'Rejected.UnsupportedOperation' }
const noPolicy: Refusals = { default: 'Forbidden.KeyPolicyUnSupported', service: 'Forbidden.KeyPolicyUnSupported' }

export const kindTable: Readonly<Partial<Record<StateAction, Refusals>>> = {
  EnableKey: notService,
  DisableKey: notService,
  ScheduleKeyDeletion: notService,
  CancelKeyDeletion: notService,
  SetDeletionProtection: notService,
  UpdateKeyDescription: notService,
  CreateAlias: notService,
  UpdateAlias: notService,
  DeleteAlias: notService,
  TagResource: notService,
  TagResources: notService,
  UntagResource: notService,
  UntagResources: notService,
  Encrypt: notService,
  Decrypt: notService,
  GenerateDataKey: notService,
  GenerateDataKeyWithoutPlaintext: notService,
  GenerateAndExportDataKey: notService,
  ExportDataKey: notService,
  ReEncrypt: notService,
  GetKeyPolicy: noPolicy,
  SetKeyPolicy: noPolicy,
  ListKeyVersions: versioned,
  DescribeKeyVersion: versioned,
  CreateKeyVersion: { ...versioned, ...notService },
  UpdateRotationPolicy: { ...versioned, ...notService },
}

/** What a key inside the HSM cannot do: it has one version and does not rotate (KMS API 2016-01-20, CreateKey, KeyStorageMechanism). */
const movable: readonly StateAction[] = ['CreateKeyVersion', 'UpdateRotationPolicy']

/** `storage`: of a key on a hardware instance; any other has none, and where nothing tells it, KMS itself decides. */
export const storageRefusal = (action: StateAction, storage: string | null | undefined): ErrorCode | null =>
  storage === 'HsmInternal' && movable.includes(action) ? 'Rejected.UnsupportedOperation' : null

/** Days between automatic rotations; both ends belong to it (KMS API 2016-01-20, CreateKey, RotationInterval). */
export const rotationDays = (kind: KeyKind): { readonly min: number; readonly max: number } =>
  kind === 'default' ? { min: limits.rotationDays.max, max: limits.rotationDays.max } : limits.rotationDays

/** The refusal of an action for a kind of key, or null. */
export const kindRefusal = (action: StateAction, kind: KeyKind): ErrorCode | null => kindTable[action]?.[kind] ?? null
