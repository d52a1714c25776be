import { nextDue, settle } from '#mocks/kms/due.ts'
import type { CloudTables } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'

const datedTables: ReadonlySet<string> = new Set(['keys', 'withdrawals', 'instances'])

/** Does what became due by the cloud's clock. Cheap while nothing is: the next date is looked up only after rows with dates changed. */
export function createSettling(db: Store<CloudTables>): (now: number) => void {
  let due: number | null = null
  db.onCommit((rows) => {
    if (rows.some(({ table }) => datedTables.has(table))) due = null
  })
  return (now) => {
    due ??= nextDue(db.read)
    if (due <= now) db.write((tx) => settle(tx, now))
  }
}
