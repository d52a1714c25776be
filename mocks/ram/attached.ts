/** Which RAM policies apply to a principal, and how each came to. */
import type { CloudTables, GroupRow, PolicyRef, RamPolicy, RamPolicyRow } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'
import type { AttachedPolicy } from './evaluate.ts'

/** How a policy came to apply: attached to the user or the role itself, or to a group that the user is in. */
export type AttachedVia = 'user' | 'role' | `group ${string}`

export interface AppliedPolicy extends AttachedPolicy {
  readonly type: PolicyRef['type']
  readonly via: AttachedVia
}

export type PolicyTables = Pick<ReadTransaction<CloudTables>, 'principals' | 'groups' | 'ramPolicies'>

export interface Attachable {
  readonly accountId: string
  readonly arn: string
}

/** Row identifier of a RAM policy: an account's own, or a system policy where `accountId` is null. */
export const ramPolicyId = (accountId: string | null, name: string): string => `${accountId ?? 'system'}/${name}`

/** Row identifier of a group. */
export const groupId = (accountId: string, name: string): string => `${accountId}/${name}`

/** The row of a policy as an account means it; undefined: there is none. */
export const policyRowOf = (
  { ramPolicies }: Pick<PolicyTables, 'ramPolicies'>,
  accountId: string,
  { name, type }: Pick<PolicyRef, 'name' | 'type'>,
): RamPolicyRow | undefined => ramPolicies.get(ramPolicyId(type === 'System' ? null : accountId, name))

/** What policies say that are attached somewhere; a policy that has gone says nothing. */
const applied = (
  tables: PolicyTables,
  accountId: string,
  refs: readonly PolicyRef[],
  via: AttachedVia,
): readonly AppliedPolicy[] =>
  refs.flatMap((ref) => {
    const row = policyRowOf(tables, accountId, ref)
    return row ? [{ name: ref.name, type: ref.type, document: documentOf(row), via }] : []
  })

const byName = (a: GroupRow, b: GroupRow): number => (a.name < b.name ? -1 : 1)

/** Every RAM policy that applies to a principal, its own first, then its groups' by name. The account itself has none and needs none. */
export function attachedTo({ accountId, arn }: Attachable, tables: PolicyTables): readonly AppliedPolicy[] {
  const principal = tables.principals.get(arn)
  if (!principal) return []
  const groups = [...tables.groups.values()]
    .filter((group) => group.accountId === accountId && group.members.some((member) => member.arn === arn))
    .sort(byName)
  return [
    ...applied(tables, accountId, principal.policies, principal.kind),
    ...groups.flatMap(({ name, policies }) => applied(tables, accountId, policies, `group ${name}`)),
  ]
}

/** The same for whoever of an account is asked about: its groups are looked through once, where `attachedTo` does it for each principal. */
export function attachedIn(
  accountId: string,
  tables: PolicyTables,
): (principal: Attachable) => readonly AppliedPolicy[] {
  const byMember = new Map<string, AppliedPolicy[]>()
  for (const { name, policies, members } of [...tables.groups.values()]
    .filter((group) => group.accountId === accountId)
    .sort(byName)) {
    const given = applied(tables, accountId, policies, `group ${name}`)
    for (const { arn } of members) {
      const known = byMember.get(arn)
      if (known) known.push(...given)
      else byMember.set(arn, [...given])
    }
  }
  return ({ arn }) => {
    const principal = tables.principals.get(arn)
    if (!principal) return []
    return [...applied(tables, accountId, principal.policies, principal.kind), ...(byMember.get(arn) ?? [])]
  }
}

/** The document that counts: that of the default version. */
export const documentOf = ({ versions, defaultVersion }: RamPolicyRow): RamPolicyRow['versions'][number]['document'] =>
  versions.find(({ id }) => id === defaultVersion)!.document

/** A policy as it is made: with one version. `createdAt`: ms since the epoch. */
export function firstVersion(
  policy: Omit<RamPolicyRow, 'id' | 'versions' | 'defaultVersion'> & { document: RamPolicy },
): RamPolicyRow {
  const { document, ...about } = policy
  const id = ramPolicyId(policy.accountId, policy.name)
  return { ...about, id, versions: [{ id: 'v1', document, createdAt: policy.createdAt }], defaultVersion: 'v1' }
}
