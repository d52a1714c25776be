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

/** Rows marked (assumed) are not in the published table; they follow its nearest neighbour. */
export const stateTable = {
  DescribeKey: always,
  EnableKey: toggle,
  DisableKey: toggle,
  CreateAlias: { ...always, PendingDeletion: 'Rejected.StateModifiedFailed' },
  ListAliasesByKeyId: always, // (assumed)
  TagResources: edit, // (assumed)
  ListTagResources: always, // (assumed)
  GetKeyPolicy: always, // (assumed)
  SetKeyPolicy: edit, // (assumed)
  Encrypt: crypto,
  Decrypt: crypto,
  GenerateDataKey: crypto,
  GenerateDataKeyWithoutPlaintext: crypto,
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

/** What the keys of an instance type offer in this build. Nothing here may be assumed by a page: it reads this table. */
export const instanceCapabilities = {
  External: {
    createKey: true,
    crypto: true,
    versions: false,
    rotation: false,
    import: false,
    specs: ['Aliyun_AES_256'],
  },
  Software: {
    createKey: false,
    crypto: false,
    versions: false,
    rotation: false,
    import: false,
    specs: ['Aliyun_AES_256'],
  },
  Hardware: {
    createKey: false,
    crypto: false,
    versions: false,
    rotation: false,
    import: false,
    specs: ['Aliyun_AES_256'],
  },
} as const satisfies Record<InstanceType, unknown>
