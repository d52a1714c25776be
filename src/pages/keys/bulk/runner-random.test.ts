/** Whatever happens to a run, every row ends in exactly one state that says what became of it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActionName } from '#src/api/contract/actions.ts'
import type { Asked, Fate, PlainKey } from '#mocks/testing/bulk-cloud.ts'
import { someKeys, world, count, densest, disable } from '#mocks/testing/bulk-run.ts'
import type { Order } from './orders.ts'
import type { OutcomeName } from './runner.ts'

const ends: readonly OutcomeName[] = ['done', 'skipped', 'failed', 'notTried']

const fates = fc.infiniteStream(
  fc.oneof(
    { weight: 30, arbitrary: fc.constant<Fate>('ok') },
    { weight: 2, arbitrary: fc.constantFrom<Fate>('throttled', 'error', 'refused') },
    { weight: 1, arbitrary: fc.constantFrom<Fate>('lostBefore', 'lostAfter', 'notDelivered') },
  ),
)

/** Drives a run to its end, going on after every standstill, and stopping where told. */
async function drive(w: ReturnType<typeof world>, stopAfter: number): Promise<boolean> {
  for (let turns = 0; turns < 2000; turns++) {
    const over = await w.time.until(
      () =>
        ['finished', 'stopped', 'failed'].includes(w.run.state().phase) ||
        w.run.state().standsStill ||
        (w.cloud.writes().length >= stopAfter && !w.run.state().isStopping),
    )
    if (['finished', 'stopped', 'failed'].includes(w.run.state().phase)) return true
    if (w.cloud.writes().length >= stopAfter && !w.run.state().isStopping) w.run.stop()
    else if (w.run.state().standsStill) w.run.goOn()
    else if (!over) return false
  }
  return false
}

function expectSound(w: ReturnType<typeof world>, keyIds: readonly string[]): void {
  const { rows } = w.run.state()
  expect(rows.map(({ keyId }) => keyId)).toEqual(keyIds)
  expect(w.run.state().isStopping).toBe(false)
  const sent = new Map<string, Asked[]>()
  for (const write of w.cloud.writes()) for (const id of write.keyIds) sent.set(id, [...(sent.get(id) ?? []), write])
  for (const { keyId, outcome } of rows) {
    expect(ends).toContain(outcome.at)
    const requests = sent.get(keyId) ?? []
    const times = w.cloud.carriedOut.get(keyId) ?? 0
    const unknown = requests.filter(({ fate }) => fate === 'lostBefore' || fate === 'lostAfter')
    // Tags in lots are refused together and then tried alone; nothing else is sent twice unless it certainly was not carried out.
    expect(unknown.length).toBeLessThanOrEqual(1)
    if (outcome.at === 'done') expect(times).toBe(1)
    if (outcome.at === 'skipped') expect(requests).toEqual([])
    if (outcome.at === 'notTried')
      expect(requests.every(({ fate }) => ['throttled', 'notDelivered', 'refused'].includes(fate))).toBe(true)
    if (outcome.at === 'notTried') expect(times).toBe(0)
    if (outcome.at === 'failed') expect(outcome.isUnknown).toBe(unknown.length === 1)
    if (outcome.at === 'failed' && !outcome.isUnknown) expect(times).toBe(0)
  }
  expect(w.cloud.mostInFlight()).toBeLessThanOrEqual(4)
  expect(densest(w.cloud.writes())).toBeLessThanOrEqual(30)
}

describe('whatever happens', () => {
  const orders: readonly Order[] = [
    disable,
    { verb: 'protect', description: '' },
    { verb: 'tag', tags: [{ TagKey: 'env', TagValue: 'prod' }] },
  ]

  test('every row ends in one state that says what became of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(150),
        fates,
        fc.option(fc.nat(100), { nil: Infinity }),
        fc.constantFrom(...orders),
        fc.infiniteStream(fc.integer({ min: 0, max: 400 })),
        async (size, meets, stopAfter, order, latencies) => {
          const keys = someKeys(size).map((key, at): PlainKey =>
            at % 9 === 4 ? { ...key, KeyState: 'PendingDeletion' } : key,
          )
          const isWrite = (name: ActionName): boolean =>
            ['DisableKey', 'SetDeletionProtection', 'TagResources'].includes(name)
          const w = world(
            {
              keys,
              fate: (name) => (isWrite(name) ? meets.next().value : 'ok'),
              latency: () => latencies.next().value,
            },
            order,
          )
          expect(await w.checked()).toBe(true)
          w.run.start(order)
          expect(await drive(w, stopAfter)).toBe(true)
          expectSound(
            w,
            keys.map(({ KeyId }) => KeyId),
          )
        },
      ),
      { numRuns: 40 },
    )
  }, 30_000)

  test('a check that is stopped or disturbed at any moment carries nothing out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(200), fates, fc.nat(250), async (size, meets, stopAfter) => {
        const keys = someKeys(size)
        const w = world({ keys, fate: () => meets.next().value }, disable)
        for (let turns = 0; turns < 500; turns++) {
          await w.time.until(
            () =>
              ['checked', 'stopped', 'failed'].includes(w.run.state().phase) ||
              w.run.state().standsStill ||
              (w.cloud.asked.length >= stopAfter && !w.run.state().isStopping),
          )
          if (['checked', 'stopped', 'failed'].includes(w.run.state().phase)) break
          if (w.cloud.asked.length >= stopAfter && !w.run.state().isStopping) w.run.stop()
          else w.run.goOn()
        }
        expect(['checked', 'stopped', 'failed']).toContain(w.run.state().phase)
        expect(w.cloud.writes()).toEqual([])
        if (w.run.state().phase === 'checked')
          expect(w.run.state().rows.every(({ checked }) => checked !== null)).toBe(true)
      }),
      { numRuns: 40 },
    )
  }, 30_000)

  test('thousands of keys with failures among them, a stop, and the failed tried again', async () => {
    const keys = someKeys(3000)
    const meets = fc.sample(fates, 1)[0]!
    let calm = false
    const w = world({ keys, fate: (name) => (calm || name !== 'DisableKey' ? 'ok' : meets.next().value) }, disable)
    expect(await w.checked()).toBe(true)
    w.run.start(disable)
    expect(await drive(w, 2000)).toBe(true)
    expectSound(
      w,
      keys.map(({ KeyId }) => KeyId),
    )
    expect(count(w.run, 'failed')).toBeGreaterThan(30)
    calm = true
    w.run.again('failed')
    expect(await w.reached('finished')).toBe(true)
    w.run.again('notTried')
    expect(await w.reached('finished')).toBe(true)
    expect(count(w.run, 'done') + count(w.run, 'skipped')).toBe(3000)
  }, 30_000)
})
