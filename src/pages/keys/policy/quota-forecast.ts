/** What this choice of cross-account users does to the instance's access management quota (KMS user guide, Configure a key policy). */
import type { Output } from '#src/api/contract/actions.ts'

type QuotaInfo = Output<'GetKmsInstanceQuotaInfos'>['KmsInstanceQuotaInfos'][number]

export interface QuotaForecast {
  readonly total: number
  readonly used: number
  /** Accounts that would be counted anew. */
  readonly added: readonly string[]
  /** Picked accounts that are counted already, so add nothing. */
  readonly counted: readonly string[]
  readonly left: number
  readonly exceeds: boolean
  /** False: the backend does not tell whom it counts, so `added` is the most that it can be. */
  readonly certain: boolean
  readonly returning: readonly { readonly AccountId: string; readonly ReturnsAt: string }[]
}

/**
 * `picked`: accounts of the chosen users. `members`: the caller's account and the instance's owner, who cost nothing.
 * A withdrawn account holds its unit until that returns, so granting it again meanwhile adds nothing.
 */
export function forecastQuota(info: QuotaInfo, picked: readonly string[], members: readonly string[]): QuotaForecast {
  const returning = info.Returning ?? []
  const held = new Set([...(info.Accounts ?? []), ...returning.map(({ AccountId }) => AccountId)])
  const others = picked.filter((accountId) => !members.includes(accountId))
  const added = others.filter((accountId) => !held.has(accountId))
  const left = info.ResourceQuota - info.UsedQuantity - added.length
  return {
    total: info.ResourceQuota,
    used: info.UsedQuantity,
    added,
    counted: others.filter((accountId) => held.has(accountId)),
    left: Math.max(0, left),
    exceeds: added.length > 0 && left < 0,
    certain: info.Accounts !== undefined,
    returning,
  }
}

/** The access management part of the answer; undefined where the backend leaves it out. */
export const accessQuota = (quotas: Output<'GetKmsInstanceQuotaInfos'>): QuotaInfo | undefined =>
  quotas.KmsInstanceQuotaInfos.find(({ ResourceType }) => ResourceType === 'vpc')
