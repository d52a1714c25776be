/** The rows of one page of keys: ListKeys gives IDs only, so every row is gathered from published calls, and appears as it comes. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { Output } from '#src/api/contract/actions.ts'
import type { ExternalKeyReport } from '#src/api/contract/extensions.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { allAliases, q, tagsOf, type KeyEntry, type TagEntry } from '#src/api/queries.ts'
import { availabilityOf, conditionsOf, type Failure } from '#src/pages/keys/availability.ts'
import { aliasesByKey, hoursUntil, tagsByKey } from '#src/pages/keys/key-row.ts'
import type { Denial } from '#src/pages/keys/offers.ts'
import { useCloudMinute } from '#src/pages/keys/use-cloud-minute.ts'
import { useDenials } from '#src/pages/keys/use-offers.ts'

/** What one call adds to all rows: `failed` where it was refused, and the rest of the list stands. */
export type Part<T> = T | 'loading' | 'failed'

/** Plain values and shared arrays only, so that a row is drawn again when something of its own has changed. */
export interface KeyRowData {
  readonly keyId: string
  /** Null: on its way, or refused. */
  readonly metadata: KeyMetadata | null
  readonly error: ApiError | null
  readonly aliases: Part<readonly string[]>
  readonly tags: Part<readonly TagEntry[]>
  /** Why an enabled external key cannot work right now; null: it can, nothing is known, or it is no external key. */
  readonly failure: Failure | null
  /** Until the key is deleted; null unless that is planned. */
  readonly hoursLeft: number | null
  /** What the caller may not do with it; null: not known. */
  readonly denied: readonly Denial[] | null
}

/** It is described, or cannot be. */
export const isReady = ({ metadata, error }: KeyRowData): boolean => metadata !== null || error !== null

export interface KeyRows {
  readonly rows: readonly KeyRowData[]
  /** What the proxy says; undefined: not asked yet, or the backend has no such extension. */
  readonly external: Output<'DescribeExternalKeys'> | undefined
  /** Calls that failed and leave a column without its words. */
  readonly missing: { readonly aliases: ApiError | null; readonly tags: ApiError | null }
}

const noAliases: readonly string[] = []
const noTags: readonly TagEntry[] = []

/** `instance`: the keys' own, where it is an external one; null asks no proxy. At most 50 keys. */
export function useKeyRows(region: string, keys: readonly KeyEntry[], instance: KmsInstance | null): KeyRows {
  const api = useApi()
  const now = useCloudMinute()
  const ids = useMemo(() => keys.map((key) => key.KeyId), [keys])

  // The same array while the keys are the same: another one has every query set up anew, with each row that arrives.
  const queries = useMemo(() => ids.map((KeyId) => q(api, region, 'DescribeKey', { KeyId })), [api, region, ids])
  const descriptions = useQueries({ queries })
  const aliases = useQuery(allAliases(api, region))
  const denials = useDenials(region, ids)
  const tags = useQuery({ ...tagsOf(api, region, ids), enabled: ids.length > 0 })

  const externalIds = descriptions.flatMap(({ data }) => data?.KeyMetadata.ExternalKeyId ?? [])
  const external = useQuery({
    ...q(api, region, 'DescribeExternalKeys', {
      KmsInstanceId: instance?.InstanceId ?? '',
      ExternalKeyId: [...new Set(externalIds)].sort(),
    }),
    enabled: instance !== null && descriptions.every((description) => !description.isPending),
  })

  const aliasesOf = useMemo(() => aliases.data && aliasesByKey(aliases.data), [aliases.data])
  const tagsOfKey = useMemo(() => tags.data && tagsByKey(tags.data), [tags.data])
  const reports = useMemo(() => reportsById(external.data), [external.data])

  const rows = ids.map((keyId, index): KeyRowData => {
    const description = descriptions[index]
    const metadata = description?.data?.KeyMetadata ?? null
    return {
      keyId,
      metadata,
      error: description?.error ?? null,
      aliases: partOf(aliases.status, aliasesOf?.get(keyId) ?? noAliases),
      tags: partOf(tags.status, tagsOfKey?.get(keyId) ?? noTags),
      failure:
        metadata?.KeyState === 'Enabled' && instance ? failureOf(metadata, instance, external.data, reports) : null,
      hoursLeft: metadata?.KeyState === 'PendingDeletion' ? hoursUntil(metadata.DeleteDate, now) : null,
      denied: denials.get(keyId) ?? null,
    }
  })
  return { rows, external: external.data, missing: { aliases: aliases.error, tags: tags.error } }
}

const parts = { pending: 'loading', error: 'failed' } as const
const partOf = <T>(status: 'pending' | 'error' | 'success', value: T): Part<T> =>
  status === 'success' ? value : parts[status]

function reportsById(external: KeyRows['external']): ReadonlyMap<string, ExternalKeyReport> {
  return new Map(external?.ExternalKeys.ExternalKey.map((report) => [report.ExternalKeyId, report]))
}

function failureOf(
  metadata: KeyMetadata,
  instance: KmsInstance,
  external: KeyRows['external'],
  reports: ReadonlyMap<string, ExternalKeyReport>,
): Failure | null {
  const conditions = conditionsOf({
    keyState: metadata.KeyState,
    instanceStatus: instance.Status,
    proxyStatus: external?.ProxyStatus,
    externalKey: metadata.ExternalKeyId === undefined ? undefined : reports.get(metadata.ExternalKeyId),
  })
  const availability = availabilityOf(conditions)
  return availability.verdict === 'unavailable' ? availability.failure : null
}
