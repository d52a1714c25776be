/** Paced reads over many keys: which keys match, what they are called, and what is known of each. */
import type { ApiError } from '#src/api/api-error.ts'
import type { ApiResult, Client } from '#src/api/client.ts'
import type { Filter } from '#src/api/contract/params.ts'
import { limits, type Tag } from '#src/api/contract/rules.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import type { Denial } from '#src/pages/keys/offers.ts'
import type { Checked, Skip } from './orders.ts'
import { createPacer, type Clock, type Pacer } from './pacer.ts'
import { workThrough, type Attempt, type QueueWork } from './work-through.ts'

/** Keys picked one by one, or all that match less a few; `count`: as many as were shown. */
export type Chosen =
  | { readonly kind: 'picked'; readonly keyIds: readonly string[]; readonly count: number }
  | {
      readonly kind: 'matching'
      readonly filters: readonly Filter[]
      readonly except: ReadonlySet<string>
      readonly count: number
    }

export interface ReadPorts extends Clock {
  readonly client: Pick<Client, 'call'>
}

/** How a series of reads is followed and stopped. */
export interface Watch {
  readonly isStopping: () => boolean
  readonly onProgress: (done: number, total: number) => void
  readonly onStandstill: (stands: boolean) => void
  /** The queue at work, to be stopped or sent on. */
  readonly onQueue: (work: QueueWork | null) => void
}

export interface Gathered {
  readonly keyIds: readonly string[]
  readonly aliases: ReadonlyMap<string, readonly string[]>
}

export type CheckResult = Checked | { readonly problem: Skip }

/** Requests in flight at once: the client holds six for reads, and the page wants some of them. */
const atOnce = 4
/** The client waits and repeats by itself before it hands on a refusal for the rate; so many times over, and the read has failed. */
const throttledTries = 4

/** One call, and what becomes of its answer. */
interface Read {
  readonly call: () => Promise<ApiResult<unknown>>
  readonly refused?: (error: ApiError) => void
  /** Keys that are looked at with it. */
  readonly counts: number
}

export interface Reader {
  readonly gather: (chosen: Chosen, watch: Watch) => Promise<Gathered | { readonly error: ApiError }>
  /** What is known of each key; keys that were not reached before a stop are missing. */
  readonly check: (
    keyIds: readonly string[],
    wanted: { readonly permissions: boolean; readonly tags: boolean },
    watch: Watch,
  ) => Promise<ReadonlyMap<string, CheckResult>>
}

export function createReader(ports: ReadPorts, region: string): Reader {
  const { client } = ports
  const pacer: Pacer = createPacer('lists', ports)
  const at = { region }

  /** Asks everything, in this order. Reads may be repeated, so silence costs nothing but time. */
  async function ask(reads: readonly Read[], total: number, watch: Watch, before = 0): Promise<void> {
    const tries = new Map<Read, number>()
    let done = before
    const work = workThrough({
      items: reads,
      atOnce,
      pacer,
      attempt: async (read): Promise<Attempt> => {
        const result = await read.call()
        if (!result.ok) {
          const { kind, status } = result.error
          if (kind === 'unreachable' || kind === 'notDelivered') return { cloud: 'silent', again: true }
          if (status === 429) {
            const count = (tries.get(read) ?? 0) + 1
            tries.set(read, count)
            if (count < throttledTries) return { cloud: 'busy', again: true }
          }
          read.refused?.(result.error)
        }
        done += read.counts
        watch.onProgress(Math.min(done, total), total)
        return { cloud: !result.ok && result.error.status === 429 ? 'busy' : 'answered', again: false }
      },
      onStandstill: watch.onStandstill,
    })
    watch.onQueue(work)
    if (watch.isStopping()) work.stop()
    await work.ended
    watch.onQueue(null)
  }

  /** Every page of a list whose first page tells how many there are. */
  async function everyPage(
    size: number,
    readPage: (page: number) => Promise<ApiResult<{ TotalCount: number }>>,
    watch: Watch,
    total: number | null,
  ): Promise<ApiError | null> {
    let failure: ApiError | null = null
    let count = 0
    const pageOf = (page: number): Read => ({
      call: async () => {
        const result = await readPage(page)
        if (result.ok) count = result.data.TotalCount
        return result
      },
      refused: (error) => {
        failure ??= error
      },
      counts: total === null ? 0 : size,
    })
    await ask([pageOf(1)], total ?? 0, watch)
    if (failure !== null) return failure
    const pages = Math.ceil(count / size)
    const others = Array.from({ length: Math.max(0, pages - 1) }, (_, index) => pageOf(index + 2))
    await ask(others, total === null ? 0 : count, watch, total === null ? 0 : size)
    return failure
  }

  /** Names are a help, not a condition: where they are refused, keys are called by their IDs. */
  async function aliasNames(watch: Watch): Promise<ReadonlyMap<string, readonly string[]>> {
    const names = new Map<string, string[]>()
    const PageSize = limits.pageSize.ListAliases.max
    const readPage = async (PageNumber: number) => {
      const result = await client.call('ListAliases', { PageNumber, PageSize }, at)
      for (const { KeyId, AliasName } of result.ok ? result.data.Aliases.Alias : [])
        names.set(KeyId, [...(names.get(KeyId) ?? []), AliasName])
      return result
    }
    await everyPage(PageSize, readPage, { ...watch, onProgress: () => undefined }, null)
    return names
  }

  async function matching(
    { filters, except, count }: Chosen & { kind: 'matching' },
    watch: Watch,
  ): Promise<readonly string[] | { readonly error: ApiError }> {
    const pages: (readonly string[])[] = []
    const PageSize = limits.pageSize.ListKeys.max
    const readPage = async (PageNumber: number) => {
      const result = await client.call('ListKeys', { PageNumber, PageSize, Filters: filters }, at)
      if (result.ok) pages[PageNumber] = result.data.Keys.Key.map(({ KeyId }) => KeyId)
      return result
    }
    const failure = await everyPage(PageSize, readPage, watch, count)
    if (failure) return { error: failure }
    // Keys that come or go meanwhile shift the pages: a key may be named twice.
    return [...new Set(pages.flat())].filter((keyId) => !except.has(keyId))
  }

  return {
    gather: async (chosen, watch) => {
      const named = chosen.kind === 'picked' ? chosen.keyIds : await matching(chosen, watch)
      if ('error' in named) return named
      return { keyIds: named, aliases: await aliasNames(watch) }
    },

    check: async (keyIds, wanted, watch) => {
      const metadata = new Map<string, KeyMetadata>()
      const problems = new Map<string, Skip>()
      const denied = new Map<string, readonly Denial[]>()
      const tags = new Map<string, Tag[]>()

      const describe = (KeyId: string): Read => ({
        call: async () => {
          const result = await client.call('DescribeKey', { KeyId }, at)
          if (result.ok) metadata.set(KeyId, result.data.KeyMetadata)
          return result
        },
        refused: (error) => {
          const isGone = error.code === 'Forbidden.KeyNotFound'
          problems.set(KeyId, isGone ? { by: 'gone' } : { by: 'unreadable', error })
        },
        counts: 1,
      })
      /** An extension: a backend without it does not tell, and nothing is held against anybody. */
      const permissions = (lot: readonly string[]): Read => ({
        call: async () => {
          const result = await client.call('DescribeKeyPermissions', { KeyId: lot }, at)
          for (const { KeyId, Denied } of result.ok ? result.data.Keys.Key : []) denied.set(KeyId, Denied)
          return result
        },
        counts: 0,
      })
      /** Where tags are refused they are not known, and the API itself will tell. */
      const tagsOf = (lot: readonly string[]): Read => ({
        call: async () => {
          const found: (Tag & { readonly ResourceId: string })[] = []
          let NextToken: string | undefined
          do {
            const input = { RegionId: region, ResourceType: 'key' as const, ResourceId: lot, NextToken }
            const result = await client.call('ListTagResources', input, at)
            if (!result.ok) return result
            found.push(...result.data.TagResources.TagResource)
            NextToken = result.data.NextToken === '' ? undefined : result.data.NextToken
            if (NextToken !== undefined) await pacer.turn()
          } while (NextToken !== undefined)
          for (const keyId of lot) tags.set(keyId, [])
          for (const { ResourceId, TagKey, TagValue } of found) tags.get(ResourceId)?.push({ TagKey, TagValue })
          return { ok: true, data: null, requestId: null }
        },
        counts: 0,
      })

      const reads = lotsOf(keyIds, limits.keysPerPermissionCall).flatMap((lot) => [
        ...(wanted.permissions ? [permissions(lot)] : []),
        ...(wanted.tags ? [tagsOf(lot)] : []),
        ...lot.map(describe),
      ])
      await ask(reads, keyIds.length, watch)

      const results = new Map<string, CheckResult>()
      for (const keyId of keyIds) {
        const problem = problems.get(keyId)
        const known = metadata.get(keyId)
        if (problem) results.set(keyId, { problem })
        else if (known)
          results.set(keyId, { metadata: known, denied: denied.get(keyId) ?? null, tags: tags.get(keyId) ?? null })
      }
      return results
    },
  }
}

export const lotsOf = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size))
