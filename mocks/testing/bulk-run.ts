/** A bulk run against a plain cloud in simulated time, for the runner's tests. */
import type { Chosen } from '#src/pages/keys/bulk/reader.ts'
import type { Order } from '#src/pages/keys/bulk/orders.ts'
import { createBulkRun, type BulkRun, type OutcomeName } from '#src/pages/keys/bulk/runner.ts'
import { bulkCloud, type Asked, type PlainKey } from './bulk-cloud.ts'
import { simulatedTime } from './simulated-time.ts'

export const idOf = (at: number): string => `key-${String(at).padStart(5, '0')}`
export const someKeys = (count: number, state: PlainKey['KeyState'] = 'Enabled'): readonly PlainKey[] =>
  Array.from({ length: count }, (_, at) => ({ KeyId: idOf(at), KeyState: state }))

type CloudOptions = Omit<Parameters<typeof bulkCloud>[0], 'time'>

export function world(options: CloudOptions, order: Order, chosen?: Chosen) {
  const time = simulatedTime(Date.parse('2026-03-02T08:00:00Z'))
  const cloud = bulkCloud({ time, ...options })
  const keyIds = options.keys.map(({ KeyId }) => KeyId)
  const run = createBulkRun(
    { ...time, client: cloud.client },
    { region: 'cn-hangzhou', chosen: chosen ?? { kind: 'picked', keyIds, count: keyIds.length }, verb: order.verb },
  )
  const reached = (phase: string) => time.until(() => run.state().phase === phase)
  return {
    time,
    cloud,
    run,
    order,
    /** Through the check. */
    checked: () => reached('checked'),
    /** Through everything. */
    finished: async () => {
      if (run.state().phase !== 'finished') await reached('checked')
      run.start(order)
      return reached('finished')
    },
    reached,
  }
}

export const outcomes = (run: BulkRun): readonly OutcomeName[] => run.state().rows.map(({ outcome }) => outcome.at)
export const count = (run: BulkRun, name: OutcomeName): number => outcomes(run).filter((at) => at === name).length

export const densest = (asked: readonly Asked[]): number => {
  const times = asked.map(({ time }) => time)
  let most = 0
  for (let from = 0, to = 0; to < times.length; to++) {
    while (times[to]! - times[from]! >= 1000) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most
}

export const disable: Order = { verb: 'disable' }
