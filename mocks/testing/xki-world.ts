/** A key manager, a proxy before it, and KMS's client, wired as the cloud wires them. Nothing waits and no clock runs. */
import type { Fault } from '#src/api/contract/backend.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { amzDate, authorization, importSigV4Secret } from '#mocks/crypto/sigv4.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { vaultTables, type ExternalKeyRow, type InstanceRow } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import type { SpanRecorder } from '#mocks/trace/trace.ts'
import { createXkiClient } from '#mocks/xki/client.ts'
import type { ProxyLimits } from '#mocks/xki/engine.ts'
import { createNetwork, type Host, type Site, type TakeFaults } from '#mocks/xki/network.ts'
import type { XkiCaller } from '#mocks/xki/port.ts'
import { createProxy, type ProxyOptions } from '#mocks/xki/proxy.ts'
import { createRequestLog } from '#mocks/xki/request-log.ts'
import { certificateAt } from '#mocks/xki/sites.ts'
import { ensureWrappingKey, newExternalKey, openVault } from '#mocks/xki/vault.ts'
import { testRuntime } from './runtime.ts'

export const proxyHost = 'xki.example.com'
export const prefix = '/hyok/a'
export const keyArn = 'acs:kms:cn-hangzhou:1234567890123456:key/key-1'
export const caller: XkiCaller = {
  principalArn: 'acs:ram::1234567890123456:user/alice',
  operation: 'Encrypt',
  requestId: 'request-1',
  keyArn,
}

export const silentSpan: SpanRecorder = {
  id: 'span',
  operation: '',
  rename: () => {},
  about: () => {},
  tell: () => {},
  mark: () => {},
  child: () => silentSpan,
  end: () => {},
  forget: () => {},
}

export interface Credential {
  readonly accessKeyId: string
  readonly signingKey: CryptoKey
}

export const credential: Credential = {
  accessKeyId: 'PROXYCREDENTIALNUMBER2',
  signingKey: await importSigV4Secret('a secret of the proxy, at least 43 characters'),
}

/** An external instance behind that proxy. */
export const instance: InstanceRow = {
  instanceId: 'kst-external',
  accountId: '1234567890123456',
  region: 'cn-hangzhou',
  name: 'External',
  type: 'External',
  status: 'Connected',
  createdAt: 0,
  endsAt: 0,
  keyQuota: 100,
  secretQuota: 0,
  performance: 1000,
  accessQuota: 5,
  vpcId: null,
  vSwitchIds: [],
  zoneIds: [],
  boundVpcs: [],
  ownership: 'Joint',
  proxy: {
    connectivity: 'Public',
    endpoint: proxyHost,
    endpointService: null,
    uriPathPrefix: prefix,
    dialect: 'xks-v1',
    certificateFingerprint: certificateAt(proxyHost)!.fingerprint,
    certificate: certificateAt(proxyHost),
    ...credential,
    credentialSince: 0,
    previous: null,
    disconnectedByHand: false,
    latencyMs: null,
  },
  charge: 'PREPAY',
  protection: null,
  attempt: null,
}

export const instanceWith = (proxy: Partial<NonNullable<InstanceRow['proxy']>>): InstanceRow => ({
  ...instance,
  proxy: { ...instance.proxy!, ...proxy },
})

/** Keys `foo`, `encrypt-only`, `decrypt-only` and `impotent`, and `off`, which is disabled. */
const keys: readonly (Pick<ExternalKeyRow, 'id'> & Partial<ExternalKeyRow>)[] = [
  { id: 'foo' },
  { id: 'encrypt-only', usages: ['ENCRYPT'] },
  { id: 'decrypt-only', usages: ['DECRYPT'] },
  { id: 'impotent', usages: [] },
  { id: 'off', status: 'DISABLED' },
]

export interface WorldOptions {
  readonly faults?: readonly Omit<Fault, 'id'>[]
  readonly limits?: ProxyLimits
  /** The policy of the proxy; left out: everybody who signs. */
  readonly permits?: ProxyOptions['permits']
  /** How long KMS waits, ms. */
  readonly answerBudgetMs?: number
  /** Stands where the proxy would. */
  readonly host?: Host
}

export async function xkiWorld({ faults = [], limits, permits, answerBudgetMs, host }: WorldOptions = {}) {
  const budget = answerBudgetMs === undefined ? {} : { answerBudgetMs }
  const runtime = testRuntime()
  const store = await openStore(vaultTables)
  let drawn = 0
  const vault = await openVault({
    store,
    runtime,
    now: runtime.wallNow,
    drawText: (length) => `${++drawn}`.padStart(length, '0'),
  })
  const wrappingKey = await ensureWrappingKey(store)
  const rows = await Promise.all(keys.map((key) => newExternalKey(wrappingKey, { name: '', createdAt: 0, ...key })))
  store.write((tx) => {
    for (const row of rows) tx.externalKeys.put(row)
    tx.credentials.put({ ...credential, uriPathPrefix: prefix })
  })

  const defects: unknown[] = []
  const takeFaults: TakeFaults = (hop, action) =>
    faults
      .filter((fault) => fault.hop === hop && (fault.action ?? action) === action)
      .map((fault, index) => ({ id: `fault-${index}`, ...fault }))
  const log = createRequestLog(runtime.wallNow)
  const proxy = createProxy({
    vault,
    log: log.add,
    runtime,
    report: (defect) => void defects.push(defect),
    takeFaults,
    ...(limits ? { limits } : {}),
    ...(permits ? { permits } : {}),
  })
  const site: Site = { certificate: certificateAt(proxyHost), answer: host ?? proxy.fetch }
  const network = createNetwork({
    sites: new Map([[proxyHost, site]]),
    takeFaults,
    latency: () => 12,
    sleep: runtime.sleep,
    now: runtime.wallNow,
    ...budget,
  })
  const now = runtime.wallNow
  const client = createXkiClient({ network, wallNow: now, now, nonce: runtime.uuid, ...budget })
  return { runtime, store, vault, proxy, client, log, defects }
}

export interface SignedOptions {
  readonly with?: Credential
  readonly time: number
  /** Left out: the simulated one. */
  readonly host?: string
  /** Headers beyond `host` and `x-amz-date`; they are signed too. */
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
  readonly service?: string
  readonly region?: string
  /** Leaves headers out of the signature. */
  readonly unsigned?: readonly string[]
  /** Date of the scope, where it is not that of `x-amz-date`. */
  readonly scopeDate?: string
}

/** A request to the proxy by its path after the host, as a client of one's own would send it. */
export async function signed(
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  options: SignedOptions,
): Promise<Request> {
  const url = new URL(`https://${options.host ?? proxyHost}${path}`)
  const method = options.method ?? 'POST'
  const bytes = typeof body === 'string' ? utf8(body) : body
  const date = amzDate(options.time)
  const headers = new Map(Object.entries({ host: url.host, 'x-amz-date': date, ...options.headers }))
  const scope = {
    date: options.scopeDate ?? date.slice(0, 8),
    region: options.region ?? 'cn-hangzhou',
    service: options.service ?? 'kms-xks-proxy',
  }
  for (const name of options.unsigned ?? []) headers.delete(name)
  const header = await authorization(
    { method, path: url.pathname, query: url.searchParams, headers, payloadHash: await sha256Hex(bytes) },
    scope,
    options.with ?? credential,
  )
  return new Request(url, {
    method,
    headers: { 'x-amz-date': date, ...options.headers, authorization: header },
    ...(method === 'GET' ? {} : { body: bytes }),
  })
}
