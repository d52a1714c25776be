import { describe, expect, test } from 'vitest'
import type { Fate, PlainKey } from '#mocks/testing/bulk-cloud.ts'
import { idOf, someKeys, world, outcomes, count, densest, disable } from '#mocks/testing/bulk-run.ts'
import type { Order } from './orders.ts'

describe('a run', () => {
  test('carries the order out for every key in the order of the list, and knows its request', async () => {
    const { run, cloud, finished } = world({ keys: someKeys(120), aliases: { 'alias/one': idOf(1) } }, disable)
    expect(await finished()).toBe(true)
    const { rows } = run.state()
    expect(rows.map(({ keyId }) => keyId)).toEqual(someKeys(120).map(({ KeyId }) => KeyId))
    expect(count(run, 'done')).toBe(120)
    expect(rows[1]).toMatchObject({ aliases: ['alias/one'] })
    expect(new Set(rows.map(({ outcome }) => (outcome.at === 'done' ? outcome.requestId : ''))).size).toBe(120)
    expect(cloud.writes().map(({ keyIds: [id] }) => id)).toEqual(rows.map(({ keyId }) => keyId))
  })

  test('passes over what cannot or need not be done, without a call', async () => {
    const keys: readonly PlainKey[] = [
      { KeyId: 'a', KeyState: 'Enabled' },
      { KeyId: 'b', KeyState: 'Disabled' },
      { KeyId: 'c', KeyState: 'PendingDeletion' },
      { KeyId: 'd', KeyState: 'Enabled', denied: ['DisableKey'] },
      { KeyId: 'e', KeyState: 'Enabled' },
    ]
    const { run, cloud, checked, finished } = world({ keys }, disable)
    expect(await checked()).toBe(true)
    cloud.keys.delete('e')
    expect(await finished()).toBe(true)
    expect(outcomes(run)).toEqual(['done', 'skipped', 'skipped', 'skipped', 'failed'])
    expect(run.state().rows[3]?.outcome).toMatchObject({ skip: { by: 'permission', permission: 'kms:DisableKey' } })
    expect(cloud.writes().map(({ keyIds }) => keyIds)).toEqual([['a'], ['e']])
  })

  test('a key that is gone or cannot be read is passed over', async () => {
    const { run, finished } = world(
      {
        keys: someKeys(2),
        fate: (name, [id]) => (name === 'DescribeKey' && id === idOf(1) ? 'refused' : 'ok'),
      },
      disable,
      { kind: 'picked', keyIds: [idOf(0), idOf(1), 'gone'], count: 3 },
    )
    expect(await finished()).toBe(true)
    expect(run.state().rows.map(({ outcome }) => (outcome.at === 'skipped' ? outcome.skip.by : outcome.at))).toEqual([
      'done',
      'unreadable',
      'gone',
    ])
  })

  test('gathers all that match page by page, less those taken out, also over several hundred', async () => {
    const { run, cloud, finished } = world({ keys: someKeys(730) }, disable, {
      kind: 'matching',
      filters: [],
      except: new Set([idOf(0), idOf(700)]),
      count: 728,
    })
    expect(await finished()).toBe(true)
    expect(count(run, 'done')).toBe(728)
    expect(cloud.carriedOut.has(idOf(700))).toBe(false)
    expect(cloud.asked.filter(({ name }) => name === 'ListKeys')).toHaveLength(8)
  })

  test('where the keys cannot be listed says why, and carries nothing out', async () => {
    const { run, cloud, reached } = world(
      { keys: someKeys(5), fate: (name) => (name === 'ListKeys' ? 'refused' : 'ok') },
      disable,
      { kind: 'matching', filters: [], except: new Set(), count: 5 },
    )
    expect(await reached('failed')).toBe(true)
    expect(run.state().error?.code).toBe('Forbidden.NoPermission')
    expect(cloud.writes()).toEqual([])
  })

  test('needs neither names nor the permissions extension', async () => {
    const { run, finished } = world(
      { keys: someKeys(3), knowsPermissions: false, fate: (name) => (name === 'ListAliases' ? 'refused' : 'ok') },
      disable,
    )
    expect(await finished()).toBe(true)
    expect(count(run, 'done')).toBe(3)
  })

  test('keeps below the published rates, few in flight', async () => {
    const { cloud, finished } = world({ keys: someKeys(400), latency: () => 120 }, disable)
    expect(await finished()).toBe(true)
    expect(densest(cloud.writes())).toBeLessThanOrEqual(30)
    expect(densest(cloud.asked.filter((one) => !cloud.writes().includes(one)))).toBeLessThanOrEqual(50)
    expect(cloud.mostInFlight()).toBeLessThanOrEqual(4)
  })

  test('tells how far it is, and how long the rest takes', async () => {
    const { run, time, checked, order } = world({ keys: someKeys(300) }, disable)
    await checked()
    run.start(order)
    await time.until(() => run.state().progress.done >= 100)
    expect(run.state().progress.total).toBe(300)
    expect(run.state().secondsLeft).toBeGreaterThan(5)
    expect(run.state().secondsLeft).toBeLessThan(12)
  })
})

describe('refusals in the middle', () => {
  test('single rows fail with code and request, and the rest goes on', async () => {
    const { run, finished } = world(
      { keys: someKeys(50), fate: (name, [id]) => (name === 'DisableKey' && id?.endsWith('7') ? 'error' : 'ok') },
      disable,
    )
    expect(await finished()).toBe(true)
    expect(count(run, 'done')).toBe(45)
    expect(run.state().rows[7]?.outcome).toMatchObject({
      at: 'failed',
      isUnknown: false,
      error: { code: 'ServiceUnavailableTemporary', requestId: expect.stringMatching(/^r/) },
    })
  })

  test('a refusal for the rate is tried again, and is a failure only after many', async () => {
    let first = true
    const { run, cloud, finished } = world(
      {
        keys: someKeys(20),
        fate: (name, [id]) => {
          if (name !== 'DisableKey') return 'ok'
          if (id === idOf(3)) return 'throttled'
          if (id !== idOf(5) || !first) return 'ok'
          first = false
          return 'throttled'
        },
      },
      disable,
    )
    expect(await finished()).toBe(true)
    expect(count(run, 'done')).toBe(19)
    expect(run.state().rows[3]?.outcome).toMatchObject({ at: 'failed', error: { code: 'Rejected.Throttling' } })
    expect(cloud.writes().filter(({ keyIds: [id] }) => id === idOf(3))).toHaveLength(8)
    expect(cloud.carriedOut.get(idOf(5))).toBe(1)
  })

  test('an unknown outcome is never repeated by itself', async () => {
    const lost: Readonly<Record<string, Fate>> = { [idOf(2)]: 'lostBefore', [idOf(9)]: 'lostAfter' }
    const { run, cloud, finished } = world(
      { keys: someKeys(20), fate: (name, [id = '']) => (name === 'DisableKey' ? (lost[id] ?? 'ok') : 'ok') },
      disable,
    )
    expect(await finished()).toBe(true)
    for (const at of [2, 9]) {
      expect(run.state().rows[at]?.outcome).toMatchObject({ at: 'failed', isUnknown: true })
      expect(cloud.writes().filter(({ keyIds: [id] }) => id === idOf(at))).toHaveLength(1)
    }
  })

  test('a cloud out of reach stops the asking; going on finishes, and nothing that never arrived is lost', async () => {
    let down = false
    const { run, cloud, time, checked, order, reached } = world(
      { keys: someKeys(200), fate: (name) => (down && name === 'DisableKey' ? 'notDelivered' : 'ok') },
      disable,
    )
    await checked()
    run.start(order)
    await time.until(() => run.state().progress.done >= 50)
    down = true
    expect(await reached('finished')).toBe(false)
    expect(run.state().standsStill).toBe(true)
    const asked = cloud.writes().length
    expect(asked).toBeLessThan(60)
    run.goOn()
    expect(await reached('finished')).toBe(false)
    expect(cloud.writes()).toHaveLength(asked + 1)
    down = false
    run.goOn()
    expect(await reached('finished')).toBe(true)
    expect(count(run, 'done')).toBe(200)
    expect(run.state().standsStill).toBe(false)
  })

  test('the check stands still too, and its reads are repeated', async () => {
    let down = true
    const { run, checked } = world(
      { keys: someKeys(10), fate: (name) => (down && name === 'DescribeKey' ? 'lostBefore' : 'ok') },
      disable,
    )
    expect(await checked()).toBe(false)
    expect(run.state()).toMatchObject({ phase: 'checking', standsStill: true })
    down = false
    run.goOn()
    expect(await checked()).toBe(true)
    expect(run.state().rows.every(({ checked: one }) => one !== null && !('problem' in one))).toBe(true)
  })
})

describe('stopping', () => {
  test('lets what is under way end, and tries nothing more', async () => {
    const { run, cloud, time, checked, order, reached } = world({ keys: someKeys(200), latency: () => 150 }, disable)
    await checked()
    run.start(order)
    await time.until(() => run.state().progress.done >= 60)
    run.stop()
    const asked = cloud.writes().length
    expect(run.state().isStopping).toBe(true)
    expect(await reached('finished')).toBe(true)
    expect(cloud.writes()).toHaveLength(asked)
    expect(count(run, 'done')).toBe(asked)
    expect(count(run, 'notTried')).toBe(200 - asked)
    expect(run.state().isStopping).toBe(false)
    run.again('notTried')
    expect(await reached('running')).toBe(true)
    expect(await reached('finished')).toBe(true)
    expect(count(run, 'done')).toBe(200)
    expect([...cloud.carriedOut.values()].every((times) => times === 1)).toBe(true)
  })

  test('of a check carries nothing out', async () => {
    const { run, cloud, time, reached } = world({ keys: someKeys(200) }, disable)
    await time.until(() => run.state().phase === 'checking' && run.state().progress.done > 20)
    run.stop()
    expect(await reached('stopped')).toBe(true)
    expect(cloud.writes()).toEqual([])
  })

  test('of a standstill ends the run', async () => {
    const { run, reached, checked, order } = world(
      { keys: someKeys(20), fate: (name) => (name === 'DisableKey' ? 'notDelivered' : 'ok') },
      disable,
    )
    await checked()
    run.start(order)
    expect(await reached('finished')).toBe(false)
    run.stop()
    expect(await reached('finished')).toBe(true)
    expect(count(run, 'notTried')).toBe(20)
  })
})

describe('retrying the failed', () => {
  test('checks them again and leaves every other row alone', async () => {
    let broken = true
    const { run, cloud, finished, reached } = world(
      {
        keys: [...someKeys(40), { KeyId: 'off', KeyState: 'Disabled' }],
        fate: (name, [id]) => (broken && name === 'DisableKey' && id?.endsWith('3') ? 'error' : 'ok'),
      },
      disable,
    )
    await finished()
    const before = run.state().rows
    expect(count(run, 'failed')).toBe(4)
    broken = false
    const asked = cloud.asked.length
    run.again('failed')
    expect(run.state().phase).toBe('checking')
    expect(await reached('finished')).toBe(true)
    expect(count(run, 'done')).toBe(40)
    for (const [at, row] of run.state().rows.entries())
      if (before[at]!.outcome.at !== 'failed') expect(row).toBe(before[at])
    const touched = new Set(cloud.asked.slice(asked).flatMap(({ keyIds }) => keyIds))
    expect([...touched].sort()).toEqual([3, 13, 23, 33].map(idOf))
  })

  test('finds out that a lost answer belonged to a change that was made', async () => {
    const state = new Map(someKeys(3).map((key) => [key.KeyId, key]))
    const { run, cloud, finished, reached } = world(
      { keys: someKeys(3), fate: (name, [id]) => (name === 'DisableKey' && id === idOf(1) ? 'lostAfter' : 'ok') },
      disable,
    )
    await finished()
    cloud.keys.set(idOf(1), { ...state.get(idOf(1))!, KeyState: 'Disabled' })
    run.again('failed')
    expect(await reached('finished')).toBe(true)
    expect(run.state().rows[1]?.outcome).toEqual({ at: 'skipped', skip: { by: 'already', state: 'Disabled' } })
    expect(cloud.carriedOut.get(idOf(1))).toBe(1)
  })

  test('stopped before a row’s turn, what had become of it stands', async () => {
    const { run, finished, reached } = world(
      { keys: someKeys(30), fate: (name) => (name === 'DisableKey' ? 'error' : 'ok') },
      disable,
    )
    await finished()
    run.again('failed')
    run.stop()
    expect(await reached('finished')).toBe(true)
    expect(count(run, 'failed')).toBe(30)
  })
})

describe('tags', () => {
  const tag: Order = { verb: 'tag', tags: [{ TagKey: 'env', TagValue: 'prod' }] }

  test('go in lots of fifty', async () => {
    const { run, cloud, finished } = world({ keys: someKeys(120) }, tag)
    expect(await finished()).toBe(true)
    expect(cloud.writes().map(({ keyIds }) => keyIds.length)).toEqual([50, 50, 20])
    expect(count(run, 'done')).toBe(120)
  })

  test('a lot that is refused because of one key is tried key by key', async () => {
    const { run, cloud, finished } = world(
      {
        keys: someKeys(100),
        fate: (name, ids) => (name === 'TagResources' && ids.includes(idOf(60)) ? 'refused' : 'ok'),
      },
      tag,
    )
    expect(await finished()).toBe(true)
    expect(count(run, 'done')).toBe(99)
    expect(run.state().rows[60]?.outcome).toMatchObject({ at: 'failed', error: { code: 'Forbidden.NoPermission' } })
    expect(cloud.writes()).toHaveLength(2 + 50)
  })

  test('a lot that met the cloud’s own trouble is not tried in pieces', async () => {
    const { run, cloud, finished } = world(
      { keys: someKeys(60), fate: (name, ids) => (name === 'TagResources' && ids.includes(idOf(3)) ? 'error' : 'ok') },
      tag,
    )
    expect(await finished()).toBe(true)
    expect(count(run, 'failed')).toBe(50)
    expect(cloud.writes()).toHaveLength(2)
  })

  test('are not put where they stand already, nor where they find no room', async () => {
    const full = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`t${at}`, '']))
    const keys: readonly PlainKey[] = [
      { KeyId: 'a', KeyState: 'Enabled', tags: { env: 'prod' } },
      { KeyId: 'b', KeyState: 'Enabled', tags: { env: 'dev' } },
      { KeyId: 'c', KeyState: 'Enabled', tags: full },
      { KeyId: 'd', KeyState: 'Enabled', tags: { ...full, t0: 'x' } },
    ]
    const { run, finished } = world({ keys }, tag)
    await finished()
    expect(run.state().rows.map(({ outcome }) => (outcome.at === 'skipped' ? outcome.skip.by : outcome.at))).toEqual([
      'tagged',
      'done',
      'tagsFull',
      'tagsFull',
    ])
    const taken = world({ keys }, { verb: 'untag', tagKeys: ['env'] })
    await taken.finished()
    expect(outcomes(taken.run)).toEqual(['done', 'done', 'skipped', 'skipped'])
  })
})
