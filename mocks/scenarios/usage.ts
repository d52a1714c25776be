/** Makes the rows of what uses keys: the inventory of cloud services, and the history of cryptography. */
import type { AssociatedService, associatedTypes } from '#src/api/contract/extensions.ts'
import { aliasPrefix, limits } from '#src/api/contract/rules.ts'
import { aliasId } from '#mocks/kms/find.ts'
import { addUses, keyUseId } from '#mocks/kms/usage.ts'
import type { AliasRow, KeyRow, KeyUseRow, ResourceRow, UseAttemptRow } from '#mocks/store/rows.ts'
import { dayMs, type Draw } from './draw.ts'
import { accounts } from './names.ts'
import type { AttemptPlan, KeyUsagePlan, ResourcePlan, UsePlan } from './plan.ts'

type Type = (typeof associatedTypes)[number]

/** How a service calls its resources: most by a drawn ID, buckets and secrets by their names. */
const types: Readonly<Record<Type, { service: AssociatedService; drawn: { prefix: string; length: number } | null }>> =
  {
    bucket: { service: 'oss', drawn: null },
    disk: { service: 'ecs', drawn: { prefix: 'd', length: 17 } },
    snapshot: { service: 'ecs', drawn: { prefix: 's', length: 17 } },
    instance: { service: 'rds', drawn: { prefix: 'rm', length: 14 } },
    secret: { service: 'secretsmanager', drawn: null },
  }

/** The part of a resource's ID that names its region. */
const siteTags: Readonly<Record<string, string>> = {
  'cn-hangzhou': 'bp1',
  'cn-shanghai': 'uf6',
  'ap-southeast-1': 't4n',
}

function resourceRows(
  draw: Draw,
  key: KeyRow,
  { type, names, account = 'main' }: ResourcePlan,
): readonly ResourceRow[] {
  const { service, drawn } = types[type]
  const { keyId, region } = key
  return names.map((name) => {
    const resourceId = drawn ? `${drawn.prefix}-${siteTags[region]}${draw.text(drawn.length)}` : name
    const id = `${region}/${service}/${type}/${resourceId}`
    return { id, accountId: accounts[account].accountId, region, service, type, resourceId, name, keyId }
  })
}

const hourMs = dayMs / 24

/** Calls of a day lie within a quarter of the plan's. */
const wavering = (draw: Draw, perDay: number): number =>
  Math.max(1, perDay - Math.floor(perDay / 4) + draw.below(Math.floor(perDay / 2) + 1))

function useRow(draw: Draw, now: number, { keyId }: KeyRow, plan: UsePlan): KeyUseRow {
  const { by: principalArn, action: lastAction, perDay, lastHoursAgo = 0, everyDays = 1 } = plan
  // Within the hour, and not in the future.
  const lastAt = now - lastHoursAgo * hourMs - draw.below(3600) * 1000
  const [today, last] = [Math.floor(now / dayMs), Math.floor(lastAt / dayMs)]
  const days: Record<string, number> = {}
  for (let day = last; day > today - limits.callHistoryDays; day -= everyDays) days[day] = wavering(draw, perDay)
  return { id: keyUseId(keyId, principalArn), keyId, principalArn, lastAt, lastAction, days }
}

function useRows(draw: Draw, now: number, key: KeyRow, plans: readonly UsePlan[]): readonly KeyUseRow[] {
  const rows = new Map<string, KeyUseRow>()
  for (const plan of plans) {
    const row = useRow(draw, now, key, plan)
    rows.set(row.id, addUses(rows.get(row.id), row))
  }
  return [...rows.values()]
}

function attemptRows(draw: Draw, now: number, { keyId }: KeyRow, plan: AttemptPlan): readonly UseAttemptRow[] {
  const { by: principalArn, action, hoursAgo } = plan
  return hoursAgo.map((hours) => {
    const requestId = draw.hex(32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    return { id: `${keyId}/${requestId}`, keyId, requestId, principalArn, action, at: now - hours * hourMs }
  })
}

export interface UsageRows {
  readonly resources: readonly ResourceRow[]
  readonly keyUses: readonly KeyUseRow[]
  readonly useAttempts: readonly UseAttemptRow[]
}

interface Named {
  readonly keys: readonly KeyRow[]
  readonly aliases: readonly AliasRow[]
}

/** `now`: ms since the epoch. Throws where a plan names a key that is not there. */
export function usageRows(
  draw: Draw,
  now: number,
  { keys, aliases }: Named,
  plans: readonly KeyUsagePlan[],
): UsageRows {
  const keyIds = new Map(aliases.map(({ id, keyId }) => [id, keyId]))
  const byId = new Map(keys.map((key) => [key.keyId, key]))
  const parts = plans.map(({ alias, region, account = 'main', usedBy = [], uses = [], attempts = [] }) => {
    const key = byId.get(keyIds.get(aliasId(region, accounts[account].accountId, aliasPrefix + alias)) ?? '')
    if (!key) throw new RangeError(`The plan uses a key that is not there: ${region} ${alias}.`)
    return {
      resources: usedBy.flatMap((plan) => resourceRows(draw, key, plan)),
      keyUses: useRows(draw, now, key, uses),
      useAttempts: attempts.flatMap((plan) => attemptRows(draw, now, key, plan)),
    }
  })
  return {
    resources: parts.flatMap((part) => part.resources),
    keyUses: parts.flatMap((part) => part.keyUses),
    useAttempts: parts.flatMap((part) => part.useAttempts),
  }
}
