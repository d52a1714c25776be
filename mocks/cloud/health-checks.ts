/** Runs the health checks that are due, and remembers of each external instance what it was when. */
import { changed, checked, firstSeen, isChecked, statusOf, type CheckOutcome, type Health } from '#mocks/kms/health.ts'
import type { CloudTables, InstanceRow } from '#mocks/store/rows.ts'
import type { RowChange, Store } from '#mocks/store/store.ts'

export interface HealthChecksOptions {
  readonly db: Store<CloudTables>
  /** ms since the epoch by the cloud's clock. */
  readonly now: () => number
  /** Asks the proxy of an instance. What it rejects with is a defect. */
  readonly check: (instance: InstanceRow) => Promise<CheckOutcome>
  readonly report: (defect: unknown) => void
}

export interface HealthChecks {
  /** Resolves when the checks that were due are made, and their consequences written. Never rejects. */
  readonly run: () => Promise<void>
  /** Undefined: no external instance. */
  readonly of: (instanceId: string) => Health | undefined
  /** Begins anew with the instances that there are. */
  readonly begin: () => void
}

export function createHealthChecks({ db, now, check, report }: HealthChecksOptions): HealthChecks {
  const healths = new Map<string, Health>()

  function note({ instanceId, type, status }: InstanceRow): void {
    if (type !== 'External') return
    const known = healths.get(instanceId)
    if (!known) healths.set(instanceId, firstSeen(status, now()))
    else if (statusOf(known) !== status) healths.set(instanceId, changed(known, status, now()))
  }

  function begin(): void {
    healths.clear()
    for (const instance of db.read.instances.values()) note(instance)
  }

  db.onCommit((rows: readonly RowChange[]) => {
    for (const { table, id, row } of rows) {
      if (table !== 'instances') continue
      if (row === undefined) healths.delete(id)
      else note(row as InstanceRow)
    }
  })

  async function checkOne(instance: InstanceRow): Promise<void> {
    const { instanceId } = instance
    const at = now()
    const outcome = await check(instance)
    const health = healths.get(instanceId)
    // It changed while the proxy was asked: what was found is about what it was.
    if (!health || health.nextAt > at || db.read.instances.get(instanceId) !== instance) return
    const after = checked(health, outcome, at)
    healths.set(instanceId, after)
    const status = statusOf(after)
    if (status !== instance.status) db.write((tx) => tx.instances.put({ ...instance, status }))
  }

  async function runDue(): Promise<void> {
    const at = now()
    const due = [...healths].flatMap(([instanceId, { nextAt }]) => {
      const instance = nextAt <= at ? db.read.instances.get(instanceId) : undefined
      return instance && isChecked(instance) ? [instance] : []
    })
    await Promise.all(due.map((instance) => checkOne(instance).catch(report)))
  }

  let running: Promise<void> | null = null
  return {
    run: () =>
      (running ??= runDue().finally(() => {
        running = null
      })),
    of: (instanceId) => healths.get(instanceId),
    begin,
  }
}
