import { expect, test } from 'vitest'
import { managerError, managerKey, managerKeyList } from '#src/api/contract/key-manager.ts'
import { fitting } from '#mocks/testing/fitting.ts'
import { testStart } from '#mocks/testing/runtime.ts'
import { xkiWorld } from '#mocks/testing/xki-world.ts'
import { createManager } from './manager.ts'

async function manager() {
  const world = await xkiWorld()
  const serve = createManager({
    ...world,
    now: world.runtime.wallNow,
    report: (defect) => void world.defects.push(defect),
  })
  const ask = async (method: string, path: string, body?: string | object) => {
    const text = typeof body === 'object' ? JSON.stringify(body) : body
    const response = await serve(
      new Request(`https://console.test/base/api/key-manager/${path}`, {
        method,
        ...(text === undefined ? {} : { body: text }),
      }),
    )
    expect(response.headers.get('content-type')).toBe('application/json')
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown }
  }
  /** Status and code of a refusal that the contract can read. */
  const refusal = async (...request: Parameters<typeof ask>): Promise<string> => {
    const { status, body } = await ask(...request)
    const { code, message } = fitting(managerError, body).error
    expect(message).not.toBe('')
    return `${status} ${code}`
  }
  return { ...world, ask, refusal }
}

test('makes a key, lists it, disables and enables it', async () => {
  const { ask } = await manager()
  const made = await ask('POST', 'keys', { id: 'mine', name: 'My key' })
  expect(made.status).toBe(201)
  expect(fitting(managerKey, made.body)).toEqual({
    id: 'mine',
    name: 'My key',
    spec: 'AES_256',
    status: 'ENABLED',
    createdAt: new Date(testStart).toISOString(),
    requestsPerMinute: null,
    callers: [],
  })
  const { status, body } = await ask('GET', 'keys')
  expect(status).toBe(200)
  expect(fitting(managerKeyList, body).keys).toContainEqual(made.body)
  for (const [verb, wanted] of [
    ['disable', 'DISABLED'],
    ['disable', 'DISABLED'],
    ['enable', 'ENABLED'],
  ] as const)
    expect(fitting(managerKey, (await ask('POST', `keys/mine/${verb}`)).body).status).toBe(wanted)
})

test('the ID and the name may be left out', async () => {
  const { ask } = await manager()
  const { status, body } = await ask('POST', 'keys', {})
  expect(status).toBe(201)
  expect(fitting(managerKey, body)).toMatchObject({ id: 'hsm-000000000001', name: '' })
})

test('an answer holds no key bytes, wrapped or not', async () => {
  const { ask } = await manager()
  for (const { body } of [await ask('POST', 'keys', { id: 'mine' }), await ask('GET', 'keys')])
    expect(JSON.stringify(body)).not.toMatch(/wrapped|usages/)
})

test('an ID is taken once', async () => {
  const { refusal } = await manager()
  expect(await refusal('POST', 'keys', { id: 'foo' })).toBe('409 AlreadyExists')
})

test.each([
  ['no body', undefined],
  ['an empty body', ''],
  ['JSON cut short', '{"id":'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number as ID', '{"id":1}'],
  ['null as ID', '{"id":null}'],
  ['a number as name', '{"name":1}'],
  ['an empty ID', { id: '' }],
  ['an ID with a blank', { id: 'a b' }],
  ['an ID with a slash', { id: 'a/b' }],
  ['an ID beyond ASCII', { id: 'schlüssel' }],
  ['an ID that moves within a path', { id: '..' }],
  ['an ID of 129 characters', { id: 'k'.repeat(129) }],
  ['a name of 129 characters', { name: 'n'.repeat(129) }],
])('%s makes no key', async (_, body) => {
  const { refusal, vault } = await manager()
  const before = vault.list()
  expect(await refusal('POST', 'keys', body)).toBe('400 InvalidRequest')
  expect(vault.list()).toEqual(before)
})

test('the longest ID and name are taken', async () => {
  const { ask } = await manager()
  expect((await ask('POST', 'keys', { id: 'k'.repeat(128), name: 'n'.repeat(128) })).status).toBe(201)
})

test('a body that is too large is refused', async () => {
  const { refusal } = await manager()
  expect(await refusal('POST', 'keys', { name: 'n'.repeat(64 * 1024) })).toBe('413 TooLarge')
})

test('an unknown key', async () => {
  const { refusal } = await manager()
  for (const verb of ['enable', 'disable'])
    for (const id of ['nobody', 'a%20b', '__proto__', '%ff'])
      expect(await refusal('POST', `keys/${id}/${verb}`)).toBe('404 NotFound')
})

test.each(['', 'key', 'keys/', 'keys/foo/delete', 'keys/foo/enable/', 'keys/foo/bar/enable'])(
  'the path "%s" is unknown',
  async (path) => {
    const { refusal } = await manager()
    expect(await refusal('POST', path)).toBe('404 NotFound')
  },
)

test('a wrong verb is told the right ones', async () => {
  const { ask, refusal } = await manager()
  for (const [method, path, allowed] of [
    ['DELETE', 'keys', 'GET, POST'],
    ['PUT', 'keys', 'GET, POST'],
    ['GET', 'keys/foo/enable', 'POST'],
    ['DELETE', 'keys/foo/disable', 'POST'],
  ] as const) {
    expect(await refusal(method, path)).toBe('405 MethodNotAllowed')
    expect((await ask(method, path)).headers.get('allow')).toBe(allowed)
  }
})

test('a defect is reported and answered', async () => {
  const world = await manager()
  world.store.write((tx) => {
    const row = tx.externalKeys.get('foo')!
    tx.externalKeys.put({ ...row, createdAt: Number.NaN })
  })
  expect(await world.refusal('GET', 'keys')).toBe('500 InternalFailure')
  expect(world.defects).toHaveLength(1)
})
