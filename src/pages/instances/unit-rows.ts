/** What each unit of an access management quota is spent on, as rows: VPCs, then accounts, then what is on its way back. */
import type { Output } from '#src/api/contract/actions.ts'
import type { QuotaUnit } from '#src/api/contract/instances.ts'

export type VpcQuota = Output<'GetKmsInstanceQuotaInfos'>['KmsInstanceQuotaInfos'][number]

export type UnitRow =
  | { readonly kind: 'vpc'; readonly id: string; readonly isOwn: boolean }
  | { readonly kind: 'account'; readonly id: string; readonly unit: QuotaUnit }
  | { readonly kind: 'returning'; readonly id: string; readonly returnsAt: string }

/** Null: it is not told, to an account that the instance is shared with or by a backend that does not know. The next to return stands first. */
export function unitRows(
  { Vpcs, Units, Returning = [] }: VpcQuota,
  ownVpc: string | undefined,
): readonly UnitRow[] | null {
  if (!Vpcs || !Units) return null
  return [
    ...Vpcs.map((id) => ({ kind: 'vpc', id, isOwn: id === ownVpc }) as const),
    ...Units.map((unit) => ({ kind: 'account', id: unit.AccountId, unit }) as const),
    ...Returning.toSorted((a, b) => Date.parse(a.ReturnsAt) - Date.parse(b.ReturnsAt)).map(
      ({ AccountId, ReturnsAt }) => ({ kind: 'returning', id: AccountId, returnsAt: ReturnsAt }) as const,
    ),
  ]
}

/** Minutes and seconds until a time, by the cloud's clock; null: it has come. */
export function timeLeft(
  returnsAt: string,
  now: number,
): { readonly minutes: number; readonly seconds: number } | null {
  const left = Math.ceil((Date.parse(returnsAt) - now) / 1000)
  return left > 0 ? { minutes: Math.floor(left / 60), seconds: left % 60 } : null
}

/** Accounts that would take a unit anew. */
export function newUnits({ Accounts = [], Returning = [] }: VpcQuota, accounts: readonly string[]): readonly string[] {
  const held = new Set([...Accounts, ...Returning.map(({ AccountId }) => AccountId)])
  return [...new Set(accounts)].filter((account) => !held.has(account))
}
