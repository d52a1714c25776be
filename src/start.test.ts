import { expect, test } from 'vitest'
import { StartError, type Backend } from './api/contract/backend.ts'
import { start } from './start.ts'

test('a named problem stays named, with its cause as detail', async () => {
  const failing = () => Promise.reject(new StartError('storageFull', { cause: new RangeError('no room') }))
  expect(await start(failing)).toEqual({ ok: false, problem: 'storageFull', detail: 'RangeError: no room' })
})

test('anything else is an unnamed failure', async () => {
  expect(await start(() => Promise.reject(new TypeError('oops')))).toEqual({
    ok: false,
    problem: 'failed',
    detail: 'TypeError: oops',
  })
})

test('a backend whose identities cannot be had has not started', async () => {
  const backend = { identities: () => Promise.reject(new StartError('storageDamaged')) } as unknown as Backend
  expect(await start(() => Promise.resolve(backend))).toMatchObject({ ok: false, problem: 'storageDamaged' })
})
