/** Who could give the caller what it lacks: those whom the gateway would let change the side that decides. */
import type { Principal } from '#src/api/contract/access.ts'
import { parseKeyArn, parsePrincipalArn, rootArn } from '#src/api/contract/arn.ts'
import type { PolicySide } from '#src/api/contract/explanations.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { Context, Resource, Rules } from '#mocks/kms/context.ts'
import { findKey } from '#mocks/kms/find.ts'
import { keyResource } from '#mocks/kms/visible.ts'
import { questionOf, sideNames } from '#mocks/ram/access.ts'
import { attachedIn, attachedTo, type AppliedPolicy } from '#mocks/ram/attached.ts'
import { evaluate, inEffect, type Decision } from '#mocks/ram/evaluate.ts'
import { checkPermissionShape, plain } from './questions.ts'

/** What a change of one side takes: every one of these. */
type Change = readonly { readonly permission: string; readonly resources: readonly Resource[] }[]

const attachPermissions = { user: 'ram:AttachPolicyToUser', role: 'ram:AttachPolicyToRole' } as const
const detachPermissions = { user: 'ram:DetachPolicyFromUser', role: 'ram:DetachPolicyFromRole' } as const

const ramResources = (accountId: string, ...arns: readonly string[]): readonly Resource[] =>
  arns.map((arn) => plain(accountId, arn))

/** A policy that grants: any of the account's own. */
function attaching({ caller: { accountId, kind, arn } }: Context): Change {
  if (kind === 'account') return []
  const resources = ramResources(accountId, arn, `acs:ram::${accountId}:policy/*`)
  return [{ permission: attachPermissions[kind], resources }]
}

/** Each policy that denies, from where it is attached. */
function detaching({ caller }: Context, denying: readonly AppliedPolicy[]): Change {
  const { accountId, arn } = caller
  return denying.map(({ name, type, via }) => {
    const policy = `acs:ram::${type === 'System' ? 'system' : accountId}:policy/${name}`
    if (via === 'user' || via === 'role')
      return { permission: detachPermissions[via], resources: ramResources(accountId, arn, policy) }
    const group = `acs:ram::${accountId}:group/${via.slice('group '.length)}`
    return { permission: 'ram:DetachPolicyFromGroup', resources: ramResources(accountId, group, policy) }
  })
}

/** The sides that decide, each with what turns it. */
function changesOf(ctx: Context, resource: Resource, decision: Decision): ReadonlyMap<PolicySide, Change> {
  const isExplicit = decision.why === 'explicitDeny'
  const denies = ({ effect, unmet }: Decision['ramPolicy'][number] | Decision['keyPolicy'][number]): boolean =>
    effect === 'Deny' && inEffect({ unmet })
  const setPolicy: Change = [{ permission: 'kms:SetKeyPolicy', resources: [resource] }]
  if (!isExplicit)
    return new Map(decision.missing.map((side) => [sideNames[side], side === 'keyPolicy' ? setPolicy : attaching(ctx)]))
  const names = new Set(decision.ramPolicy.filter(denies).map(({ policy: { name } }) => name))
  const denying = attachedTo(ctx.caller, ctx.db.read).filter(({ name }) => names.has(name))
  return new Map<PolicySide, Change>([
    ...(decision.keyPolicy.some(denies) ? [['KeyPolicy', setPolicy] as const] : []),
    ...(denying.length > 0 ? [['RamPolicy', detaching(ctx, denying)] as const] : []),
  ])
}

/** Users, then roles, then the account itself. */
function principalsOf({ db, caller: { accountId } }: Context): readonly Principal[] {
  const own = [...db.read.principals.values()].filter((row) => row.accountId === accountId)
  const named = (kind: 'user' | 'role'): readonly Principal[] =>
    own.filter((row) => row.kind === kind).sort((a, b) => (a.name < b.name ? -1 : 1))
  return [...named('user'), ...named('role'), { accountId, kind: 'account', arn: rootArn(accountId) }]
}

/** Whether a principal may do all that a change takes. */
function able(ctx: Context, change: Change): (principal: Principal) => boolean {
  const policiesOf = attachedIn(ctx.caller.accountId, ctx.db.read)
  const { circumstances } = ctx
  return (caller) => {
    const ramPolicies = policiesOf(caller)
    return change.every(({ permission: action, resources }) =>
      resources.every(
        (resource) => evaluate({ caller, action, resource, ramPolicies, circumstances }).verdict === 'allow',
      ),
    )
  }
}

const described = ({ db }: Context, { arn, kind }: Principal) => ({
  PrincipalArn: arn,
  Kind: kind,
  Name: parsePrincipalArn(arn)?.name ?? '',
  DisplayName: db.read.principals.get(arn)?.displayName ?? '',
})

export const grantorRules = {
  ListGrantors: (ctx, { Permission, Resource: arn }) => {
    checkPermissionShape(Permission)
    const { caller } = ctx
    const resource = parseKeyArn(arn) ? keyResource(findKey(ctx, arn, 'ListGrantors')) : plain(caller.accountId, arn)
    const decision = evaluate(questionOf(caller, Permission, resource, ctx.circumstances, ctx.db.read))
    const everybody = principalsOf(ctx)
    const Grantor = [...changesOf(ctx, resource, decision)].map(([Side, change]) => {
      const AccountId = Side === 'KeyPolicy' ? resource.accountId : caller.accountId
      const isTold = AccountId === caller.accountId
      const found = isTold ? everybody.filter(able(ctx, change)) : []
      return {
        Side,
        AccountId,
        Permissions: [...new Set(change.map(({ permission }) => permission))],
        Withheld: !isTold,
        Principals: {
          Principal: found.slice(0, limits.grantorsTold).map((principal) => described(ctx, principal)),
        },
        TotalCount: found.length,
      }
    })
    const isEither = decision.why === 'notGranted' && resource.accountId === caller.accountId
    return { Grantors: { Grantor }, Needed: isEither ? 'One' : 'All' } as const
  },
} satisfies Rules<'ListGrantors'>
