/** What the check of an external key ID found. The panel shows it and never blocks on it: CreateKey asks the proxy again itself. */
import { isDenied, type ApiError } from '#src/api/api-error.ts'
import type { Output } from '#src/api/contract/actions.ts'
import type { ExternalKeyReport } from '#src/api/contract/extensions.ts'

type ProxyStatus = Output<'DescribeExternalKeys'>['ProxyStatus']

export type CheckFinding =
  | { readonly found: 'checking' }
  | { readonly found: 'enabled'; readonly latencyMs: number | null; readonly spec: string | null }
  | { readonly found: 'disabled' }
  | { readonly found: 'unknownKey' }
  /** ENABLED, but it may not both encrypt and decrypt, or is of another type. */
  | { readonly found: 'notUsable'; readonly spec: string | null }
  | { readonly found: 'outOfReach'; readonly proxy: Exclude<ProxyStatus, 'Available'> | null }
  /** The caller may not ask, or the backend has no such extension. */
  | { readonly found: 'cannotAsk'; readonly reason: 'denied' | 'failed' }

export function findingOf(answer: Output<'DescribeExternalKeys'> | undefined, error: ApiError | null): CheckFinding {
  if (error) return { found: 'cannotAsk', reason: isDenied(error) ? 'denied' : 'failed' }
  if (!answer) return { found: 'checking' }
  const { ProxyStatus, LatencyMs: latencyMs } = answer
  if (ProxyStatus !== 'Available') return { found: 'outOfReach', proxy: ProxyStatus }
  const report = reportOf(answer)
  if (!report || report.Status === 'UNKNOWN') return { found: 'outOfReach', proxy: null }
  if (report.Status === 'NOT_FOUND') return { found: 'unknownKey' }
  if (report.Status === 'DISABLED') return { found: 'disabled' }
  return report.Usable ? { found: 'enabled', latencyMs, spec: report.Spec } : { found: 'notUsable', spec: report.Spec }
}

/** The report on the one external key that was asked about. */
export const reportOf = (answer: Output<'DescribeExternalKeys'> | undefined): ExternalKeyReport | undefined =>
  answer?.ExternalKeys.ExternalKey[0]
