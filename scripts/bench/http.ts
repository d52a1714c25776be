/**
 * The cloud over HTTP, in a process of its own, beside a bare handler of the same server that answers as many bytes, turn by turn: signed
 * ListKeys, and Encrypt through the whole chain. Then 100,000 keys: how long a start takes, what memory it needs, and whether lists are slower.
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { ActionName, Input } from '#src/api/contract/actions.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { createCloud } from '#mocks/cloud.ts'
import { openDataDirectory } from '#mocks/hosts/node/data/data-directory.ts'
import { createSecretKeeper } from '#mocks/hosts/node/secrets.ts'
import { systemRuntime } from '#mocks/runtime.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import type { StartedCloud } from '#mocks/hosts/node/public.ts'
import { signedFor } from '#mocks/testing/http-client.ts'
import { aliases } from '#mocks/scenarios/names.ts'
import { ensureCloud } from '#scripts/building.ts'
import { load, written, type Load } from './load.ts'
import { median } from './measure.ts'

type Ready = Pick<StartedCloud, 'kms' | 'identities' | 'externalInstance'>

const connections = 16
/** Of each kind in a round. */
const requests = 3000

interface Running {
  readonly child: ChildProcess
  readonly line: string
  readonly startMs: number
}

async function run(args: readonly string[]): Promise<Running> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', () => reject(new Error(`${args.join(' ')} ended.`)))
  })
  return { child, line, startMs: performance.now() - startedAt }
}

async function stop({ child }: Running): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

const runCloud = (args: readonly string[]): Promise<Running> =>
  run(['dist-cloud/main.js', '--json', '--quiet', '--port', '0', '--xki-port', '0', ...args])
const runBare = (bytes: number): Promise<Running> =>
  run(['--import', 'tsx', 'scripts/bench/bare-server.ts', String(bytes)])

async function prepare<N extends ActionName>(
  ready: Ready,
  action: N,
  input: Input<N>,
  count: number,
): Promise<Buffer[]> {
  const made: Buffer[] = []
  for (let at = 0; at < count; at++) {
    const signed = await signedFor(ready.kms, ready.identities[0]!, action, input)
    made.push(written(ready.kms, { ...signed, path: '/' }))
  }
  return made
}

const bodyBytes = async (ready: Ready, action: ActionName, input: object): Promise<number> => {
  const { url, ...init } = await signedFor(ready.kms, ready.identities[0]!, action, input as never)
  return (await (await fetch(url, init)).arrayBuffer()).byteLength
}

const row = (what: string, { perSecond, median: middle, p99 }: Load, of: string): void =>
  console.log(
    `${what.padEnd(34)}${perSecond.toFixed(0).padStart(8)}/s${middle.toFixed(2).padStart(9)} ms${p99.toFixed(2).padStart(9)} ms  ${of.padStart(6)}`,
  )

const middleOf = (loads: readonly Load[]): Load => ({
  perSecond: median(loads.map(({ perSecond }) => perSecond)),
  median: median(loads.map(({ median: middle }) => middle)),
  p99: median(loads.map(({ p99 }) => p99)),
  bytes: loads[0]?.bytes ?? 0,
})

async function compare<N extends ActionName>(what: string, ready: Ready, action: N, input: Input<N>, rounds: number) {
  const bare = await runBare(await bodyBytes(ready, action, input))
  const bareLoads: Load[] = []
  const cloudLoads: Load[] = []
  for (let round = -1; round < rounds; round++) {
    const prepared = await prepare(ready, action, input, round < 0 ? requests / 3 : requests)
    const [bareLoad, cloudLoad] = [
      await load(bare.line, prepared, connections),
      await load(ready.kms, prepared, connections),
    ]
    if (round < 0) continue
    bareLoads.push(bareLoad)
    cloudLoads.push(cloudLoad)
  }
  await stop(bare)
  const [plain, whole] = [middleOf(bareLoads), middleOf(cloudLoads)]
  row(`bare handler, as many bytes`, plain, '')
  row(what, whole, `${((100 * whole.perSecond) / plain.perSecond).toFixed(0)} %`)
}

export async function benchHttp(rounds: number): Promise<void> {
  await ensureCloud()
  console.log(`\n${requests} requests over ${connections} connections, median of ${rounds} rounds\n`)
  console.log(`${' '.repeat(34)}${'rate'.padStart(10)}${'median'.padStart(12)}${'p99'.padStart(12)}`)
  const large = await runCloud(['--scenario', 'large'])
  const ready = JSON.parse(large.line) as Ready
  await compare('ListKeys, 20 of 10,000', ready, 'ListKeys', { PageSize: 20 }, rounds)
  await stop(large)
  const usual = await runCloud([])
  const Plaintext = encodeBase64(systemRuntime.randomBytes(4096))
  const crypto = JSON.parse(usual.line) as Ready
  await compare('Encrypt, 4 KB, the whole chain', crypto, 'Encrypt', { KeyId: aliases.working, Plaintext }, rounds)
  await stop(usual)
  await benchMany(rounds)
}

/** A directory that holds the default scenario with so many more keys on its first external instance. */
async function storeKeys(dataDir: string, count: number): Promise<void> {
  const data = await openDataDirectory(dataDir)
  const secrets = createSecretKeeper(systemRuntime, data.secrets)
  const cloud = await createCloud({
    runtime: systemRuntime,
    persistence: data.persistence,
    furnish: async (world) => {
      const furnished = await secrets.furnish(world)
      const { keys } = furnished.cloud
      const pattern = keys.find(({ externalKeyId, state }) => externalKeyId !== null && state === 'Enabled')
      if (!pattern) throw new Error('The scenario has no external key.')
      const more = Array.from({ length: count }, (_, index): KeyRow => ({
        ...pattern,
        keyId: `key-hzz${String(index).padStart(24, '0')}`,
        state: index % 11 === 10 ? 'Disabled' : 'Enabled',
        description: `Tenant ${index}`,
        createdAt: pattern.createdAt + index,
        tags: [{ TagKey: 'env', TagValue: ['prod', 'staging', 'dev'][index % 3]! }],
      }))
      return { ...furnished, cloud: { ...furnished.cloud, keys: [...keys, ...more] } }
    },
  })
  await cloud.flush()
  await data.close()
}

/** Resident memory of a process in MB; null where the system does not tell. */
function residentMb(pid: number | undefined): number | null {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
  } catch {
    return null
  }
}

async function benchMany(rounds: number): Promise<void> {
  const Filters = [
    { Key: 'KeyState', Values: ['Enabled'] },
    { Key: 'TagValue', Values: ['prod'] },
  ]
  console.log(
    `\n${'stored keys'.padEnd(14)}${'start'.padStart(10)}${'memory'.padStart(10)}${'filtered list, first'.padStart(24)}${'again, median'.padStart(18)}`,
  )
  for (const count of [1000, 100_000]) {
    const folder = mkdtempSync(join(tmpdir(), 'kms-bench-'))
    try {
      await storeKeys(join(folder, 'data'), count)
      const running = await runCloud(['--data', join(folder, 'data')])
      const memory = residentMb(running.child.pid)
      const ready = JSON.parse(running.line) as Ready
      const list = (times: number) => prepare(ready, 'ListKeys', { Filters, PageSize: 20 }, times)
      const first = await load(ready.kms, await list(1), 1)
      const again: number[] = []
      for (let round = 0; round < rounds; round++) again.push((await load(ready.kms, await list(500), 1)).median)
      await stop(running)
      console.log(
        `${String(count).padEnd(14)}${running.startMs.toFixed(0).padStart(7)} ms${(memory?.toFixed(0) ?? '?').padStart(7)} MB${first.median.toFixed(2).padStart(21)} ms${median(again).toFixed(2).padStart(15)} ms`,
      )
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
