/** A decision with everything that made it, in the contract's words, and the smallest change that turns it. */
import type { Principal } from '#src/api/contract/access.ts'
import type {
  AccessEdit,
  AccessExplanation,
  AccessVerdict,
  ExplainedStatement,
  NoChangeReason,
  Obstacle,
} from '#src/api/contract/explanations.ts'
import { stateRefusal, stateTable, type KeyState, type StateAction } from '#src/api/contract/states.ts'
import type { Circumstances, Context } from '#mocks/kms/context.ts'
import { accessUseOf } from '#mocks/kms/grants.ts'
import { actionOf, standingObstacle, wayToKey } from '#mocks/kms/obstacles.ts'
import { exceedsQuota } from '#mocks/kms/quota.ts'
import { refusalOfState } from '#mocks/kms/refusals.ts'
import { keyResource } from '#mocks/kms/visible.ts'
import { keyPolicyName, questionOf, sideNames } from '#mocks/ram/access.ts'
import { distinctEdits, keyPolicyAfter, toAllow, toDeny, type PolicyEdit } from '#mocks/ram/change.ts'
import { evaluate, type Decision, type Question } from '#mocks/ram/evaluate.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { decisive, plain, resourcesOf, type Decisive } from './questions.ts'

const verdicts: Readonly<Record<Decision['why'], AccessVerdict>> = {
  allowed: 'Allow',
  explicitDeny: 'ExplicitDeny',
  notGranted: 'NotGranted',
}
export const letters: Readonly<Record<Decision['why'], string>> = { allowed: 'A', explicitDeny: 'D', notGranted: 'N' }

const unmetOf = (unmet: readonly { readonly operator: string; readonly key: string }[]) =>
  unmet.map(({ operator, key }) => ({ Operator: operator, Key: key }))

const statementsOf = ({ keyPolicy, ramPolicy }: Decision): ExplainedStatement[] => [
  ...keyPolicy.map(({ index, effect, names, unmet }): ExplainedStatement => ({
    Side: 'KeyPolicy',
    PolicyName: keyPolicyName,
    PolicyType: 'KeyPolicy',
    Via: '',
    Index: index,
    Effect: effect,
    NamesAccountOnly: names === 'account',
    Unmet: unmetOf(unmet),
  })),
  ...ramPolicy.map(({ policy: { name, type, via }, index, effect, unmet }): ExplainedStatement => ({
    Side: 'RamPolicy',
    PolicyName: name,
    PolicyType: type,
    Via: via,
    Index: index,
    Effect: effect,
    NamesAccountOnly: false,
    Unmet: unmetOf(unmet),
  })),
]

/** Each policy that applies once, as far as the asker may read it. */
function documentsOf(
  ctx: Context,
  principal: Principal,
  key: KeyRow | null,
  { ramPolicies }: Question,
): Pick<AccessExplanation, 'Documents' | 'Withheld'> {
  const { caller } = ctx
  const seesKeyPolicy = !key || ctx.may('kms:GetKeyPolicy', keyResource(key))
  const seesRam =
    principal.accountId === caller.accountId &&
    ctx.may('ram:GetPolicyVersion', plain(caller.accountId, `acs:ram::${caller.accountId}:policy/*`))
  const text = (document: unknown): string => JSON.stringify(document, null, 2)
  const ram = [...new Map(ramPolicies.map((policy) => [`${policy.type} ${policy.name}`, policy])).values()]
  return {
    Documents: {
      Document: [
        ...(key?.policy && seesKeyPolicy
          ? [
              {
                Side: 'KeyPolicy',
                PolicyName: keyPolicyName,
                PolicyType: 'KeyPolicy',
                Text: text(key.policy),
              } as const,
            ]
          : []),
        ...(seesRam ? ram : []).map(
          ({ name, type, document }) =>
            ({ Side: 'RamPolicy', PolicyName: name, PolicyType: type, Text: text(document) }) as const,
        ),
      ],
    },
    Withheld: [...(seesKeyPolicy ? [] : (['KeyPolicy'] as const)), ...(seesRam ? [] : (['RamPolicy'] as const))],
  }
}

/** The states that a key can be brought into, and by what. */
const stateEdits: Readonly<Partial<Record<KeyState, AccessEdit['Kind']>>> = {
  Disabled: 'EnableKey',
  PendingDeletion: 'CancelKeyDeletion',
}

type Change = Pick<AccessExplanation, 'Change' | 'NoChange'>
const none = (NoChange: NoChangeReason): Change => ({ Change: null, NoChange })

function changeOfState(key: KeyRow, permission: string): Change {
  const kind = stateEdits[key.state]
  const name = actionOf(permission)
  if (kind === undefined || name === null || !Object.hasOwn(stateTable, name)) return none('NothingToCancel')
  if (stateRefusal(name as StateAction, 'Enabled') !== null) return none('NothingToCancel')
  return { Change: { Edits: [stateEdit(kind, key)], KeyPolicy: '' }, NoChange: null }
}

const stateEdit = (Kind: AccessEdit['Kind'], { accountId }: KeyRow): AccessEdit => ({
  Kind,
  AccountId: accountId,
  PolicyName: '',
  Index: -1,
  Document: '',
})

function wireEdit(edit: PolicyEdit, principal: Principal, key: KeyRow | null): AccessEdit {
  const ofKey = { AccountId: key?.accountId ?? '', PolicyName: '', Index: -1, Document: '' }
  const ofRam = { ...ofKey, AccountId: principal.accountId }
  switch (edit.is) {
    case 'addKeyStatement':
      return { ...ofKey, Kind: 'AddKeyPolicyStatement', Document: JSON.stringify(edit.statement, null, 2) }
    case 'removeKeyStatement':
      return { ...ofKey, Kind: 'RemoveKeyPolicyStatement', Index: edit.index }
    case 'removeKeyPrincipal':
      return { ...ofKey, Kind: 'RemoveKeyPolicyPrincipal', Index: edit.index }
    case 'addRamPolicy':
      return { ...ofRam, Kind: 'AddRamPolicy', Document: JSON.stringify(edit.document, null, 2) }
    case 'removeRamStatement':
      return { ...ofRam, Kind: 'RemoveRamStatement', PolicyName: edit.policy.name, Index: edit.index }
  }
}

/** Whether the key's instance has room for one more account that its policy names. */
function exceeds(ctx: Context, key: KeyRow | null, { accountId }: Principal): boolean {
  const instance = key?.instanceId ? ctx.db.read.instances.get(key.instanceId) : undefined
  if (!instance || accountId === instance.accountId) return false
  return exceedsQuota(instance, accessUseOf(ctx.db.read, instance, ctx.now), [accountId])
}

/** Whether the key's state lets nobody change its policy now. */
const isLocked = (key: KeyRow | null): boolean => key !== null && refusalOfState('SetKeyPolicy', key) !== null

function changeOfPolicies(ctx: Context, principal: Principal, key: KeyRow | null, asked: Decisive): Change {
  const locked = isLocked(key)
  const { questions, question } = asked
  const found =
    asked.decision.verdict === 'allow'
      ? [toDeny(question, locked)]
      : questionsDenied(questions).map((one) => toAllow(one, locked))
  const refused = found.find((edits) => typeof edits === 'string')
  if (refused !== undefined) return none(refused)
  const edits = distinctEdits(found.filter((one) => typeof one !== 'string').flat())
  const grants = edits.some((edit) => edit.is === 'addKeyStatement' && edit.statement.Effect === 'Allow')
  if (grants && exceeds(ctx, key, principal)) return none('QuotaExhausted')
  const touches = key?.policy && edits.some(({ is }) => is !== 'addRamPolicy' && is !== 'removeRamStatement')
  const after = touches && key?.policy ? keyPolicyAfter(key.policy, key.accountId, edits, principal.arn) : null
  const unlocking = after && locked && key ? [stateEdit('CancelKeyDeletion', key)] : []
  return {
    Change: {
      Edits: [...unlocking, ...edits.map((edit) => wireEdit(edit, principal, key))],
      KeyPolicy: after ? JSON.stringify(after, null, 2) : '',
    },
    NoChange: null,
  }
}

const questionsDenied = (questions: readonly Question[]): readonly Question[] =>
  questions.filter((question) => evaluate(question).verdict === 'deny')

function changeFor(
  ctx: Context,
  principal: Principal,
  key: KeyRow | null,
  asked: Decisive,
  obstacle: Obstacle | null,
): Change {
  const { question, decision } = asked
  if (obstacle?.Reason === 'Kind') return none('Kind')
  if (!exists(ctx, principal)) return none('NoPrincipal')
  if (decision.verdict === 'allow' && obstacle?.Reason === 'Unavailable') return none('Unavailable')
  if (decision.verdict === 'allow' && obstacle?.Reason === 'State' && key) return changeOfState(key, question.action)
  return changeOfPolicies(ctx, principal, key, asked)
}

export const exists = ({ db }: Context, { kind, accountId, arn }: Principal): boolean =>
  kind === 'account' ? db.read.accounts.get(accountId) !== undefined : db.read.principals.get(arn) !== undefined

export async function explain(
  ctx: Context,
  principal: Principal,
  permission: string,
  key: KeyRow | null,
  aliasName: string | null,
  circumstances: Circumstances,
): Promise<AccessExplanation> {
  const questions = resourcesOf(ctx, principal, permission, key, aliasName).map((resource) =>
    questionOf(principal, permission, resource, circumstances, ctx.db.read),
  )
  const decided = decisive(questions)
  const { question, decision } = decided
  const standing = key ? standingObstacle(ctx, key, permission) : null
  const obstacle = standing ?? (key ? (await wayToKey(ctx, key))(permission) : null)
  return {
    Verdict: verdicts[decision.why],
    Permission: permission,
    Resource: question.resource.arn,
    OwnerAccountId: question.resource.accountId,
    Principal: {
      PrincipalArn: principal.arn,
      AccountId: principal.accountId,
      Kind: principal.kind,
      Exists: exists(ctx, principal),
    },
    Statements: { Statement: statementsOf(decision) },
    Missing: decision.missing.map((side) => sideNames[side]),
    ...documentsOf(ctx, principal, question.resource.policy ? key : null, question),
    Obstacle: obstacle,
    ...changeFor(ctx, principal, key, decided, obstacle),
  }
}
