/** The whole form against the contract's rules. Everything that is wrong at once, each at its field. */
import {
  isProblem,
  aliasSuffixProblem,
  descriptionProblem,
  externalKeyIdProblem,
  type Problem,
} from '#src/api/contract/rules.ts'
import { parsePolicy } from '#src/api/contract/policy.ts'
import { tagRowsProblems, type TagRowProblem } from '#src/pages/keys/labels/tag-rows.ts'
import { rotationProblem } from '#src/pages/keys/rotation/rotation-choice.ts'
import { canRotate, policyOf, type CreateForm } from './form-model.ts'
import { partsOf, type KeyPlace } from './panel-parts.ts'
import { isOwnPrincipal, refusedEntries, type RefusedEntry } from '#src/pages/keys/policy/principals.ts'

export interface FormProblems {
  readonly externalKeyId: Problem | null
  readonly alias: Problem | null
  /** The list itself: too many rows. */
  readonly tags: Problem | null
  readonly tagRows: readonly TagRowProblem[]
  readonly rotation: Problem | null
  readonly description: Problem | null
  /** `nobody`: a custom policy without anybody, which is the default policy. */
  readonly policy: Problem | 'nobody' | null
  /** What was typed by hand and names no user or role of the own account. */
  readonly administrators: readonly string[]
  readonly users: readonly string[]
  readonly crossAccountUsers: readonly RefusedEntry[]
}

/** What the rules are asked in: where the key is made, by which account, and the accounts in its default statement. */
export interface Surroundings {
  readonly place: KeyPlace
  readonly ownAccountId: string
  readonly accountIds: readonly string[]
}

/** What the panel does not ask for cannot be wrong. */
export function problemsOf(form: CreateForm, { place, ownAccountId, accountIds }: Surroundings): FormProblems {
  const parts = partsOf(place)
  const asksForPolicy = parts.includes('policy') && form.policy === 'custom'
  const tags = parts.includes('tags') ? tagRowsProblems(form.tags) : null
  return {
    externalKeyId: parts.includes('externalKeyId') ? externalKeyIdProblem(form.externalKeyId) : null,
    alias: form.alias === '' ? null : aliasSuffixProblem(form.alias),
    tags: tags?.list ?? null,
    tagRows: tags?.rows ?? [],
    rotation: canRotate(place, form) ? rotationProblem(form.rotation) : null,
    description: descriptionProblem(form.description),
    ...(asksForPolicy ? policyProblems(form, ownAccountId, accountIds) : noPolicyProblems),
  }
}

const noPolicyProblems = { policy: null, administrators: [], users: [], crossAccountUsers: [] }

function policyProblems(form: CreateForm, ownAccountId: string, accountIds: readonly string[]) {
  const strangers = (entries: readonly string[]): readonly string[] =>
    entries.filter((entry) => !isOwnPrincipal(entry, ownAccountId))
  const administrators = strangers(form.administrators)
  const users = strangers(form.users)
  const crossAccountUsers = refusedEntries(form.crossAccountUsers, ownAccountId)
  const allPrincipalsRead = administrators.length + users.length + crossAccountUsers.length === 0
  return {
    policy: allPrincipalsRead ? documentProblem(form, accountIds) : null,
    administrators,
    users,
    crossAccountUsers,
  }
}

function documentProblem(form: CreateForm, accountIds: readonly string[]): Problem | 'nobody' | null {
  if (form.administrators.length + form.users.length + form.crossAccountUsers.length === 0) return 'nobody'
  const parsed = parsePolicy(JSON.stringify(policyOf(form, accountIds)))
  return isProblem(parsed) ? parsed : null
}

/** The fields in their order on the panel: the first wrong one takes the focus. */
export const fieldNames = [
  'externalKeyId',
  'alias',
  'tags',
  'rotation',
  'description',
  'policy',
  'administrators',
  'users',
  'crossAccountUsers',
] as const
export type FieldName = (typeof fieldNames)[number]

/** The fields at which something is wrong. */
export function wrongFields(problems: FormProblems): readonly FieldName[] {
  const wrong: Readonly<Record<FieldName, boolean>> = {
    externalKeyId: problems.externalKeyId !== null,
    alias: problems.alias !== null,
    tags: problems.tags !== null || problems.tagRows.length > 0,
    rotation: problems.rotation !== null,
    description: problems.description !== null,
    policy: problems.policy !== null,
    administrators: problems.administrators.length > 0,
    users: problems.users.length > 0,
    crossAccountUsers: problems.crossAccountUsers.length > 0,
  }
  return fieldNames.filter((name) => wrong[name])
}
