/** What a scenario is: a function from a few ingredients to all rows of a cloud and of its key manager. */
import type { Runtime } from '#mocks/runtime.ts'
import type { CloudTables, VaultTables } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'

type Rows<T> = { readonly [N in keyof T]: readonly T[N][] }

export interface World {
  readonly cloud: Rows<CloudTables>
  readonly vault: Rows<VaultTables>
}

export interface Ingredients {
  /** Draws every identifier and date; secrets are random and not drawn from it. */
  readonly seed: number
  /** Where the cloud's clock stands, ms since the epoch. Dates are laid relative to it. */
  readonly now: number
  readonly runtime: Pick<Runtime, 'randomBytes'>
}

export type Scenario = (ingredients: Ingredients) => Promise<World>

/** Puts a world's rows: the body of `store.replace`. */
export function fill<T extends CloudTables | VaultTables>(tx: WriteTransaction<T>, rows: Rows<T>): void {
  for (const name in rows) for (const row of rows[name]) tx[name].put(row)
}
