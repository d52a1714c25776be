/** Accounts as they are typed: what is wrong with them before anybody is asked. */
import { isAccountId } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'

export type AccountProblem = 'digits' | 'own' | 'there' | 'tooMany' | 'none'

export interface AccountScope {
  readonly ownAccountId: string
  /** Accounts that are in the share already. */
  readonly present: readonly string[]
  /** Whether at least one is needed. */
  readonly required: boolean
}

/** Of one entry. */
export function entryProblem(entry: string, { ownAccountId, present }: AccountScope): AccountProblem | null {
  if (!isAccountId(entry)) return 'digits'
  if (entry === ownAccountId) return 'own'
  return present.includes(entry) ? 'there' : null
}

/** Of all: the first wrong entry's, or their number. */
export function accountsProblem(entries: readonly string[], scope: AccountScope): AccountProblem | null {
  for (const entry of entries) {
    const problem = entryProblem(entry, scope)
    if (problem) return problem
  }
  if (entries.length > limits.shareEntitiesPerCall) return 'tooMany'
  return scope.required && entries.length === 0 ? 'none' : null
}
