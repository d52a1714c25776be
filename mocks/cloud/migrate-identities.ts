/** Users, roles and RAM policies as schema versions 1 and 2 stored them, in the shape of `rows.ts`. */
import { rootArn } from '#src/api/contract/arn.ts'
import { firstVersion, ramPolicyId } from '#mocks/ram/attached.ts'
import { systemPolicyRows } from '#mocks/ram/system-policies.ts'
import type { CloudTables, PolicyRef, PrincipalRow, RamPolicy, RamPolicyRow } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'

/** Attached policies were names, and nobody could assume a role. */
interface Principal2 extends Omit<PrincipalRow, 'policies' | 'role'> {
  readonly policies: readonly string[]
}
/** A policy had one document and no age. */
interface RamPolicy2 {
  readonly accountId: string | null
  readonly name: string
  readonly document: RamPolicy
}

const isPrincipal2 = (row: Principal2 | PrincipalRow): row is Principal2 => !('role' in row)
const isRamPolicy2 = (row: RamPolicy2 | RamPolicyRow): row is RamPolicy2 => !('versions' in row)

type Tables = Pick<ReadTransaction<CloudTables>, 'principals' | 'ramPolicies'>

/** What has to be put anew; null: everything has today's shape. */
export function olderIdentities(tables: Tables) {
  const principals: Iterable<Principal2 | PrincipalRow> = tables.principals.values()
  const policies: Iterable<RamPolicy2 | RamPolicyRow> = tables.ramPolicies.values()
  const older = { principals: [...principals].filter(isPrincipal2), policies: [...policies].filter(isRamPolicy2) }
  if (older.principals.length === 0 && older.policies.length === 0) return null
  const custom = older.policies.filter(({ accountId }) => accountId !== null)
  const customIds = new Set(custom.map(({ accountId, name }) => ramPolicyId(accountId, name)))
  const createdAt = Math.min(...older.principals.map((row) => row.createdAt))
  return {
    principals: older.principals.map((row) => completed(row, customIds)),
    policies: [...systemPolicyRows, ...custom.map((row) => firstVersion({ ...row, description: '', createdAt }))],
  }
}

/** A name meant the account's own policy before the system's. A role of RAM's console trusts its own account to begin with. */
function completed(row: Principal2, customIds: ReadonlySet<string>): PrincipalRow {
  const { accountId, kind, createdAt: attachedAt } = row
  const ref = (name: string): PolicyRef => ({
    name,
    type: customIds.has(ramPolicyId(accountId, name)) ? 'Custom' : 'System',
    attachedAt,
  })
  const Statement = [{ Effect: 'Allow' as const, Action: ['sts:AssumeRole'], Principal: { RAM: [rootArn(accountId)] } }]
  return {
    ...row,
    policies: row.policies.map(ref),
    role: kind === 'role' ? { trust: { Version: '1', Statement }, maxSessionMs: 60 * 60_000 } : null,
  }
}
