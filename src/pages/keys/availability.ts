/**
 * Whether an external key can work right now: three conditions, each met, failed or not known. KMS user guide, Manage external keys:
 * the KMS key is Enabled, the proxy runs and its instance is Connected, the external key is ENABLED.
 */
import type { Output } from '#src/api/contract/actions.ts'
import type { ExternalKeyReport } from '#src/api/contract/extensions.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import type { InstanceStatus, KeyState } from '#src/api/contract/states.ts'

export type ProxyStatus = Output<'DescribeExternalKeys'>['ProxyStatus']

/** Why a condition fails, as a message key. */
export type Failure =
  | `key.${Exclude<KeyState, 'Enabled'>}`
  | `instance.${Exclude<InstanceStatus, 'Connected'>}`
  | `proxy.${Exclude<ProxyStatus, 'Available'>}`
  | 'externalKey.DISABLED'
  | 'externalKey.NOT_FOUND'
  | 'externalKey.notUsable'

export type Condition =
  | { readonly verdict: 'met' }
  | { readonly verdict: 'failed'; readonly failure: Failure }
  | { readonly verdict: 'unknown' }

export const conditionNames = ['key', 'proxy', 'externalKey'] as const
export type ConditionName = (typeof conditionNames)[number]
export type Conditions = Readonly<Record<ConditionName, Condition>>

export type Availability =
  | { readonly verdict: 'available' }
  | { readonly verdict: 'unavailable'; readonly failure: Failure }
  | { readonly verdict: 'unknown' }

/** What is known; null or undefined where it is not (no extension, no permission, not asked yet). */
export interface AvailabilityFacts {
  readonly keyState: KeyMetadata['KeyState']
  readonly instanceStatus: KmsInstance['Status'] | null | undefined
  readonly proxyStatus: ProxyStatus | null | undefined
  readonly externalKey: Pick<ExternalKeyReport, 'Status' | 'Usable'> | null | undefined
}

const met: Condition = { verdict: 'met' }
const unknown: Condition = { verdict: 'unknown' }
const failed = (failure: Failure): Condition => ({ verdict: 'failed', failure })

/** The instance's own status comes first: it tells more than the proxy's silence that follows from it. */
function proxyCondition({ instanceStatus, proxyStatus }: AvailabilityFacts): Condition {
  if (instanceStatus && instanceStatus !== 'Connected') return failed(`instance.${instanceStatus}`)
  if (!proxyStatus) return unknown
  return proxyStatus === 'Available' ? met : failed(`proxy.${proxyStatus}`)
}

function externalKeyCondition({ externalKey }: AvailabilityFacts): Condition {
  if (!externalKey || externalKey.Status === 'UNKNOWN') return unknown
  if (externalKey.Status !== 'ENABLED') return failed(`externalKey.${externalKey.Status}`)
  return externalKey.Usable ? met : failed('externalKey.notUsable')
}

export const conditionsOf = (facts: AvailabilityFacts): Conditions => ({
  key: facts.keyState === 'Enabled' ? met : failed(`key.${facts.keyState}`),
  proxy: proxyCondition(facts),
  externalKey: externalKeyCondition(facts),
})

/** All three must hold; the first that fails is the one to name. */
export function availabilityOf(conditions: Conditions): Availability {
  const all = conditionNames.map((name) => conditions[name])
  const failing = all.find((condition) => condition.verdict === 'failed')
  if (failing) return { verdict: 'unavailable', failure: failing.failure }
  return { verdict: all.every((condition) => condition.verdict === 'met') ? 'available' : 'unknown' }
}
