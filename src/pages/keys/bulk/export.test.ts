import { expect, test } from 'vitest'
import { bulkCloud, type Fate, type PlainKey } from '#mocks/testing/bulk-cloud.ts'
import { simulatedTime } from '#mocks/testing/simulated-time.ts'
import type { ActionName } from '#src/api/contract/actions.ts'
import { csvExport, exportName, jsonExport, type ExportHead } from './export-file.ts'
import { createExportRun } from './export-run.ts'

const keys: readonly PlainKey[] = Array.from({ length: 230 }, (_, at) => ({
  KeyId: `key-${String(at).padStart(3, '0')}`,
  KeyState: 'Enabled' as const,
  tags: { env: 'prod', tenant: String(at) },
}))

function start(fate: (name: ActionName, keyIds: readonly string[]) => Fate = () => 'ok') {
  const time = simulatedTime()
  const cloud = bulkCloud({ time, keys, fate, aliases: { 'alias/one': 'key-001' } })
  const run = createExportRun({ ...time, client: cloud.client }, 'cn-hangzhou', {
    kind: 'matching',
    filters: [],
    except: new Set(),
    count: keys.length,
  })
  const ended = () => time.until(() => ['finished', 'stopped', 'failed'].includes(run.phase()))
  return { time, cloud, run, ended }
}

const head: ExportHead = {
  region: 'cn-hangzhou',
  instanceId: 'kst-1',
  filters: [{ Key: 'KeyState', Values: ['Enabled'] }],
  principalArn: 'acs:ram::1:user/a',
  now: Date.parse('2026-03-02T08:00:00Z'),
  isWhole: true,
}

test('every page is read with aliases and tags, below the published rate, in the order of the list', async () => {
  const { cloud, run, ended, time } = start()
  await time.until(() => run.state().progress.done > 100 && run.phase() === 'reading')
  expect(run.state().secondsLeft).toBeGreaterThan(1)
  expect(await ended()).toBe(true)
  const { phase, keys: read } = run.state()
  expect(phase).toBe('finished')
  expect(read.map(({ keyId }) => keyId)).toEqual(keys.map(({ KeyId }) => KeyId))
  expect(read[1]).toMatchObject({ aliases: ['alias/one'], tags: [{ TagKey: 'env' }, { TagKey: 'tenant' }] })
  const [first, last] = [cloud.asked[0]!, cloud.asked.at(-1)!]
  expect(cloud.asked.length / ((last.time - first.time) / 1000)).toBeLessThan(50)
  expect(cloud.writes()).toEqual([])
})

test('a key that cannot be read stands in the file with its code; tags that may not be read are left open', async () => {
  const { run, ended } = start((name, [id]) =>
    name === 'ListTagResources' || (name === 'DescribeKey' && id === 'key-002') ? 'refused' : 'ok',
  )
  expect(await ended()).toBe(true)
  expect(run.state().keys[2]).toMatchObject({ metadata: null, problem: 'Forbidden.NoPermission' })
  expect(run.state().keys[3]).toMatchObject({ tags: null, problem: null })
})

test('a stop keeps what was read, and says that it is not the whole', async () => {
  const { run, time, ended } = start()
  await time.until(() => run.state().progress.done > 100 && run.phase() === 'reading')
  run.stop()
  expect(await ended()).toBe(true)
  const { phase, keys: read } = run.state()
  expect(phase).toBe('stopped')
  expect(read.length).toBeGreaterThan(100)
  expect(read.length).toBeLessThan(230)
  expect(exportName({ ...head, isWhole: false })).toBe('kms-keys_cn-hangzhou_kst-1_2026-03-02T0800Z_incomplete')
})

test('a list that may not be read fails with the reason', async () => {
  const { run, ended } = start((name) => (name === 'ListKeys' ? 'refused' : 'ok'))
  expect(await ended()).toBe(true)
  expect(run.state()).toMatchObject({ phase: 'failed', error: { code: 'Forbidden.NoPermission' } })
})

test('nobody answering stands still and goes on without a gap', async () => {
  let down = true
  const { run, ended } = start((name) => (down && name === 'DescribeKey' ? 'lostBefore' : 'ok'))
  expect(await ended()).toBe(false)
  expect(run.state().standsStill).toBe(true)
  down = false
  run.goOn()
  expect(await ended()).toBe(true)
  expect(run.state().keys).toHaveLength(230)
})

test('the files hold the API’s own names', () => {
  const exported = [
    {
      keyId: 'key-1',
      aliases: ['alias/a', 'alias/b'],
      metadata: {
        KeyId: 'key-1',
        Arn: 'acs:kms:cn-hangzhou:1:key/key-1',
        KeySpec: 'Aliyun_AES_256',
        KeyUsage: 'ENCRYPT/DECRYPT',
        KeyState: 'Enabled' as const,
        Creator: '1',
        CreationDate: '2026-01-01T00:00:00Z',
        Description: '=1+1, with "quotes"',
        ExternalKeyId: 'ext-1',
      },
      tags: [{ TagKey: 'env', TagValue: 'prod' }],
      problem: null,
    },
    { keyId: 'key-2', aliases: [], metadata: null, tags: null, problem: 'gone' },
  ]
  const [header, first, second] = csvExport(exported).split('\r\n')
  expect(header).toMatch(/^\uFEFFKeyId,Aliases,Arn,KeyState,.*,Tags,Problem$/)
  expect(first).toContain('key-1,alias/a alias/b,acs:kms:cn-hangzhou:1:key/key-1,Enabled')
  expect(first).toContain(`"'=1+1, with ""quotes"""`)
  expect(first).toMatch(/,env=prod,$/)
  expect(second).toMatch(/^key-2,,.*,gone$/)
  expect(JSON.parse(jsonExport(exported, head))).toMatchObject({
    region: 'cn-hangzhou',
    instanceId: 'kst-1',
    filters: head.filters,
    isWhole: true,
    count: 2,
    keys: [
      { KeyId: 'key-1', ExternalKeyId: 'ext-1', Aliases: ['alias/a', 'alias/b'], Tags: [{ TagKey: 'env' }] },
      { KeyId: 'key-2', Problem: 'gone' },
    ],
  })
})
