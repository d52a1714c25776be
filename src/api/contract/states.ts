import type { ErrorCode } from './errors.ts'

export const keyStates = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'] as const
export type KeyState = (typeof keyStates)[number]

/** What an action answers in each state: null is success (KMS user guide, Impact of CMK status on API operations). */
type Row = Readonly<Record<KeyState, ErrorCode | null>>

const always: Row = { Enabled: null, Disabled: null, PendingDeletion: null, PendingImport: null }
const crypto: Row = {
  Enabled: null,
  Disabled: 'Rejected.Disabled',
  PendingDeletion: 'Rejected.PendingDeletion',
  PendingImport: 'Rejected.PendingImport',
}
const toggle: Row = {
  Enabled: null,
  Disabled: null,
  PendingDeletion: 'Rejected.StateModifiedFailed',
  PendingImport: 'Rejected.StateModifiedFailed',
}
const edit: Row = { ...always, PendingDeletion: 'Rejected.PendingDeletion' }

const modify: Row = { ...always, PendingDeletion: 'Rejected.StateModifiedFailed' }

/** Rows marked (assumed) are not in the published table; they follow its nearest neighbour. */
export const stateTable = {
  CreateKey: always,
  ListKeys: always,
  DescribeKey: always,
  GenerateDataKey: crypto,
  GenerateDataKeyWithoutPlaintext: crypto,
  Encrypt: crypto,
  Decrypt: crypto,
  UpdateKeyDescription: edit,
  EnableKey: toggle,
  DisableKey: toggle,
  ScheduleKeyDeletion: modify,
  CancelKeyDeletion: {
    Enabled: 'Rejected.StateModifiedFailed',
    Disabled: 'Rejected.StateModifiedFailed',
    PendingDeletion: null,
    PendingImport: 'Rejected.StateModifiedFailed',
  },
  CreateAlias: modify,
  DeleteAlias: always,
  ListAliases: always,
  TagResource: edit,
  UntagResource: edit,
  ListResourceTags: always,
  CreateKeyVersion: crypto,
  DescribeKeyVersion: always,
  ListKeyVersions: always,
  UpdateRotationPolicy: crypto,
  /** The state of the target key. */
  UpdateAlias: edit,
  GetParametersForImport: always,
  ImportKeyMaterial: modify,
  DeleteKeyMaterial: always,
  ListAliasesByKeyId: always, // (assumed)
  TagResources: edit, // (assumed)
  UntagResources: edit, // (assumed)
  ListTagResources: always, // (assumed)
  GetKeyPolicy: always, // (assumed)
  SetKeyPolicy: edit, // (assumed)
  SetDeletionProtection: edit, // (assumed) that it must not be PendingDeletion is published, the code is not
  GenerateAndExportDataKey: crypto, // (assumed)
  ExportDataKey: crypto, // (assumed)
  /** Both keys. */
  ReEncrypt: crypto, // (assumed)
} as const satisfies Record<string, Row>

export type StateAction = keyof typeof stateTable

/** The refusal of an action in a state, or null. Both the console (what to offer) and the emulator (what to answer) read it. */
export function stateRefusal(action: StateAction, state: KeyState): ErrorCode | null {
  return stateTable[action][state]
}

export const instanceStatuses = ['Uninitialized', 'Connecting', 'Connected', 'Disconnected', 'Error'] as const
export type InstanceStatus = (typeof instanceStatuses)[number]

export const instanceTypes = ['Software', 'Hardware', 'External'] as const
export type InstanceType = (typeof instanceTypes)[number]

/**
 * The specs of keys that this build makes, by instance type. Asymmetric ones are left out, and of those of hardware keys AES_192 and SM4,
 * which no browser has.
 */
export const instanceCapabilities = {
  External: { specs: ['Aliyun_AES_256'] },
  Software: { specs: ['Aliyun_AES_256'] },
  Hardware: { specs: ['Aliyun_AES_256', 'Aliyun_AES_128'] },
} as const satisfies Record<InstanceType, unknown>
