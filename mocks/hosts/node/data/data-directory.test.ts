import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startCloud } from '#mocks/hosts/node/start-cloud.ts'
import type { StartedCloud } from '#mocks/hosts/node/public.ts'
import { contentOf, testFolder, type TestFolder } from '#mocks/testing/data-folder.ts'
import { callOver } from '#mocks/testing/http-client.ts'

let root: TestFolder
let running: StartedCloud | null = null
const dataDir = () => join(root.path, 'data')

beforeEach(() => {
  root = testFolder()
})
afterEach(async () => {
  await stop()
  root.remove()
})

async function start(more: Parameters<typeof startCloud>[0] = {}): Promise<StartedCloud> {
  await stop()
  return (running = await startCloud({ dataDir: dataDir(), scenario: 'empty', ...more }))
}
async function stop(): Promise<void> {
  await running?.close()
  running = null
}

/** Names alone: contents would fill pages. */
function changedIn(before: Record<string, string>): readonly string[] {
  const after = contentOf(dataDir())
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name])
}

test('a cloud comes back as it was, with the same secrets, its keys at work', async () => {
  const first = await start()
  const [account] = first.identities
  const { externalInstance, externalKeyId, xks } = first
  const { KeyMetadata } = await callOver(first, account!, 'CreateKey', {
    DKMSInstanceId: externalInstance,
    ExternalKeyId: externalKeyId,
  })
  const { KeyId } = KeyMetadata
  const Plaintext = 'c2VjcmV0'
  const sealed = await callOver(first, account!, 'Encrypt', { KeyId, Plaintext })
  await first.lab.advanceClock(3_600_000)
  const { identities } = first

  const second = await start({ scenario: 'default', seed: 9 })
  expect(second.identities).toEqual(identities)
  expect(second.xks).toEqual(xks)
  expect(await second.lab.scenario()).toEqual({ name: 'empty', seed: 1 })
  expect(second.now() - Date.now()).toBeGreaterThan(3_500_000)
  expect(await callOver(second, account!, 'Decrypt', { CiphertextBlob: sealed.CiphertextBlob })).toMatchObject({
    Plaintext,
  })
})

test('secrets and sealing keys are for their owner alone, and no store holds a secret as text', async () => {
  const { identities } = await start()
  await stop()
  for (const name of ['secrets.json', 'cloud.key', 'vault.key'])
    expect([name, statSync(join(dataDir(), name)).mode & 0o777]).toEqual([name, 0o600])
  expect(readFileSync(join(dataDir(), 'cloud.key'))).not.toEqual(readFileSync(join(dataDir(), 'vault.key')))
  for (const party of ['cloud', 'vault'])
    for (const file of Object.values(contentOf(join(dataDir(), party))))
      for (const { accessKeySecret } of identities) expect(atob(file)).not.toContain(accessKeySecret)
})

test('one process has it at a time', async () => {
  await start()
  await expect(startCloud({ dataDir: dataDir() })).rejects.toThrow(`${dataDir()} is in use by another cloud`)
})

test.each(['secrets.json', 'cloud.key', 'vault.key', 'vault'])(
  'without %s it does not open, and says so',
  async (name) => {
    await start()
    await stop()
    rmSync(join(dataDir(), name), { recursive: true })
    await expect(start()).rejects.toThrow(/ is missing: /)
  },
)

test.each(['secrets.json', 'cloud.key', 'vault.key'])(
  'a %s that is damaged is said to be so, and left as it is',
  async (name) => {
    await start()
    await stop()
    writeFileSync(join(dataDir(), name), 'not what it was')
    const before = contentOf(dataDir())
    await expect(start()).rejects.toThrow(/ is damaged: /)
    expect(changedIn(before)).toEqual([])
    expect(readdirSync(dataDir()).sort()).toEqual(['cloud', 'cloud.key', 'lock', 'secrets.json', 'vault', 'vault.key'])
  },
)

test('a folder that cannot be made is said to be so', async () => {
  writeFileSync(dataDir(), 'a file')
  await expect(start()).rejects.toThrow(`${dataDir()} cannot be opened`)
})
