/** What stands in the pickers, sorted into principals, which go into the document, and the rest, which waits to be corrected. */
import { crossAccountProblem, type PolicyChoice, type PolicyRole } from '#src/api/contract/policy.ts'
import { isOwnPrincipal } from './principals.ts'

export function isPrincipalFor(role: PolicyRole, entry: string, ownAccountId: string): boolean {
  return role === 'crossAccountUser'
    ? crossAccountProblem(entry, ownAccountId) === null
    : isOwnPrincipal(entry, ownAccountId)
}

export interface SortedEntries {
  readonly choice: PolicyChoice
  readonly wrong: PolicyChoice
}

/** The two parts after one picker was changed. */
export function withEntries(
  { choice, wrong }: SortedEntries,
  role: PolicyRole,
  entries: readonly string[],
  ownAccountId: string,
): SortedEntries {
  const fits = (entry: string): boolean => isPrincipalFor(role, entry, ownAccountId)
  return {
    choice: { ...choice, [role]: entries.filter(fits) },
    wrong: { ...wrong, [role]: entries.filter((entry) => !fits(entry)) },
  }
}
