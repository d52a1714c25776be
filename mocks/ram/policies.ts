/** RAM policies and their versions: RAM API 2015-05-01. */
import type { PolicyType } from '#src/api/contract/ram-policies.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { wireTime } from '#mocks/kms/time.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { PolicyRef, RamPolicyRow, RamPolicyVersion } from '#mocks/store/rows.ts'
import { firstVersion, policyRowOf, ramPolicyId } from './attached.ts'
import { ownRows, pageBy } from './directory.ts'
import { readDocument } from './documents.ts'
import { parseRamPolicy } from './parse.ts'

const typeOf = ({ accountId }: RamPolicyRow): PolicyType => (accountId === null ? 'System' : 'Custom')

/** Throws EntityNotExist.Policy. */
export function policyNamed(
  { caller, db }: Pick<Context, 'caller' | 'db'>,
  ref: Pick<PolicyRef, 'name' | 'type'>,
): RamPolicyRow {
  const row = policyRowOf(db.read, caller.accountId, ref)
  if (!row) throw new ServiceError('EntityNotExist.Policy')
  return row
}

const custom = (ctx: Context, name: string): RamPolicyRow => policyNamed(ctx, { type: 'Custom', name })

export const describePolicy = (row: RamPolicyRow) => ({
  PolicyName: row.name,
  PolicyType: typeOf(row),
  Description: row.description,
  DefaultVersion: row.defaultVersion,
})

const describeVersion = ({ defaultVersion }: RamPolicyRow, { id, createdAt }: RamPolicyVersion) => ({
  VersionId: id,
  IsDefaultVersion: id === defaultVersion,
  CreateDate: wireTime(createdAt),
})

const wholeVersion = (row: RamPolicyRow, version: RamPolicyVersion) => ({
  ...describeVersion(row, version),
  PolicyDocument: JSON.stringify(version.document),
})

function versionOf({ versions }: RamPolicyRow, versionId: string): RamPolicyVersion {
  const version = versions.find(({ id }) => id === versionId)
  if (!version) throw new ServiceError('EntityNotExist.Policy.Version')
  return version
}

/** The account's users, groups and roles that have policies attached. */
export const holdersIn = (ctx: Pick<Context, 'caller' | 'db'>) => {
  const { principals, groups } = ctx.db.read
  return {
    users: ownRows(ctx, principals.values()).filter(({ kind }) => kind === 'user'),
    roles: ownRows(ctx, principals.values()).filter(({ kind }) => kind === 'role'),
    groups: ownRows(ctx, groups.values()),
  }
}

/** By row identifier. */
function attachmentCounts(ctx: Context): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const { users, roles, groups } = holdersIn(ctx)
  for (const { name, type } of [...users, ...roles, ...groups].flatMap(({ policies }) => policies)) {
    const id = ramPolicyId(type === 'System' ? null : ctx.caller.accountId, name)
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return counts
}

const listedPolicy = (row: RamPolicyRow, counts: ReadonlyMap<string, number>) => ({
  ...describePolicy(row),
  CreateDate: wireTime(row.createdAt),
  AttachmentCount: counts.get(row.id) ?? 0,
})

/** The next after the highest there ever was as far as can be seen: RAM never gives a version's name twice (assumed of deleted ones). */
const nextVersionId = ({ versions }: RamPolicyRow): string =>
  `v${Math.max(...versions.map(({ id }) => Number(id.slice(1)))) + 1}`

export const attaches =
  (ref: Pick<PolicyRef, 'name' | 'type'>) =>
  ({ policies }: { readonly policies: readonly PolicyRef[] }): boolean =>
    policies.some(({ name, type }) => name === ref.name && type === ref.type)

export const ramPolicyRules = {
  ListPolicies: (ctx, { PolicyType, ...paging }) => {
    const all = [...ctx.db.read.ramPolicies.values()].filter(
      (row) =>
        (row.accountId === null || row.accountId === ctx.caller.accountId) &&
        (PolicyType === undefined || typeOf(row) === PolicyType),
    )
    const { rows, rest } = pageBy(all, (row) => `${row.name}/${typeOf(row)}`, paging)
    const counts = attachmentCounts(ctx)
    return { Policies: { Policy: rows.map((row) => listedPolicy(row, counts)) }, ...rest }
  },
  GetPolicy: (ctx, { PolicyType: type, PolicyName: name }) => {
    const row = policyNamed(ctx, { type, name })
    return {
      Policy: listedPolicy(row, attachmentCounts(ctx)),
      DefaultPolicyVersion: wholeVersion(row, versionOf(row, row.defaultVersion)),
    }
  },
  GetPolicyVersion: (ctx, { PolicyType: type, PolicyName: name, VersionId }) => {
    const row = policyNamed(ctx, { type, name })
    return { PolicyVersion: wholeVersion(row, versionOf(row, VersionId)) }
  },
  ListPolicyVersions: (ctx, { PolicyType: type, PolicyName: name }) => {
    const row = policyNamed(ctx, { type, name })
    return { PolicyVersions: { PolicyVersion: row.versions.map((version) => describeVersion(row, version)) } }
  },
  CreatePolicy: (ctx, { PolicyName: name, Description = '', PolicyDocument }) => {
    const { accountId } = ctx.caller
    const document = readDocument('PolicyDocument', parseRamPolicy(PolicyDocument))
    if (policyRowOf(ctx.db.read, accountId, { type: 'Custom', name }))
      throw new ServiceError('EntityAlreadyExists.Policy')
    const row = firstVersion({ accountId, name, description: Description, document, createdAt: ctx.now })
    ctx.db.write((tx) => tx.ramPolicies.put(row))
    return { Policy: { ...describePolicy(row), CreateDate: wireTime(row.createdAt) } }
  },
  CreatePolicyVersion: (ctx, { PolicyName, PolicyDocument, SetAsDefault = false }) => {
    const document = readDocument('PolicyDocument', parseRamPolicy(PolicyDocument))
    const before = custom(ctx, PolicyName)
    if (before.versions.length >= limits.versionsPerPolicy) throw new ServiceError('LimitExceeded.Policy.Version')
    const version = { id: nextVersionId(before), document, createdAt: ctx.now }
    const row = {
      ...before,
      versions: [...before.versions, version],
      defaultVersion: SetAsDefault ? version.id : before.defaultVersion,
    }
    ctx.db.write((tx) => tx.ramPolicies.put(row))
    return { PolicyVersion: describeVersion(row, version) }
  },
  SetDefaultPolicyVersion: (ctx, { PolicyName, VersionId }) => {
    const row = custom(ctx, PolicyName)
    const { id: defaultVersion } = versionOf(row, VersionId)
    ctx.db.write((tx) => tx.ramPolicies.put({ ...row, defaultVersion }))
    return {}
  },
  DeletePolicyVersion: (ctx, { PolicyName, VersionId }) => {
    const row = custom(ctx, PolicyName)
    const version = versionOf(row, VersionId)
    if (version.id === row.defaultVersion) throw new ServiceError('DeleteConflict.Policy.Version.Default')
    ctx.db.write((tx) => tx.ramPolicies.put({ ...row, versions: row.versions.filter((other) => other !== version) }))
    return {}
  },
  DeletePolicy: (ctx, { PolicyName: name }) => {
    const row = custom(ctx, name)
    const { users, groups, roles } = holdersIn(ctx)
    const has = attaches({ type: 'Custom', name })
    if (users.some(has)) throw new ServiceError('DeleteConflict.Policy.User')
    if (groups.some(has)) throw new ServiceError('DeleteConflict.Policy.Group')
    if (roles.some(has)) throw new ServiceError('DeleteConflict.Policy.Role')
    if (row.versions.length > 1) throw new ServiceError('DeleteConflict.Policy.Version')
    ctx.db.write((tx) => tx.ramPolicies.delete(row.id))
    return {}
  },
} satisfies Rules<
  | 'ListPolicies'
  | 'GetPolicy'
  | 'GetPolicyVersion'
  | 'ListPolicyVersions'
  | 'CreatePolicy'
  | 'CreatePolicyVersion'
  | 'SetDefaultPolicyVersion'
  | 'DeletePolicyVersion'
  | 'DeletePolicy'
>
