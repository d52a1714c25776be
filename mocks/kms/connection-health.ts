/** DescribeConnectionHealth: an extension, a view of the trace and of the health checks, put together when it is asked for. */
import type { Input, Output } from '#src/api/contract/actions.ts'
import { healthBuckets, healthMinutes } from '#src/api/contract/connections.ts'
import { unavailableCauses, type ErrorDetail, type UnavailableCause } from '#src/api/contract/errors.ts'
import type { Context } from '#mocks/kms/context.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'
import type { Span } from '#mocks/trace/trace.ts'
import type { CheckFailure, Health } from './health.ts'

type Answer = Output<'DescribeConnectionHealth'>
type Measured = Answer['Total']

/** A request that went to the proxy, or should have. */
interface Travelled {
  readonly id: string
  readonly action: string
  readonly at: number
  /** Null: the proxy did what it was asked. */
  readonly failure: CheckFailure | null
  /** Null: the proxy gave no answer. */
  readonly latencyMs: number | null
}

const failuresShown = 20

const isCause = (code: unknown): code is UnavailableCause => unavailableCauses.includes(code as UnavailableCause)
const isoTime = (ms: number): string => new Date(ms).toISOString()

/** Null: the request has nothing to do with the way to this proxy. */
function travelled(request: Span, instanceId: string, standsOn: (keyId: string) => boolean): Travelled | null {
  const { told, about, children, id, operation: action } = request
  const hops = children.filter((hop) => hop.told.instanceId === instanceId && hop.endedAt !== null)
  const { Hop: hop, Cause: cause } = (told.detail ?? {}) as ErrorDetail
  const isRefused = hop !== undefined && cause !== undefined
  if (hops.length === 0 && !(isRefused && (about?.keyIds ?? []).some(standsOn))) return null
  const last = hops.at(-1)
  const ofLast = last && isCause(last.code) ? { hop: last.told.failedAt ?? 'proxy', cause: last.code } : null
  const failure = isRefused ? { hop, cause } : ofLast
  return { id, action, at: told.at ?? 0, failure, latencyMs: last?.told.latencyMs ?? null }
}

/** Nearest rank: a value that occurred. `sorted` ascending; null: it is empty. */
export const percentile = (sorted: readonly number[], percent: number): number | null =>
  sorted[Math.max(Math.ceil((percent / 100) * sorted.length), 1) - 1] ?? null

function measure(requests: readonly Travelled[]): Measured {
  const failedAt = (hop: CheckFailure['hop']): number => requests.filter(({ failure }) => failure?.hop === hop).length
  const latencies = requests.flatMap(({ latencyMs }) => latencyMs ?? []).sort((a, b) => a - b)
  return {
    Requests: requests.length,
    Failures: { kms: failedAt('kms'), proxy: failedAt('proxy'), keyManager: failedAt('keyManager') },
    P50: percentile(latencies, 50),
    P90: percentile(latencies, 90),
    P99: percentile(latencies, 99),
  }
}

const failureView = (failure: CheckFailure | null) => ({
  Hop: failure?.hop ?? ('' as const),
  Cause: failure?.cause ?? ('' as const),
})

/** What stood at `from` counts from there on. */
function statesOf({ standings }: Health, from: number): Answer['States'] {
  const before = standings.findLastIndex(({ at }) => at <= from)
  return standings.slice(Math.max(before, 0)).map(({ at, status, failure }) => ({
    At: isoTime(Math.max(at, from)),
    Status: status,
    ...failureView(failure),
  }))
}

export function describeHealth(ctx: Context, input: Input<'DescribeConnectionHealth'>, instance: InstanceRow): Answer {
  const { now, db, trace } = ctx
  const { instanceId } = instance
  const { Minutes = healthMinutes.preset } = input
  const bucketMs = (Minutes * 60_000) / healthBuckets
  // On round times, so that a bucket means the same each time that it is asked for.
  const to = (Math.floor(now / bucketMs) + 1) * bucketMs
  const from = to - healthBuckets * bucketMs
  const standsOn = (keyId: string): boolean => db.read.keys.get(keyId)?.instanceId === instanceId

  const buckets: Travelled[][] = Array.from({ length: healthBuckets }, () => [])
  const requests: Travelled[] = []
  for (const request of trace.requests()) {
    const { at = 0 } = request.told
    if (request.endedAt === null || at < from || at >= to) continue
    const one = travelled(request, instanceId, standsOn)
    if (!one) continue
    requests.push(one)
    buckets[Math.floor((at - from) / bucketMs)]!.push(one)
  }

  const health = ctx.healthOf(instanceId)
  const check = health?.lastCheck
  return {
    From: isoTime(from),
    To: isoTime(to),
    AnswerBudgetMs: ctx.xki.answerBudgetMs,
    States: health ? statesOf(health, from) : [],
    BucketSeconds: bucketMs / 1000,
    Buckets: buckets.map((ones, index) => ({ Start: isoTime(from + index * bucketMs), ...measure(ones) })),
    Total: measure(requests),
    Failures: requests
      .flatMap(({ id, at, action, failure }) =>
        failure ? [{ RequestId: id, Time: isoTime(at), Action: action, Hop: failure.hop, Cause: failure.cause }] : [],
      )
      .slice(0, failuresShown),
    LastCheck: check ? { At: isoTime(check.at), LatencyMs: check.latencyMs, ...failureView(check.failure) } : null,
  }
}
