/** What becomes of an instance: enabled, bound to VPCs, released. KMS API 2016-01-20. */
import { action } from './action.ts'
import { json, oneOf, required, text } from './params.ts'
import { isPlainObject, type Problem } from './rules.ts'
import * as shape from './shapes.ts'

export interface BindVpc {
  readonly VpcId: string
  readonly VSwitchId: string
  readonly RegionId: string
  readonly VpcOwnerId: string
}

/** VPCs that one call may name (ours): no quota is as large. */
const maxBindVpcs = 1000

const isBindVpc = (value: unknown): value is BindVpc =>
  isPlainObject(value) &&
  (['VpcId', 'VSwitchId', 'RegionId', 'VpcOwnerId'] as const).every((name) => typeof value[name] === 'string')

function readBindVpcs(value: unknown): readonly BindVpc[] | Problem {
  if (!Array.isArray(value) || !value.every(isBindVpc)) return { code: 'malformed', reason: 'shape' }
  return value.length > maxBindVpcs ? { code: 'tooMany', max: maxBindVpcs } : value
}

const ofInstance = { KmsInstanceId: required(text()) }

export const instanceLifeActions = {
  /** Enables a software key management instance: the others are enabled in the console only. It takes a moment. */
  ConnectKmsInstance: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:ConnectKmsInstance',
    subject: 'instance',
    params: {
      ...ofInstance,
      VpcId: required(text()),
      /** Comma lists. */
      ZoneIds: required(text()),
      VSwitchIds: required(text()),
      KMProvider: required(oneOf(['Aliyun'])),
    },
    refused: [],
    output: shape.object({}),
  }),
  /** The whole list: what it does not name is bound no more. */
  UpdateKmsInstanceBindVpc: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:UpdateKmsInstanceBindVpc',
    subject: 'instance',
    params: { ...ofInstance, BindVpcs: required(json(readBindVpcs)) },
    refused: [],
    output: shape.object({}),
  }),
  /** Releases a pay-as-you-go instance, with everything that is in it. */
  ReleaseKmsInstance: action({
    product: 'kms',
    kind: 'write',
    permission: 'kms:ReleaseKmsInstance',
    subject: 'instance',
    params: { ...ofInstance, ForceDeleteWithoutBackup: oneOf(['true', 'false']) },
    refused: [],
    output: shape.object({}),
  }),
  /** The instance that keys without one are moved to. */
  GetDefaultKmsInstance: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetDefaultKmsInstance',
    subject: 'account',
    params: {},
    refused: [],
    output: shape.object({ DefaultKmsInstanceId: shape.string() }),
  }),
} as const
