/** Sharing at random: whatever is done in whatever order, the quota's sum is right and no key is where its account may not be. */
import { expect, test } from 'vitest'
import { parsePrincipalArn, userArn } from '#src/api/contract/arn.ts'
import { customPolicy } from '#src/api/contract/policy.ts'
import { sharedResourceType } from '#src/api/contract/sharing.ts'
import { accounts, externalKeys, instances } from '#mocks/scenarios/names.ts'
import { seededText } from '#mocks/runtime.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, storedRows } from '#mocks/testing/rows.ts'

const main = accounts.main.accountId
const partner = accounts.partner.accountId
const retail = accounts.retail.accountId
const others = [partner, retail, '1511111111111111', '1522222222222222', '1533333333333333']
const steps = 110
const minuteMs = 60_000

/** Whole numbers below `below`, the same for the same seed. */
function dice(seed: number) {
  let drawn = 0
  const number = (below: number): number => Number.parseInt(seededText(seed, (drawn += 1), 6), 36) % below
  return { number, pick: <T>(items: readonly T[]): T | undefined => items[number(Math.max(1, items.length))] }
}

/** By the rows, and not by the code that is tested. */
function receiversByRows(at: TestCloud, instanceId: string): ReadonlySet<string> {
  const rows = storedRows(at.cloud, 'shareAssociations')
  const receivers = new Set<string>()
  for (const resource of rows.filter(({ type, entityId }) => type === 'Resource' && entityId === instanceId))
    for (const target of rows.filter(({ type, shareId }) => type === 'Target' && shareId === resource.shareId)) {
      const isRefused =
        resource.failures.some(({ entityId }) => entityId === target.entityId) ||
        target.failures.some(({ entityId }) => entityId === instanceId)
      if (!isRefused) receivers.add(target.entityId)
    }
  return receivers
}

async function check(at: TestCloud): Promise<void> {
  for (const instance of storedRows(at.cloud, 'instances')) {
    if (instance.accountId !== main || instance.region !== 'cn-hangzhou') continue
    const { instanceId, vpcId, boundVpcs, accessQuota } = instance
    const receivers = receiversByRows(at, instanceId)
    const keys = storedRows(at.cloud, 'keys').filter((key) => key.instanceId === instanceId)
    for (const key of keys) expect([main, ...receivers]).toContain(key.accountId)

    const named = keys.flatMap(({ policy }) => (policy?.Statement ?? []).flatMap(({ Principal }) => Principal.RAM))
    const holding = new Set([...receivers, ...named.map((arn) => parsePrincipalArn(arn)!.accountId)])
    holding.delete(main)
    const returning = storedRows(at.cloud, 'withdrawals').filter((row) => row.instanceId === instanceId)
    for (const { accountId } of returning) expect(holding.has(accountId)).toBe(false)
    const input = { KmsInstanceId: instanceId, ResourceType: 'vpc' } as const
    const [info] = (await at.ok('GetKmsInstanceQuotaInfos', input)).KmsInstanceQuotaInfos
    const vpcs = (vpcId === null ? 0 : 1) + boundVpcs.length
    expect(info!.UsedQuantity).toBe(vpcs + holding.size + returning.length)
    expect(info!.UsedQuantity).toBeLessThanOrEqual(accessQuota)
    expect(info!.Units!.map(({ AccountId }) => AccountId).sort()).toEqual([...holding].sort())
    for (const unit of info!.Units!) expect(unit.ResourceShares.length > 0).toBe(receivers.has(unit.AccountId))
  }
}

test.each([1, 2])(
  'seed %i',
  async (seed) => {
    const at = await testCloud({ seed })
    const { number, pick } = dice(seed)
    const names = [instances.payments.name, instances.group.name, instances.software.name]
    const ids = names.map((name) => instanceNamed(at.cloud, name).instanceId)
    const outcomes = new Set<string>()
    const shareId = (): string => pick(storedRows(at.cloud, 'resourceShares'))?.shareId ?? 'rs-none'
    const some = <T>(items: readonly T[]): readonly T[] => items.filter(() => number(2) === 0)
    const resources = () => some(ids).map((ResourceId) => ({ ResourceId, ResourceType: sharedResourceType }))
    const ownKeys = () => storedRows(at.cloud, 'keys').filter((key) => ids.includes(key.instanceId ?? ''))

    const deeds: readonly (() => Promise<string | null>)[] = [
      () =>
        at.code('CreateResourceShare', {
          ResourceShareName: 'at-random',
          Resources: resources(),
          Targets: some([partner, retail]),
        }),
      () =>
        at.code('AssociateResourceShare', {
          ResourceShareId: shareId(),
          Resources: resources(),
          Targets: some([partner, retail]),
        }),
      () => at.code('DisassociateResourceShare', { ResourceShareId: shareId(), Targets: some([partner, retail]) }),
      () => at.code('DisassociateResourceShare', { ResourceShareId: shareId(), Resources: resources() }),
      () => at.code('DeleteResourceShare', { ResourceShareId: shareId() }),
      () => {
        const DKMSInstanceId = pick(ids)!
        const external = DKMSInstanceId === ids[2] ? {} : { ExternalKeyId: externalKeys.ready[number(3)]! }
        return at.code('CreateKey', { DKMSInstanceId, ...external }, { as: 'partnerAccount' })
      },
      async () => {
        const key = pick(ownKeys())
        if (!key) return null
        const as = key.accountId === main ? 'account' : 'partnerAccount'
        const crossAccountUser = some(others)
          .filter((id) => id !== key.accountId)
          .map((id) => userArn(id, 'app'))
        const Policy = JSON.stringify(customPolicy([key.accountId], { administrator: [], user: [], crossAccountUser }))
        return at.code('SetKeyPolicy', { KeyId: key.keyId, Policy }, { as })
      },
      async () => {
        const key = pick(ownKeys().filter(({ accountId }) => accountId === partner))
        if (!key) return null
        const code = await at.code(
          'ScheduleKeyDeletion',
          { KeyId: key.keyId, PendingWindowInDays: 7 },
          { as: 'partnerAccount' },
        )
        await at.cloud.lab.advanceClock(7 * 24 * 60 * minuteMs)
        return code
      },
      async () => {
        await at.cloud.lab.advanceClock(number(7) * minuteMs)
        return null
      },
    ]
    for (let step = 0; step < steps; step++) {
      const deed = number(deeds.length)
      outcomes.add(`${deed} ${await deeds[deed]!()}`)
      await check(at)
    }
    expect(at.defects).toEqual([])
    // It went well, and was refused for the very reasons that this is about; otherwise it would prove little.
    for (const outcome of ['0 null', '1 null', '5 null', '5 Forbidden.DKMSInstanceNotFound'])
      expect(outcomes).toContain(outcome)
    expect([...outcomes].some((outcome) => outcome.endsWith('ResourceShareStatusMismatchAction'))).toBe(true)
    expect(outcomes).toContain('6 Rejected.ShareQuotaExceedLimit')
  },
  60_000,
)
