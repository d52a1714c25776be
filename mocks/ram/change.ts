/** The smallest change of policies that turns a decision: what is denied becomes allowed, what is allowed becomes denied. */
import { hasEffect } from '#src/api/contract/access.ts'
import { defaultPolicy, type KeyPolicy, type PolicyStatement } from '#src/api/contract/policy.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { RamPolicy, RamStatement } from '#mocks/store/rows.ts'
import { evaluate, inEffect, type AttachedPolicy, type Question, type Side } from './evaluate.ts'

/** One step of a change. Indices are those of the policies as they stand before the whole change. */
export type PolicyEdit =
  | { readonly is: 'addKeyStatement'; readonly statement: PolicyStatement }
  | { readonly is: 'removeKeyStatement'; readonly index: number }
  /** The statement names others too: it goes on for them. */
  | { readonly is: 'removeKeyPrincipal'; readonly index: number }
  /** A policy of its own, attached to the principal. */
  | { readonly is: 'addRamPolicy'; readonly document: RamPolicy }
  | { readonly is: 'removeRamStatement'; readonly policy: AttachedPolicy; readonly index: number }

/** Why no change of policies does it. */
export type Unchangeable = 'AccountOwnsKey' | 'PolicyFull'

/** `acs:ram::<uid>:root` for the account itself: what policies name, too. */
const keyStatement = (Effect: 'Allow' | 'Deny', { caller, action }: Question): PolicyStatement => ({
  Effect,
  Principal: { RAM: [caller.arn] },
  // What a key policy cannot control by name it can only control as everything.
  Action: [hasEffect(action) ? action : 'kms:*'],
  Resource: ['*'],
})

const ramPolicy = (Effect: 'Allow' | 'Deny', { action, resource }: Question): RamPolicy => ({
  Version: '1',
  Statement: [{ Effect, Action: [action], Resource: [resource.arn] }],
})

/**
 * What turns an allowed question into a denied one. `keyPolicyLocked`: the key's state lets nobody change its policy now, so that RAM goes
 * first where it does too.
 */
export function toDeny(question: Question, keyPolicyLocked: boolean): readonly PolicyEdit[] | Unchangeable {
  const { caller, action, resource } = question
  const byKeyPolicy = { is: 'addKeyStatement', statement: keyStatement('Deny', question) } as const
  const byRam = { is: 'addRamPolicy', document: ramPolicy('Deny', question) } as const
  // The one that takes nothing else along, and of two such the one that stands with the key.
  const ways =
    caller.kind === 'account'
      ? [byKeyPolicy]
      : hasEffect(action) && !keyPolicyLocked
        ? [byKeyPolicy, byRam]
        : [byRam, byKeyPolicy]
  const way = ways.find((edit) => edit.is === 'addRamPolicy' || canHold(resource.policy, [edit]))
  if (way) return [way]
  return resource.policy === null ? 'AccountOwnsKey' : 'PolicyFull'
}

/** What turns a denied question into an allowed one, likewise. */
export function toAllow(question: Question, keyPolicyLocked: boolean): readonly PolicyEdit[] | Unchangeable {
  const removals = removalsOf(question)
  const freed = changed(question, removals)
  const { missing } = evaluate(freed)
  const additions = additionsFor(freed, missing, keyPolicyLocked)
  if (typeof additions === 'string') return additions
  return [...removals, ...additions]
}

/** What takes every deny away that is in effect. */
function removalsOf(question: Question): readonly PolicyEdit[] {
  const { keyPolicy, ramPolicy: ram } = evaluate(question)
  const { caller, resource } = question
  const isDeny = (match: Parameters<typeof inEffect>[0] & { readonly effect: string }): boolean =>
    match.effect === 'Deny' && inEffect(match)
  const narrows = (index: number): boolean => {
    const arns = resource.policy!.Statement[index]!.Principal.RAM
    return caller.kind !== 'account' && arns.some((arn) => arn !== caller.arn)
  }
  return [
    ...keyPolicy.filter(isDeny).map(({ index, names }): PolicyEdit => ({
      is:
        names === 'caller' && narrows(index) && !namesAccount(question, index)
          ? 'removeKeyPrincipal'
          : 'removeKeyStatement',
      index,
    })),
    ...distinctEdits(
      ram.filter(isDeny).map(({ policy, index }): PolicyEdit => ({ is: 'removeRamStatement', policy, index })),
    ),
  ]
}

/** Whether a statement would go on meaning the caller through its account. */
const namesAccount = ({ caller, resource }: Question, index: number): boolean =>
  resource.policy!.Statement[index]!.Principal.RAM.some((arn) =>
    [`acs:ram::${caller.accountId}:*`, `acs:ram::${caller.accountId}:root`].includes(arn),
  )

/** A policy that came by two ways, or denies two resources, is one policy. */
export const distinctEdits = (edits: readonly PolicyEdit[]): readonly PolicyEdit[] => [
  ...new Map(
    edits.map((edit, place) => [edit.is === 'removeRamStatement' ? `${edit.policy.name} ${edit.index}` : place, edit]),
  ).values(),
]

function additionsFor(
  question: Question,
  missing: readonly Side[],
  keyPolicyLocked: boolean,
): readonly PolicyEdit[] | Unchangeable {
  const { caller, action, resource } = question
  const byKeyPolicy = { is: 'addKeyStatement', statement: keyStatement('Allow', question) } as const
  const byRam = { is: 'addRamPolicy', document: ramPolicy('Allow', question) } as const
  const fits = canHold(resource.policy, [byKeyPolicy])
  if (missing.length === 0) return []
  if (caller.accountId === resource.accountId)
    return [missing.includes('keyPolicy') && fits && hasEffect(action) && !keyPolicyLocked ? byKeyPolicy : byRam]
  if (missing.includes('keyPolicy') && !fits) return resource.policy === null ? 'AccountOwnsKey' : 'PolicyFull'
  return missing.map((side) => (side === 'keyPolicy' ? byKeyPolicy : byRam))
}

const utf8 = new TextEncoder()

function canHold(policy: KeyPolicy | null, edits: readonly PolicyEdit[]): boolean {
  if (policy === null) return false
  return utf8.encode(JSON.stringify(keyPolicyAfter(policy, '', edits))).length <= limits.policyBytes
}

/** The key policy as the edits leave it. One whose last statement goes becomes the owner's default policy: none is without a statement. */
export function keyPolicyAfter(
  policy: KeyPolicy,
  ownerAccountId: string,
  edits: readonly PolicyEdit[],
  principalArn = '',
): KeyPolicy {
  const removed = new Set(edits.flatMap((edit) => (edit.is === 'removeKeyStatement' ? [edit.index] : [])))
  const narrowed = new Set(edits.flatMap((edit) => (edit.is === 'removeKeyPrincipal' ? [edit.index] : [])))
  const kept = policy.Statement.flatMap((statement, index) => {
    if (removed.has(index)) return []
    if (!narrowed.has(index)) return [statement]
    return [{ ...statement, Principal: { RAM: statement.Principal.RAM.filter((arn) => arn !== principalArn) } }]
  })
  const added = edits.flatMap((edit) => (edit.is === 'addKeyStatement' ? [edit.statement] : []))
  const Statement = [...kept, ...added]
  return Statement.length > 0 ? { Version: '1', Statement } : defaultPolicy([ownerAccountId])
}

/** The same question under the changed policies. */
export function changed(question: Question, edits: readonly PolicyEdit[]): Question {
  const { caller, resource, ramPolicies } = question
  const policy =
    resource.policy && edits.some(({ is }) => is.includes('Key'))
      ? keyPolicyAfter(resource.policy, resource.accountId, edits, caller.arn)
      : resource.policy
  const without = (attached: AttachedPolicy, statements: readonly RamStatement[]): readonly RamStatement[] =>
    statements.filter(
      (_, index) =>
        !edits.some(
          (edit) => edit.is === 'removeRamStatement' && edit.policy.name === attached.name && edit.index === index,
        ),
    )
  const left = ramPolicies.map((attached) => ({
    ...attached,
    document: { ...attached.document, Statement: without(attached, attached.document.Statement) },
  }))
  const added = edits.flatMap((edit): readonly AttachedPolicy[] =>
    edit.is === 'addRamPolicy'
      ? [{ name: '', type: 'Custom', via: caller.kind === 'role' ? 'role' : 'user', document: edit.document }]
      : [],
  )
  return { ...question, resource: { ...resource, policy }, ramPolicies: [...left, ...added] }
}
