/** DescribeExternalKeys: what the proxy says about external keys, and which KMS keys stand on them. An extension: no public API tells. */
import type { ExternalKeyReport } from '#src/api/contract/extensions.ts'
import { externalKeyIdProblem } from '#src/api/contract/rules.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import { XkiError, type ExternalKeyMetadata, type ProxyStatus } from '#mocks/xki/port.ts'
import { aliasesByKey } from './aliases.ts'
import { unfitness } from './create-external.ts'
import { keysOf } from './grants.ts'
import { arnOfKey, keyResource, seesKey } from './visible.ts'

/** What the proxy says about one key; `key` null: there is none. */
type Finding =
  | { readonly proxy: 'Available'; readonly key: ExternalKeyMetadata | null; readonly latencyMs: number }
  | { readonly proxy: Exclude<ProxyStatus, 'Available'> }

/** How many questions are under way at once. */
const atOnce = 5

/** Where no key is asked about: a well-formed ID, so that whatever the proxy answers to it shows that it is there. */
const probe = 'kms-connection-check'

const proxyStatuses: Partial<Record<XkiError['failure'], Exclude<ProxyStatus, 'Available'>>> = {
  instanceNotConnected: 'NotConnected',
  proxyUnreachable: 'Unreachable',
  proxyTimeout: 'Timeout',
  proxyRefusedCredential: 'CredentialRefused',
}

async function ask(ctx: Context, instance: InstanceRow, externalKeyId: string): Promise<Finding> {
  const asking = { principalArn: ctx.caller.arn, operation: 'DescribeExternalKeys', requestId: ctx.requestId }
  try {
    return { proxy: 'Available', ...(await ctx.xki.metadata(instance, externalKeyId, asking, ctx.span)) }
  } catch (error) {
    if (!(error instanceof XkiError)) throw error
    return { proxy: proxyStatuses[error.failure] ?? 'Error' }
  }
}

/** In the order of the IDs, one at least. A proxy that fails the first question is not asked the others. */
async function askAll(
  ctx: Context,
  instance: InstanceRow,
  [firstId = probe, ...otherIds]: readonly string[],
): Promise<readonly [Finding, ...Finding[]]> {
  if (instance.status !== 'Connected') return [{ proxy: 'NotConnected' }]
  const first = await ask(ctx, instance, firstId)
  const others: Finding[] = []
  for (let at = 0; at < otherIds.length && first.proxy === 'Available'; at += atOnce) {
    const some = otherIds.slice(at, at + atOnce)
    others.push(...(await Promise.all(some.map((id) => ask(ctx, instance, id)))))
  }
  return [first, ...others]
}

/** `finding` undefined: it was not asked about. */
function statusReport(finding: Finding | undefined): Pick<ExternalKeyReport, 'Status' | 'Spec' | 'Usable'> {
  if (finding?.proxy !== 'Available') return { Status: 'UNKNOWN', Spec: null, Usable: false }
  const { key } = finding
  return { Status: key?.status ?? 'NOT_FOUND', Spec: key?.spec ?? null, Usable: unfitness(key) === null }
}

/** The KMS keys on each external key that the caller may see, with the caller's names of them. */
function kmsKeysOf(
  ctx: Context,
  instance: InstanceRow,
  ids: readonly string[],
): (externalKeyId: string) => ExternalKeyReport['KmsKeys'] {
  const aliases = aliasesByKey(ctx)
  const asked = new Set<string | null>(ids)
  const maySee = (key: KeyRow): boolean => seesKey(ctx, key) && ctx.may('kms:DescribeKey', keyResource(key))
  const keys = keysOf(ctx.db.read, instance).filter((key) => asked.has(key.externalKeyId) && maySee(key))
  return (externalKeyId) =>
    keys
      .filter((key) => key.externalKeyId === externalKeyId)
      .map((key) => ({ KeyId: key.keyId, KeyArn: arnOfKey(key), AliasNames: [...(aliases.get(key.keyId) ?? [])] }))
}

/**
 * Latency wavers, and each change of an instance is announced to everyone who looks at it: only what is told from the old value at a
 * glance is kept.
 */
const differs = (before: number | null, measured: number): boolean =>
  before === null || Math.abs(measured - before) > Math.max(10, before / 2)

function rememberLatency({ db }: Context, instanceId: string, measured: number): void {
  const instance = db.read.instances.get(instanceId)
  if (!instance?.proxy || !differs(instance.proxy.latencyMs, measured)) return
  const proxy = { ...instance.proxy, latencyMs: measured }
  db.write((tx) => tx.instances.put({ ...instance, proxy }))
}

export const extensionRules = {
  DescribeExternalKeys: async (ctx, { ExternalKeyId = [] }, { instance }) => {
    if (instance.type !== 'External')
      throw new ServiceError('UnsupportedOperation', { reason: 'The instance has no external keys.' })
    for (const id of ExternalKeyId) {
      const problem = externalKeyIdProblem(id)
      if (problem) throw invalidParameter('ExternalKeyId', problem)
    }
    const ids = [...new Set(ExternalKeyId)]
    const findings = await askAll(ctx, instance, ids)
    const [first] = findings
    const LatencyMs = first.proxy === 'Available' ? first.latencyMs : null
    if (LatencyMs !== null) rememberLatency(ctx, instance.instanceId, LatencyMs)
    const kmsKeys = kmsKeysOf(ctx, instance, ids)
    const reports = ids.map((id, index) => ({
      ExternalKeyId: id,
      ...statusReport(findings[index]),
      KmsKeys: kmsKeys(id),
    }))
    return { ProxyStatus: first.proxy, LatencyMs, ExternalKeys: { ExternalKey: reports } }
  },
} satisfies Rules<'DescribeExternalKeys'>
