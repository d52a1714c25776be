/** The cloud on two ports: `startCloud` is what tests and `npm run cloud` call. */
import { randomBytes } from 'node:crypto'
import { limits } from '#src/api/contract/rules.ts'
import { defaultRegion, isRegion } from '#src/api/contract/regions.ts'
import { createCloud, type Cloud } from '#mocks/cloud.ts'
import { usePrimitives } from '#mocks/crypto/primitives.ts'
import { systemRuntime as runtime } from '#mocks/runtime.ts'
import { externalKeys, instances } from '#mocks/scenarios/names.ts'
import { maxBodyLength } from '#mocks/xki/dialects/server.ts'
import { answerBudgetMs as presetBudgetMs } from '#mocks/xki/port.ts'
import { openConsoleFiles } from './console-files.ts'
import { openDataDirectory } from './data/data-directory.ts'
import { createKmsPort } from './kms-port.ts'
import { createLabSurface } from './lab-surface.ts'
import { nodePrimitives } from './node-primitives.ts'
import type { CloudIdentity, RequestLine, StartCloud, StartedCloud } from './public.ts'
import { createRealProxies, type RealProxies } from './real-proxies.ts'
import { requestLine } from './request-line.ts'
import { createSecretKeeper, xksKeys, xksPrefix, type SecretKeeper } from './secrets.ts'
import { serve, type Handler, type RunningServer, type ServerOptions } from './server.ts'
import { createSnapshots } from './snapshots.ts'
import { CloudStartError } from './start-error.ts'

export { CloudStartError } from './start-error.ts'

usePrimitives(nodePrimitives)

export const startCloud: StartCloud = async (options = {}) => {
  const { scenario = 'default', seed = 1, region = defaultRegion, host = '127.0.0.1', strict = false } = options
  const { port = 0, xkiPort = 0, clock, consoleDir, dataDir, proxies = [], answerBudgetMs = presetBudgetMs } = options
  const { onRequest } = options
  if (!isRegion(region)) throw new CloudStartError(`There is no region ${region}.`)
  if (!(answerBudgetMs > 0)) throw new CloudStartError('An answer takes some time: more than 0 ms.')
  if (!Number.isSafeInteger(seed)) throw new CloudStartError('The seed is a whole number.')

  const data = dataDir === undefined ? null : await openDataDirectory(dataDir)
  const servers: RunningServer[] = []
  let real: RealProxies | null = null
  let flush = async (): Promise<void> => {}
  const close = async (): Promise<void> => {
    await Promise.all(servers.map((server) => server.close()))
    real?.close()
    await flush()
    await data?.close()
  }
  try {
    const secrets = createSecretKeeper(runtime, data?.secrets)
    const cloud = await createCloud({
      runtime,
      scenario: { name: scenario, seed },
      region,
      strict,
      furnish: secrets.furnish,
      report: reportDefect,
      answerBudgetMs,
      ...(proxies.length === 0
        ? {}
        : { beyond: (now) => (real = createRealProxies({ hosts: proxies, now, answerBudgetMs })) }),
      ...(data ? { persistence: data.persistence } : {}),
    })
    flush = cloud.flush
    if (clock !== undefined) await moveClock(cloud, clock)
    const snapshots = createSnapshots(cloud)
    const labToken = randomBytes(24).toString('base64url')
    const open = async (
      name: RequestLine['port'],
      wanted: number,
      handle: Handler,
      bodyBytes: number,
    ): Promise<string> => {
      const server = await openPort(name, { handle, host, port: wanted, bodyBytes, report: reportDefect }, onRequest)
      servers.push(server)
      return server.address
    }
    const page = consoleDir === undefined ? async () => null : await openConsole(consoleDir)
    const kmsPort = createKmsPort({ cloud, lab: createLabSurface({ ...cloud, snapshots }, labToken), page })
    return {
      kms: await open('kms', port, kmsPort, limits.bodyBytes),
      xki: await open('xki', xkiPort, cloud.proxy, maxBodyLength),
      identities: await identitiesOf(cloud, secrets),
      ...externalIn(cloud),
      xks: { uriPrefix: xksPrefix, ...secrets.current().xks, keys: xksKeys },
      lab: { ...cloud.lab, ...snapshots } as StartedCloud['lab'],
      labToken,
      now: cloud.now,
      close,
    }
  } catch (error) {
    await close()
    // What the scenarios say of a name that is none of theirs.
    throw error instanceof RangeError ? new CloudStartError(error.message, { cause: error }) : error
  }
}

/** A defect is nobody's answer: it is told where whoever runs the program sees it. */
const reportDefect = (defect: unknown): void => {
  process.emitWarning(defect instanceof Error ? (defect.stack ?? defect.message) : String(defect), 'CloudDefect')
}

async function moveClock({ lab, now }: Cloud, to: number): Promise<void> {
  const ahead = to - now()
  if (!(ahead >= 0))
    throw new CloudStartError(`The cloud's clock stands at ${new Date(now()).toISOString()}: it moves forward only.`)
  await lab.advanceClock(ahead)
}

const openConsole = (folder: string) =>
  openConsoleFiles(folder).catch((cause: unknown) => {
    throw new CloudStartError(`${folder} holds no build of the console.`, { cause })
  })

async function openPort(
  name: RequestLine['port'],
  options: ServerOptions,
  onRequest: ((line: RequestLine) => void) | undefined,
): Promise<RunningServer> {
  try {
    return await serve({
      ...options,
      ...(onRequest ? { served: (served) => onRequest(requestLine(name, served)) } : {}),
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const at = `${options.host}:${options.port}`
    if (code === 'EADDRINUSE')
      throw new CloudStartError(`${at} is taken: something else listens there.`, { cause: error })
    throw new CloudStartError(`Cannot listen at ${at}: ${code ?? String(error)}.`, { cause: error })
  }
}

/** Access keys whose secret is known: all that the scenario laid, and that were not deleted since. */
async function identitiesOf(cloud: Cloud, secrets: SecretKeeper): Promise<readonly CloudIdentity[]> {
  const { accessKeys } = secrets.current()
  return (await cloud.identities()).flatMap(({ accountId, name, kind, accessKeyId }) => {
    const accessKeySecret = accessKeys[accessKeyId]
    return accessKeySecret === undefined ? [] : [{ account: accountId, name, type: kind, accessKeyId, accessKeySecret }]
  })
}

/** The instance whose proxy is this cloud's own, and an external key that is ENABLED and may do both. */
function externalIn(cloud: Cloud): Pick<StartedCloud, 'externalInstance' | 'externalKeyId'> {
  const { cloud: rows, vault } = cloud.dump()
  const ids = (table: readonly unknown[]) =>
    table as readonly { readonly instanceId: string; readonly name: string; readonly id: string }[]
  const instance = ids(rows['instances'] ?? []).find(({ name }) => name === instances.payments.name)
  const laid = new Set(ids(vault['externalKeys'] ?? []).map(({ id }) => id))
  return {
    externalInstance: instance?.instanceId ?? '',
    externalKeyId: externalKeys.ready.find((id) => laid.has(id)) ?? xksKeys.full,
  }
}
