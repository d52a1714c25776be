import { StartError, type Backend, type ScenarioChoice, type StartProblem } from '#src/api/contract/backend.ts'
import { createBridge, type BridgeOptions } from './bridge.ts'
import { cloudLock, lifeLock, type WorkerMessage } from './messages.ts'
import { packRequest, unpackResponse } from './wire.ts'

export interface BrowserBackendOptions {
  /** Where the console is served from, with a slash at both ends. */
  readonly base: string
  /** Replaces the stored cloud. A name that is unknown changes nothing: `lab.scenarios()` knows the names. */
  readonly scenario?: ScenarioChoice | undefined
}

/** Opening the stored data of the largest scenario takes a slow machine a few seconds; more means that nobody answers. */
const patienceMs = 30_000

function missingCapability(): StartProblem | null {
  if (!isSecureContext || !('subtle' in crypto)) return 'insecureContext'
  if (!('serviceWorker' in navigator)) return 'serviceWorkerBlocked'
  if (!('indexedDB' in globalThis)) return 'storageRefused'
  if (!('locks' in navigator)) return 'failed'
  return null
}

/** One worker for all tabs where the browser has shared ones, else one for each: the cloud's lock lets only one of them work. */
function openPort(onFailure: (reason: string) => void): MessagePort {
  if ('SharedWorker' in globalThis) {
    const shared = new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'kms-emulator' })
    shared.addEventListener('error', () => onFailure('The shared worker did not start.'))
    return shared.port
  }
  const dedicated = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'kms-emulator' })
  dedicated.addEventListener('error', ({ message }) => onFailure(message))
  const { port1, port2 } = new MessageChannel()
  dedicated.postMessage(null, [port2])
  return port1
}

const connect: BridgeOptions['connect'] = (receive) => {
  const port = openPort((reason) => receive({ kind: 'refused', problem: 'failed', reason }))
  port.addEventListener('message', ({ data }: MessageEvent<WorkerMessage>) => receive(data))
  port.start()
  return (message) => port.postMessage(message)
}

/** Rejects with what `explain` finds when `work` takes too long. */
async function withPatience<T>(work: Promise<T>, explain: () => Promise<StartError>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => void explain().then(reject), patienceMs)
  })
  return Promise.race([work, silence]).finally(() => clearTimeout(timer))
}

/** Somebody holds the cloud and does not answer: a build so old or so new that it does not even announce itself. */
async function explainSilence(base: string): Promise<StartError> {
  const { held = [] } = await navigator.locks.query()
  const cause = new Error(`The cloud did not answer within ${patienceMs} ms.`)
  return new StartError(held.some(({ name }) => name === cloudLock(base)) ? 'otherBuildRuns' : 'failed', { cause })
}

/** A browser that refuses storage refuses workers and service workers as well: storage is then what to name. */
async function explain(error: unknown, otherwise: StartProblem): Promise<StartError> {
  if (error instanceof StartError && error.problem !== 'failed') return error
  const cause = error instanceof StartError ? (error.cause ?? error) : error
  try {
    await indexedDB.databases()
    return new StartError(otherwise, { cause })
  } catch {
    return new StartError('storageRefused', { cause })
  }
}

/** Starts the emulator behind this page's `<base>api/`. Rejects with StartError. */
export async function startBrowserBackend({ base, scenario }: BrowserBackendOptions): Promise<Backend> {
  const missing = missingCapability()
  if (missing) throw new StartError(missing)
  try {
    return await start(base, scenario)
  } catch (error) {
    throw await explain(error, 'failed')
  }
}

async function start(base: string, scenario: ScenarioChoice | undefined): Promise<Backend> {
  const bridge = createBridge({
    base,
    connect,
    // Shared: every page of the worker learns of its end.
    whenEnded: (worker) => navigator.locks.request(lifeLock(worker), { mode: 'shared' }, () => {}),
    newId: () => crypto.randomUUID(),
  })
  const answer = async (request: Request): Promise<Response> => {
    try {
      return unpackResponse(await bridge.call('fetch', await packRequest(request)))
    } catch {
      return Response.error()
    }
  }
  const startInterception = async () => {
    const { intercept } = await import('./intercept.ts')
    try {
      return await withPatience(intercept(base, answer), async () => new StartError('serviceWorkerBlocked'))
    } catch (error) {
      throw await explain(error, 'serviceWorkerBlocked')
    }
  }
  const [interception] = await Promise.all([
    startInterception(),
    withPatience(bridge.ready, () => explainSilence(base)),
  ])

  const { call } = bridge
  const keys = new Map<string, Promise<CryptoKey>>()
  function keyOf(accessKeyId: string): Promise<CryptoKey> {
    const key = keys.get(accessKeyId) ?? call('signingKey', accessKeyId)
    keys.set(accessKeyId, key)
    key.catch(() => keys.delete(accessKeyId))
    return key
  }
  // Another cloud has other keys under the same names.
  bridge.onChange(({ table }) => {
    if (table === 'everything') keys.clear()
  })
  if (scenario && (await call('scenarios')).includes(scenario.name)) await call('load', scenario)
  return {
    address: base,
    fetch: (url, init) => fetch(url, init),
    signIn: null,
    hasManager: true,
    identities: () => call('identities'),
    credentials: async (accessKeyId) => ({
      accessKeyId,
      key: await keyOf(accessKeyId),
      securityToken: null,
    }),
    now: () => Date.now() + bridge.clockOffsetMs(),
    onChange: bridge.onChange,
    revive: interception.revive,
    lab: {
      scenario: () => call('scenario'),
      scenarios: () => call('scenarios'),
      load: (choice) => call('load', choice),
      reset: () => call('reset'),
      advanceClock: (ms) => call('advanceClock', ms),
      faults: () => call('faults'),
      setFaults: (faults) => call('setFaults', faults),
    },
  }
}
