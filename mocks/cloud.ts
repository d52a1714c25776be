/**
 * Composition root: two stores, the parties that live on them, and the ways between the parties. KMS reaches the key manager over
 * the network only; the key manager's store is handed to nobody else.
 */
import type { Change, Fault, Identity, Lab, ScenarioChoice } from '#src/api/contract/backend.ts'
import { defaultRegion } from '#src/api/contract/regions.ts'
import { createChanges } from '#mocks/cloud/changes.ts'
import { createHealthChecks } from '#mocks/cloud/health-checks.ts'
import { identitiesOf } from '#mocks/cloud/identities.ts'
import { createLab } from '#mocks/cloud/lab.ts'
import { createLateOutside } from '#mocks/cloud/late-outside.ts'
import { rules } from '#mocks/cloud/rules.ts'
import { createSettling } from '#mocks/cloud/settling.ts'
import { createTurns } from '#mocks/cloud/turns.ts'
import { createUsageNews } from '#mocks/cloud/usage-news.ts'
import type { Encoded } from '#mocks/gateway/encode.ts'
import { createFaultBoard } from '#mocks/gateway/faults.ts'
import { createNonces } from '#mocks/gateway/nonces.ts'
import { createPipeline, pageOrigin, type Origin } from '#mocks/gateway/pipeline.ts'
import { createRateGate } from '#mocks/gateway/rates.ts'
import type { RequestListener } from '#mocks/kms/context.ts'
import { createUsage } from '#mocks/kms/usage.ts'
import type { Runtime } from '#mocks/runtime.ts'
import { enforcesRates } from '#mocks/scenarios/limited.ts'
import { fill, type World } from '#mocks/scenarios/world.ts'
import { cloudTables, schemaVersion, vaultTables, type WorldRow } from '#mocks/store/rows.ts'
import { openStore, type Persistence, type ReadTable } from '#mocks/store/store.ts'
import type { Beyond } from '#mocks/xki/network.ts'
import { answerBudgetMs as presetBudgetMs } from '#mocks/xki/port.ts'
import { createTrace } from '#mocks/trace/recorder.ts'
import type { Span } from '#mocks/trace/trace.ts'

export interface CloudOptions {
  readonly runtime: Runtime
  /** Where the two stores survive; left out: in memory only. */
  readonly persistence?: { readonly cloud: Persistence; readonly vault: Persistence }
  /** Laid on an empty store; a store that holds a cloud keeps it. */
  readonly scenario?: ScenarioChoice
  /** Completes every world before it is laid: a host that hands out secrets puts in the keys that it knows them of. */
  readonly furnish?: (world: World) => Promise<World>
  /** Strict compatibility: no extensions. */
  readonly strict?: boolean
  /** Of requests to `/` that name none; left out: cn-hangzhou. */
  readonly region?: string
  /** How long KMS waits for the proxy, ms of the simulated way; left out: 250. */
  readonly answerBudgetMs?: number
  /** The way to proxies that are no part of the emulator; left out: there is none. Given the cloud's clock. */
  readonly beyond?: (now: () => number) => Beyond
  /** Told of every defect. By default an unhandled rejection, which no host overlooks. */
  readonly report?: (defect: unknown) => void
}

export interface Cloud {
  /**
   * For URLs whose path ends in `/api/<product>/<region or "global">/` or goes on after `/api/key-manager/`. Never rejects. `origin`: where
   * the request comes from, for the conditions of policies; left out, the page itself.
   */
  readonly fetch: (request: Request, origin?: Origin) => Promise<Response>
  /** The same for the API alone, without a Response around it: what serves many requests makes none. Null: the connection breaks. */
  readonly answer: (request: Request, origin?: Origin) => Promise<Encoded | null>
  /** The customer's proxy, as whoever reaches it by its address meets it: `<prefix>/kms/xks/v1/…` and `<prefix>/kms/xki/v1/…`. Never rejects. */
  readonly proxy: (request: Request) => Promise<Response>
  readonly lab: Lab
  /** In the order of the identity menu. */
  readonly identities: () => Promise<readonly Identity[]>
  /** Rejects with RangeError for an unknown access key. */
  readonly signingKey: (accessKeyId: string) => Promise<CryptoKey>
  /** The cloud's clock, ms since the epoch. */
  readonly now: () => number
  readonly onChange: (listener: (change: Change) => void) => () => void
  /** Keeps what was only counted so far; resolves when all is durable. For an orderly end. */
  readonly flush: () => Promise<void>
  /** Everything as it is when no request is under way. Cheap: rows are frozen, and shared. Keys stay keys, so it lives as long as the process. */
  readonly snapshot: () => Promise<Snapshot>
  /** Replaces the whole cloud, its clock and its faults too, by what it was. What requests were signed with before stays used up. */
  readonly restore: (snapshot: Snapshot) => Promise<void>
  /** Everything stored in both stores, and the traces: for tests that look for what must not be there. */
  readonly dump: () => Dump
}

export interface Snapshot {
  readonly choice: ScenarioChoice
  readonly world: World
  readonly faults: readonly Fault[]
}

export interface Dump {
  readonly cloud: Readonly<Record<string, readonly unknown[]>>
  readonly vault: Readonly<Record<string, readonly unknown[]>>
  readonly trace: readonly Span[]
}

/** Loaded when a world is laid or named, which is rare: a stored cloud opens without. Rejects offline, or when a newer build took their place. */
const loadScenarios = () => import('#mocks/scenarios/scenarios.ts')

/** How often is looked whether a health check is due, ms by the wall clock. */
const lookAgainMs = 15_000

const defaultChoice: ScenarioChoice = { name: 'default', seed: 1 }

const unhandled = (defect: unknown): void => {
  void Promise.reject(defect)
}

export async function createCloud(options: CloudOptions): Promise<Cloud> {
  const { runtime, persistence, scenario = defaultChoice, strict = false, report = unhandled } = options
  const { answerBudgetMs = presetBudgetMs, region = defaultRegion, furnish = async (world) => world } = options
  const db = await openStore(cloudTables, persistence?.cloud)
  const vaultStore = await openStore(vaultTables, persistence?.vault)
  const world = (): WorldRow | undefined => db.read.world.get('world')
  const now = (): number => runtime.wallNow() + (world()?.clockOffsetMs ?? 0)

  let laid: ScenarioChoice = scenario
  const faults = createFaultBoard()
  const beyond = options.beyond?.(now)
  const outside = createLateOutside(
    async () =>
      (await import('#mocks/cloud/outside.ts')).openOutside({
        store: vaultStore,
        runtime,
        now,
        seed: laid.seed,
        faults,
        report,
        answerBudgetMs,
        beyond,
      }),
    report,
    { real: beyond !== undefined, answerBudgetMs },
  )
  function resume({ name, seed }: ScenarioChoice): void {
    laid = { name, seed }
    outside.forget()
  }
  /** Changes nothing yet. Rejects where the scenarios cannot be loaded. */
  const build = async (choice: ScenarioChoice): Promise<World> =>
    furnish(await (await loadScenarios()).buildWorld(choice, { now: runtime.wallNow(), runtime }))
  /** The cloud's rows come last: a world row says that both stores are whole. What breaks off before is laid anew at the next start. */
  async function lay(choice: ScenarioChoice, { cloud, vault }: World): Promise<void> {
    resume(choice)
    db.replace(() => {})
    await db.durable()
    vaultStore.replace((tx) => fill(tx, vault))
    await vaultStore.durable()
    db.replace((tx) => fill(tx, cloud))
    await db.durable()
  }
  const stored = world()
  if (stored) {
    // Rare as well, and so loaded only then.
    if (stored.schema !== schemaVersion) await (await import('#mocks/cloud/migrate.ts')).migrate(db)
    resume({ name: stored.scenario, seed: stored.seed })
  } else await lay(scenario, await build(scenario))

  const health = createHealthChecks({ db, now, check: outside.check, report })
  health.begin()
  const trace = createTrace(runtime.finely)
  const settle = createSettling(db)
  const nonces = createNonces()
  const rates = createRateGate(runtime.wallNow)
  const changes = createChanges(now() - runtime.wallNow())
  const usage = createUsage(db, runtime.later)
  const listener = listeners(usage, createUsageNews(changes.announce, runtime.later))
  const { keep: keepUses } = usage
  const pipeline = createPipeline({
    runtime,
    db,
    rules,
    xki: outside.xki,
    trace,
    healthOf: health.of,
    admit: (request) => {
      if (enforcesRates(laid.name)) rates.admit(request)
    },
    faults,
    nonces,
    strict,
    region,
    now,
    settle,
    listener,
    keepUses,
    report,
  })

  db.onCommit(changes.committed)
  vaultStore.onCommit(changes.committed)
  const turns = createTurns()
  function watch(): void {
    runtime.later(lookAgainMs, () => void turns.shared(health.run).then(watch))
  }
  watch()

  async function replaceBy({ choice, world, faults: set }: Snapshot): Promise<void> {
    faults.set(set)
    usage.forget()
    rates.reset()
    await lay(choice, world)
    health.begin()
  }
  const load = async (choice: ScenarioChoice): Promise<void> =>
    replaceBy({ choice, world: await build(choice), faults: [] })

  async function moveClock(ms: number): Promise<void> {
    db.write((tx) => {
      const row = tx.world.get('world')
      if (row) tx.world.put({ ...row, clockOffsetMs: row.clockOffsetMs + ms })
    })
    settle(now())
    await health.run()
    await db.durable()
  }

  const answer: Cloud['answer'] = (request, origin) => turns.shared(() => pipeline(request, origin))

  return {
    fetch: async (request, origin) =>
      outside.serves(request)
        ? turns.shared(() => outside.manager(request))
        : responseOf(await answer(request, origin)),
    answer,
    proxy: (request) => turns.shared(() => outside.proxy(request)),
    lab: createLab({
      scenario: () => laid,
      scenarios: async () => Object.keys((await loadScenarios()).scenarios),
      faults,
      load: (choice) => turns.alone(() => changes.asEverything(() => load(choice))),
      moveClock: (ms) => turns.shared(() => moveClock(ms)),
    }),
    identities: () => turns.shared(async () => identitiesOf(db.read, { ...pageOrigin, now: now() })),
    signingKey: (accessKeyId) =>
      turns.shared(async () => {
        const row = db.read.accessKeys.get(accessKeyId)
        if (!row) throw new RangeError(`There is no access key ${accessKeyId}.`)
        return row.key
      }),
    now,
    onChange: changes.onChange,
    flush: async () => {
      keepUses()
      await Promise.all([db.durable(), vaultStore.durable()])
    },
    snapshot: () =>
      turns.alone(async () => {
        keepUses()
        const world = { cloud: everythingIn(db.read), vault: everythingIn(vaultStore.read) } as unknown as World
        return { choice: laid, world, faults: faults.list() }
      }),
    restore: (snapshot) => turns.alone(() => changes.asEverything(() => replaceBy(snapshot))),
    dump: () => ({
      cloud: everythingIn(db.read),
      vault: everythingIn(vaultStore.read),
      // Copied only when looked at: there may be thousands.
      get trace() {
        return trace.spans()
      },
    }),
  }
}

function responseOf(encoded: Encoded | null): Response {
  if (!encoded) return Response.error()
  const { status, headers, body } = encoded
  return new Response(body, { status, headers })
}

const listeners = (...all: readonly RequestListener[]): RequestListener => ({
  answering: (request) => all.forEach((listener) => listener.answering(request)),
  answered: (request) => all.forEach((listener) => listener.answered(request)),
})

const everythingIn = (tables: Readonly<Record<string, ReadTable<unknown>>>): Record<string, readonly unknown[]> =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, [...table.values()]]))
