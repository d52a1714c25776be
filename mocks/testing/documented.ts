/**
 * What is published about key states and kinds of key, put down by hand for tests. The contract's own tables are read nowhere here: tests
 * hold the emulator and the contract against this. KMS user guide, Impact of CMK status on API operations; Manage external keys.
 */
import type { ErrorCode } from '#src/api/contract/errors.ts'

const letters = {
  S: null,
  D: 'Rejected.Disabled',
  P: 'Rejected.PendingDeletion',
  I: 'Rejected.PendingImport',
  M: 'Rejected.StateModifiedFailed',
} as const satisfies Record<string, ErrorCode | null>

const columns = ['Enabled', 'Disabled', 'PendingDeletion', 'PendingImport'] as const
export type DocumentedState = (typeof columns)[number]

const published = `
  CreateKey                       S S S S
  ListKeys                        S S S S
  DescribeKey                     S S S S
  GenerateDataKey                 S D P I
  GenerateDataKeyWithoutPlaintext S D P I
  Encrypt                         S D P I
  Decrypt                         S D P I
  UpdateKeyDescription            S S P S
  EnableKey                       S S M M
  DisableKey                      S S M M
  ScheduleKeyDeletion             S S M S
  CancelKeyDeletion               M M S M
  CreateAlias                     S S M S
  DeleteAlias                     S S S S
  ListAliases                     S S S S
  TagResource                     S S P S
  UntagResource                   S S P S
  ListResourceTags                S S S S
  CreateKeyVersion                S D P I
  DescribeKeyVersion              S S S S
  ListKeyVersions                 S S S S
  UpdateRotationPolicy            S D P I
  UpdateAlias                     S S P S
  GetParametersForImport          S S S S
  ImportKeyMaterial               S S M S
  DeleteKeyMaterial               S S S S`

/** Not in the published table: assumed after the nearest row. */
const assumed = `
  ListAliasesByKeyId              S S S S
  TagResources                    S S P S
  UntagResources                  S S P S
  ListTagResources                S S S S
  GetKeyPolicy                    S S S S
  SetKeyPolicy                    S S P S
  SetDeletionProtection           S S P S
  GenerateAndExportDataKey        S D P I
  ExportDataKey                   S D P I
  ReEncrypt                       S D P I`

type Row = Readonly<Record<DocumentedState, ErrorCode | null>>

function read(line: string): readonly [action: string, Row] {
  const [action, ...cells] = line.trim().split(/\s+/)
  const codes = columns.map((state, index) => [state, letters[cells[index] as keyof typeof letters]])
  return [action!, Object.fromEntries(codes) as Row]
}

/** By action: the code of the refusal in each state, null for success. */
const documentedStates: ReadonlyMap<string, Row> = new Map(`${published}${assumed}`.trim().split('\n').map(read))

export const documentedActions: readonly string[] = [...documentedStates.keys()]

const kinds = ['external', 'software', 'hardware', 'default', 'service'] as const
export type DocumentedKind = (typeof kinds)[number]

const all = (actions: readonly string[], code: ErrorCode) => Object.fromEntries(actions.map((name) => [name, code]))

const versions = ['ListKeyVersions', 'DescribeKeyVersion', 'CreateKeyVersion', 'UpdateRotationPolicy']
const material = ['GetParametersForImport', 'ImportKeyMaterial', 'DeleteKeyMaterial']
const asymmetric = ['GetPublicKey', 'AsymmetricEncrypt', 'AsymmetricDecrypt', 'AsymmetricSign', 'AsymmetricVerify']
const macs = ['GenerateMac', 'VerifyMac']
const policies = ['GetKeyPolicy', 'SetKeyPolicy']
const changes = [
  'EnableKey',
  'DisableKey',
  'ScheduleKeyDeletion',
  'CancelKeyDeletion',
  'SetDeletionProtection',
  'UpdateKeyDescription',
  'CreateAlias',
  'UpdateAlias',
  'DeleteAlias',
  'TagResource',
  'TagResources',
  'UntagResource',
  'UntagResources',
  'CreateKeyVersion',
  'UpdateRotationPolicy',
]
const cryptography = [
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateAndExportDataKey',
  'ExportDataKey',
  'ReEncrypt',
]

/** This build has no asymmetric keys, imports nothing and makes no MACs: where such a key could, it is refused by name. */
export const notBuilt: ReadonlySet<string> = new Set([...material, ...asymmetric, ...macs])

/** By kind and action: the code with which such a key refuses it in any state. What is not listed, the state decides. */
const documentedKinds: Readonly<Record<DocumentedKind, Readonly<Record<string, ErrorCode>>>> = {
  external: {
    ...all(versions, 'Rejected.UnsupportedOperation'),
    ...all(material, 'Unsupported.Origin'),
    ...all(asymmetric, 'Rejected.UnsupportedOperation'),
    ...all(macs, 'UnsupportedOperation'),
  },
  software: {},
  hardware: {},
  default: all(policies, 'Forbidden.KeyPolicyUnSupported'),
  service: {
    ...all([...changes, ...cryptography], 'UnsupportedOperation'),
    ...all(policies, 'Forbidden.KeyPolicyUnSupported'),
  },
}

export const documentedOfKind = (action: string, kind: DocumentedKind): ErrorCode | null =>
  documentedKinds[kind][action] ?? null

export const documentedOfState = (action: string, state: DocumentedState): ErrorCode | null =>
  documentedStates.get(action)?.[state] ?? null
