/** Instances as they are enabled, bound to VPCs and released. KMS API 2016-01-20; most refusals are assumed. */
import { connectionProblemTexts, vSwitchesProblem, zonesProblem } from '#src/api/contract/connection-rules.ts'
import type { InstanceReason } from '#src/api/contract/errors.ts'
import type { instanceLifeActions } from '#src/api/contract/instance-life.ts'
import type { Rules } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, InstanceRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'
import { enablingMs } from './attempt.ts'
import { accessUseOf, deleteKey, keysOf } from './grants.ts'
import { assertInstanceOwner } from './instance-owner.ts'
import { vpcsOf } from './quota.ts'
import { receiversOf } from './sharing.ts'
import { forgetUse } from './usage.ts'
import { vpcsIn, zonesOf } from './vpcs.ts'

const invalid = (name: string, reason: string): ServiceError =>
  new ServiceError('InvalidParameter', { name, reason }, { Parameter: name })

const cannot = (Reason: InstanceReason, reason: string): ServiceError =>
  new ServiceError('UnsupportedOperation', { reason }, { Reason })

/** The instance as it stands in a write. */
function standing(tx: WriteTransaction<CloudTables>, { instanceId }: InstanceRow): InstanceRow {
  const instance = tx.instances.get(instanceId)
  if (!instance) throw new ServiceError('Forbidden.DKMSInstanceNotFound')
  return instance
}

const vpcPattern = /^vpc-[0-9a-z]{1,64}$/
const vSwitchPattern = /^vsw-[0-9a-z]{1,64}$/

export const instanceLifeRules = {
  ConnectKmsInstance: (ctx, { VpcId, ZoneIds, VSwitchIds }, { instance }) => {
    const { region, caller, now, db } = ctx
    assertInstanceOwner(ctx, instance)
    if (instance.type !== 'Software')
      throw cannot('EnabledInConsoleOnly', 'Only a software key management instance is enabled by this action.')
    const vpc = vpcsIn(region, caller.accountId).find(({ vpcId }) => vpcId === VpcId)
    if (!vpc) throw invalid('VpcId', connectionProblemTexts.vpc)
    const zoneIds = ZoneIds.split(',').map((zone) => zone.trim())
    const zones = zonesProblem(zoneIds, zonesOf(region))
    if (zones) throw invalid('ZoneIds', connectionProblemTexts[zones])
    const vSwitchIds = VSwitchIds.split(',').map((vSwitch) => vSwitch.trim())
    const vSwitches = vSwitchesProblem(vSwitchIds, zoneIds, vpc.vSwitches)
    if (vSwitches) throw invalid('VSwitchIds', connectionProblemTexts[vSwitches])
    db.write((tx) => {
      const row = standing(tx, instance)
      if (row.status !== 'Uninitialized') throw new ServiceError('Forbidden.DKMSInstanceStateInvalid')
      const result = { name: row.name, vpcId: VpcId, vSwitchIds, zoneIds, proxy: null }
      const attempt = { startedAt: now, endsAt: now + enablingMs, steps: [], result, before: row.status }
      tx.instances.put({ ...row, status: 'Connecting', attempt })
    })
    return {}
  },

  UpdateKmsInstanceBindVpc: (ctx, { BindVpcs }, { instance }) => {
    const { region, now, db } = ctx
    assertInstanceOwner(ctx, instance)
    for (const { VpcId, VSwitchId, RegionId, VpcOwnerId } of BindVpcs) {
      if (!vpcPattern.test(VpcId)) throw invalid('BindVpcs', `${VpcId} is no VPC.`)
      if (!vSwitchPattern.test(VSwitchId)) throw invalid('BindVpcs', `${VSwitchId} is no vSwitch.`)
      if (RegionId !== region) throw invalid('BindVpcs', `${VpcId} must be in ${region}.`)
      if (!/^[0-9]{16}$/.test(VpcOwnerId)) throw invalid('BindVpcs', `${VpcOwnerId} is no account.`)
    }
    const ids = BindVpcs.map(({ VpcId }) => VpcId)
    if (new Set(ids).size < ids.length) throw invalid('BindVpcs', 'Each VPC may be named once.')
    db.write((tx) => {
      const row = standing(tx, instance)
      if (row.status === 'Uninitialized') throw new ServiceError('Rejected.Uninitialized')
      if (row.status !== 'Connected') throw new ServiceError('Forbidden.DKMSInstanceStateInvalid')
      if (row.vpcId !== null && ids.includes(row.vpcId)) throw invalid('BindVpcs', 'The own VPC is bound already.')
      const boundVpcs = BindVpcs.map(({ VpcId, VSwitchId, RegionId, VpcOwnerId }) => ({
        vpcId: VpcId,
        vSwitchId: VSwitchId,
        regionId: RegionId,
        ownerId: VpcOwnerId,
      }))
      const after = { ...row, boundVpcs }
      const grows = vpcsOf(after).length > vpcsOf(row).length
      if (grows && accessUseOf(tx, after, now).used > row.accessQuota)
        throw new ServiceError('Rejected.ShareQuotaExceedLimit')
      tx.instances.put(after)
    })
    return {}
  },

  ReleaseKmsInstance: (ctx, { ForceDeleteWithoutBackup }, { instance }) => {
    assertInstanceOwner(ctx, instance)
    ctx.db.write((tx) => {
      const row = standing(tx, instance)
      if (row.charge !== 'POSTPAY')
        throw cannot('Prepaid', 'A subscription ends at its date: only a pay-as-you-go instance is released.')
      if (row.protection !== null)
        throw new ServiceError(
          'Rejected.StateModifiedFailed',
          { reason: 'Deletion protection of the instance is on.' },
          { Reason: 'DeletionProtection' },
        )
      if (receiversOf(tx, row).size > 0)
        throw new ServiceError(
          'Rejected.StateModifiedFailed',
          { reason: 'The instance is shared.' },
          { Reason: 'InstanceShared' },
        )
      const keys = keysOf(tx, row)
      if (keys.some(({ deletionProtection }) => deletionProtection))
        throw new ServiceError(
          'Rejected.StateModifiedFailed',
          { reason: 'Deletion protection of a key in it is on.' },
          { Reason: 'KeyProtected' },
        )
      if (keys.length > 0 && ForceDeleteWithoutBackup !== 'true')
        throw new ServiceError(
          'Rejected.StateModifiedFailed',
          { reason: 'The instance has keys and no backup.' },
          { Reason: 'NoBackup' },
        )
      const named = new Set(keys.map(({ keyId }) => keyId))
      for (const { id, keyId } of tx.aliases.values()) if (named.has(keyId)) tx.aliases.delete(id)
      for (const key of keys) {
        forgetUse(tx, key.keyId)
        deleteKey(tx, row, key, ctx.now)
      }
      for (const { id, instanceId } of tx.withdrawals.values())
        if (instanceId === row.instanceId) tx.withdrawals.delete(id)
      for (const { id, type, entityId } of tx.shareAssociations.values())
        if (type === 'Resource' && entityId === row.instanceId) tx.shareAssociations.delete(id)
      tx.instances.delete(row.instanceId)
    })
    return {}
  },

  /** The oldest of its own that can take them (assumed); empty where there is none. */
  GetDefaultKmsInstance: ({ db, region, caller }) => {
    const [oldest] = [...db.read.instances.values()]
      .filter((row) => row.accountId === caller.accountId && row.region === region)
      .filter(({ type, status }) => type !== 'External' && status === 'Connected')
      .sort((a, b) => a.createdAt - b.createdAt)
    return { DefaultKmsInstanceId: oldest?.instanceId ?? '' }
  },
} satisfies Rules<keyof typeof instanceLifeActions>
