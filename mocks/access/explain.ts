/** Who may do what, and why: the gateway's own decisions, asked beforehand. Extensions, see `contract/explanations.ts`. */
import { keyPermissions, principalOf, type Principal } from '#src/api/contract/access.ts'
import { parsePrincipalArn } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Circumstances, Context, Rules } from '#mocks/kms/context.ts'
import { aliasesByKey } from '#mocks/kms/aliases.ts'
import { findKey } from '#mocks/kms/find.ts'
import { standingObstacle, wayToKey } from '#mocks/kms/obstacles.ts'
import { pageOf } from '#mocks/kms/paging.ts'
import { keyResource, visibleKeys } from '#mocks/kms/visible.ts'
import { attachedTo } from '#mocks/ram/attached.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { exists, explain, letters } from './explanation.ts'
import {
  checkPermission,
  circumstancesOf,
  decisive,
  denied,
  mayAskAbout,
  plain,
  principalNamed,
  resourcesOf,
} from './questions.ts'

/** Whom a key's matrix shows: the account and all its users and roles, then those of other accounts that the policy names. */
function principalsOf(ctx: Context, key: KeyRow): readonly Principal[] {
  const own = [...ctx.db.read.principals.values()]
    .filter(({ accountId }) => accountId === key.accountId)
    .sort((a, b) => (a.kind === b.kind ? (a.name < b.name ? -1 : 1) : a.kind === 'user' ? -1 : 1))
  const named = (key.policy?.Statement ?? [])
    .flatMap(({ Principal: { RAM } }) => RAM.map(principalOf))
    .filter((principal): principal is Principal => principal !== null && principal.accountId !== key.accountId)
  const account: Principal = { accountId: key.accountId, kind: 'account', arn: `acs:ram::${key.accountId}:root` }
  return [...new Map([account, ...own, ...named].map((one) => [one.arn, one])).values()]
}

function cellsOf(ctx: Context, principal: Principal, key: KeyRow, circumstances: Circumstances): string {
  const ramPolicies = attachedTo(principal, ctx.db.read)
  return keyPermissions
    .map((action) => {
      const resources = resourcesOf(ctx, principal, action, key, null)
      const questions = resources.map((resource) => ({
        caller: principal,
        action,
        resource,
        ramPolicies,
        circumstances,
      }))
      return letters[decisive(questions).decision.why]
    })
    .join('')
}

export const explainRules = {
  ExplainAccess: async (ctx, { PrincipalArn, Permission, KeyId, AliasName, ...asked }) => {
    const principal = principalNamed(PrincipalArn)
    checkPermission(Permission)
    const key = KeyId === undefined ? null : findKey(ctx, KeyId, 'ExplainAccess')
    mayAskAbout(ctx, principal, key)
    return explain(ctx, principal, Permission, key, AliasName ?? null, circumstancesOf(ctx, asked))
  },
  DescribeKeyAccess: async (ctx, { PrincipalArn, Search = '', AccountId, PageNumber, PageSize, ...asked }, { key }) => {
    for (const [permission, kind] of [
      ['ram:ListUsers', 'user'],
      ['ram:ListRoles', 'role'],
    ] as const) {
      const resource = plain(ctx.caller.accountId, `acs:ram::${ctx.caller.accountId}:${kind}/*`)
      const denial = ctx.denial(permission, resource)
      if (denial) throw denied(resource, denial)
    }
    const circumstances = circumstancesOf(ctx, asked)
    const wanted = PrincipalArn && new Set(PrincipalArn.map((arn) => principalNamed(arn).arn))
    const all = wanted ? [...wanted].map(principalNamed) : principalsOf(ctx, key)
    const words = Search.toLowerCase()
    const matching = all.filter(
      ({ arn, accountId }) =>
        (AccountId === undefined || accountId === AccountId) &&
        `${arn} ${ctx.db.read.principals.get(arn)?.displayName ?? ''}`.toLowerCase().includes(words),
    )
    const { page, paging } = pageOf(matching, { PageNumber, PageSize }, limits.principalsPerAccessPage.preset)
    const way = await wayToKey(ctx, key)
    return {
      Permissions: [...keyPermissions],
      AccountIds: [...new Set(all.map(({ accountId }) => accountId))],
      Obstacles: {
        Obstacle: keyPermissions.flatMap((Permission) => {
          const found = standingObstacle(ctx, key, Permission) ?? way(Permission)
          return found ? [{ Permission, ...found }] : []
        }),
      },
      Principals: {
        Principal: page.map((principal) => ({
          PrincipalArn: principal.arn,
          AccountId: principal.accountId,
          Kind: principal.kind,
          Name: parsePrincipalArn(principal.arn)?.name ?? '',
          DisplayName: ctx.db.read.principals.get(principal.arn)?.displayName ?? '',
          Exists: exists(ctx, principal),
          Cells: cellsOf(ctx, principal, key, circumstances),
        })),
      },
      ...paging,
    }
  },
  ListKeysByAccess: (ctx, { PrincipalArn, Permission, PageNumber, PageSize, ...asked }) => {
    const principal = principalNamed(PrincipalArn)
    checkPermission(Permission)
    mayAskAbout(ctx, principal, null)
    const circumstances = circumstancesOf(ctx, asked)
    const isSelf = principal.arn === ctx.caller.arn
    const examined = visibleKeys(ctx).filter((key) => isSelf || ctx.may('kms:GetKeyPolicy', keyResource(key)))
    const ramPolicies = attachedTo(principal, ctx.db.read)
    const allowed = examined.filter((key) => {
      const questions = resourcesOf(ctx, principal, Permission, key, null).map((resource) => ({
        caller: principal,
        action: Permission,
        resource,
        ramPolicies,
        circumstances,
      }))
      return decisive(questions).decision.verdict === 'allow'
    })
    const { page, paging } = pageOf(allowed, { PageNumber, PageSize }, limits.pageSize.ListKeysByAccess.preset)
    const aliases = aliasesByKey(ctx)
    return {
      Keys: {
        Key: page.map((key) => ({
          KeyId: key.keyId,
          KeyArn: keyResource(key).arn,
          KeyState: key.state,
          AliasNames: [...(aliases.get(key.keyId) ?? [])],
          ObstacleCode: standingObstacle(ctx, key, Permission)?.ErrorCode ?? '',
        })),
      },
      ...paging,
      Examined: examined.length,
    }
  },
} satisfies Rules<'ExplainAccess' | 'DescribeKeyAccess' | 'ListKeysByAccess'>
