import { ramActions } from '#src/api/contract/ram.ts'
import { ramPolicyActions } from '#src/api/contract/ram-policies.ts'
import type { Rule, Rules } from '#mocks/kms/context.ts'

const ramNames = Object.keys({ ...ramActions, ...ramPolicyActions }) as RamAction[]
type RamAction = keyof typeof ramActions | keyof typeof ramPolicyActions

const whenAsked =
  <N extends RamAction>(name: N): Rule<N> =>
  async (ctx, input, found) => {
    const rules: Rules<RamAction> = (await import('./administration.ts')).administrationRules
    return rules[name](ctx, input, found)
  }

/** The rules of RAM, each of which loads all of them. */
export const administrationWhenAsked = Object.fromEntries(
  ramNames.map((name) => [name, whenAsked(name)]),
) as unknown as Rules<RamAction>
