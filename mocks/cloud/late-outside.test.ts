import { expect, test } from 'vitest'
import { managerError, managerRequestList } from '#src/api/contract/key-manager.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { fitting } from '#mocks/testing/fitting.ts'
import { keyIds, smallWorld } from '#mocks/testing/small-world.ts'
import { xkiWorld } from '#mocks/testing/xki-world.ts'
import { ask } from '#mocks/testing/xki-questions.ts'
import { createLateOutside } from './late-outside.ts'
import type { Outside } from './outside.ts'

const request = (path: string): Request => new Request(`https://console.test/base/api/key-manager/${path}`)

async function outside(): Promise<Outside> {
  const { client, proxy } = await xkiWorld()
  return {
    xki: client,
    check: async () => ({ failure: null, latencyMs: 9 }),
    proxy: proxy.fetch,
    manager: async () => Response.json({ keys: [] }),
  }
}

test('it is opened once, by the first who asks, and again after it was forgotten', async () => {
  let opened = 0
  const late = createLateOutside(
    () => {
      opened += 1
      return outside()
    },
    () => expect.unreachable(),
    { real: false, answerBudgetMs: 250 },
  )
  expect(opened).toBe(0)
  await Promise.all([ask.metadata({ client: late.xki }), late.manager(request('keys'))])
  await ask.encrypt({ client: late.xki })
  expect(opened).toBe(1)
  late.forget()
  await ask.metadata({ client: late.xki })
  expect(opened).toBe(2)
})

test('what cannot be opened fails the request that asked, and the next one tries again', async () => {
  const failure = new Error('offline')
  const defects: unknown[] = []
  let broken = true
  const late = createLateOutside(
    () => (broken ? Promise.reject(failure) : outside()),
    (defect) => void defects.push(defect),
    { real: false, answerBudgetMs: 250 },
  )
  await expect(ask.metadata({ client: late.xki })).rejects.toBe(failure)
  const answer = await late.manager(request('keys'))
  expect(answer.status).toBe(500)
  expect(fitting(managerError, await answer.json()).error.code).toBe('InternalFailure')
  expect(defects).toEqual([failure])
  broken = false
  expect((await late.manager(request('keys'))).status).toBe(200)
  expect((await ask.metadata({ client: late.xki })).key).not.toBeNull()
})

test('with another world the log of the key manager begins anew', async () => {
  const { cloud, call } = await testCloud({ world: await smallWorld() })
  const logged = async (): Promise<number> =>
    fitting(managerRequestList, await (await cloud.fetch(request('requests'))).json()).requests.length
  await call('Encrypt', { KeyId: keyIds.enabled, Plaintext: 'eA==' }, { as: 'admin' })
  expect(await logged()).toBe(1)
  await cloud.lab.reset()
  expect(await logged()).toBe(0)
})
