/**
 * Rules whose code is loaded when one of them is first asked for: no start waits for what the key list does not need. What was found stays
 * as it was found while they load, as it does while the proxy is asked.
 */
import type { ActionName } from '#src/api/contract/actions.ts'
import type { Rule, Rules } from '#mocks/kms/context.ts'

/** `names`: every one that `load` brings, so that a missing rule does not compile. */
export function whenAsked<N extends ActionName>(names: readonly N[], load: () => Promise<Rules<N>>): Rules<N> {
  const late =
    <M extends N>(name: M): Rule<M> =>
    async (ctx, input, found) => {
      const loaded = await load()
      return loaded[name](ctx, input, found)
    }
  return Object.fromEntries(names.map((name) => [name, late(name)])) as Rules<N>
}
