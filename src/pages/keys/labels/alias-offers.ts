/** What can be done with the aliases of a key, beyond what `offers.ts` knows of single keys. */
import { blockerOf, type Blocker, type KeyFacts } from '#src/pages/keys/offers.ts'

/** Why an alias cannot be taken away from a key by re-pointing it. The state of the key that loses it does not matter; its permission does. */
export const losingBlocker = (facts: KeyFacts): Blocker | null =>
  blockerOf('UpdateAlias', { ...facts, state: 'Enabled' })

/** Why an alias cannot be pointed at a key. */
export const gainingBlocker = (facts: KeyFacts): Blocker | null => blockerOf('UpdateAlias', facts)
