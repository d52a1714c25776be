/** A plain cloud for bulk work: it knows keys, takes simulated time to answer, fails as it is told, and remembers what it did. */
import { ApiError } from '#src/api/api-error.ts'
import type { ApiResult, Client } from '#src/api/client.ts'
import type { ActionName } from '#src/api/contract/actions.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import type { Denial } from '#src/pages/keys/offers.ts'
import type { SimulatedTime } from './simulated-time.ts'

export interface PlainKey {
  readonly KeyId: string
  readonly KeyState: KeyMetadata['KeyState']
  readonly DeletionProtection?: 'Enabled' | 'Disabled'
  readonly tags?: Readonly<Record<string, string>>
  readonly denied?: readonly string[]
}

/** How a request is met: carried out, refused, or lost before or after it was carried out. */
export type Fate = 'ok' | 'throttled' | 'error' | 'refused' | 'lostBefore' | 'lostAfter' | 'notDelivered'

export interface Asked {
  readonly name: ActionName
  readonly time: number
  readonly keyIds: readonly string[]
  readonly fate: Fate
}

export function bulkCloud(options: {
  readonly time: SimulatedTime
  readonly keys: readonly PlainKey[]
  readonly aliases?: Readonly<Record<string, string>>
  /** How this request is met; it is carried out unless said. */
  readonly fate?: (name: ActionName, keyIds: readonly string[]) => Fate
  readonly latency?: () => number
  /** False: a backend without the extension. */
  readonly knowsPermissions?: boolean
}) {
  const { time, keys, aliases = {}, fate = () => 'ok', latency = () => 20, knowsPermissions = true } = options
  const present = new Map(keys.map((key) => [key.KeyId, key]))
  const asked: Asked[] = []
  /** How often a write was carried out, by key. */
  const carriedOut = new Map<string, number>()
  let inFlight = 0
  let mostInFlight = 0

  let requests = 0
  const requestId = (): string => `r${++requests}`
  const failure = (name: ActionName, kind: ApiError['kind'], code = '', status = 0): ApiResult<never> => ({
    ok: false,
    error: new ApiError({ kind, action: name, code, status, message: code, requestId: requestId() }),
  })
  const success = (data: object): ApiResult<unknown> => ({ ok: true, data, requestId: requestId() })

  const reads: Readonly<Record<string, (input: Record<string, unknown>) => object | null>> = {
    DescribeKey: ({ KeyId }) => {
      const key = present.get(String(KeyId))
      if (!key) return null
      const { tags: _, denied: __, ...metadata } = key
      return { KeyMetadata: { DKMSInstanceId: 'kst', DeletionProtection: 'Disabled', ...metadata } }
    },
    DescribeKeyPermissions: ({ KeyId }) =>
      knowsPermissions
        ? {
            Keys: {
              Key: (KeyId as string[]).map((id) => ({
                KeyId: id,
                Denied: (present.get(id)?.denied ?? []).map((Action): Denial => ({
                  Action,
                  NoPermissionType: 'ImplicitDeny',
                  PolicyType: 'RamPolicy',
                })),
              })),
            },
          }
        : null,
    ListKeys: ({ PageNumber, PageSize }) => {
      const from = (Number(PageNumber) - 1) * Number(PageSize)
      const Key = [...present.keys()].slice(from, from + Number(PageSize)).map((KeyId) => ({ KeyId, KeyArn: KeyId }))
      return { Keys: { Key }, TotalCount: present.size }
    },
    ListAliases: () => {
      const Alias = Object.entries(aliases).map(([AliasName, KeyId]) => ({ AliasName, KeyId }))
      return { Aliases: { Alias }, TotalCount: Alias.length }
    },
    ListTagResources: ({ ResourceId }) => ({
      TagResources: {
        TagResource: (ResourceId as string[]).flatMap((id) =>
          Object.entries(present.get(id)?.tags ?? {}).map(([TagKey, TagValue]) => ({
            ResourceId: id,
            TagKey,
            TagValue,
          })),
        ),
      },
      NextToken: '',
    }),
  }

  function carryOut(name: ActionName, input: Record<string, unknown>, keyIds: readonly string[]): ApiResult<unknown> {
    const read = reads[name]
    if (read) {
      const data = read(input)
      return data ? success(data) : failure(name, 'refused', 'Forbidden.KeyNotFound', 404)
    }
    if (keyIds.some((id) => !present.has(id))) return failure(name, 'refused', 'Forbidden.KeyNotFound', 404)
    for (const id of keyIds) carriedOut.set(id, (carriedOut.get(id) ?? 0) + 1)
    return success({})
  }

  const client: Pick<Client, 'call'> = {
    call: (async (name: ActionName, input: Record<string, unknown>) => {
      const keyIds = [input.KeyId ?? input.ResourceId ?? []].flat().map(String)
      const met = fate(name, keyIds)
      asked.push({ name, time: time.now(), keyIds, fate: met })
      inFlight += 1
      mostInFlight = Math.max(mostInFlight, inFlight)
      await time.sleep(latency())
      inFlight -= 1
      switch (met) {
        case 'ok':
          return carryOut(name, input, keyIds)
        case 'throttled':
          return failure(name, 'refused', 'Rejected.Throttling', 429)
        case 'error':
          return failure(name, 'refused', 'ServiceUnavailableTemporary', 503)
        case 'refused':
          return failure(name, 'refused', 'Forbidden.NoPermission', 403)
        case 'lostBefore':
          return failure(name, 'unreachable')
        case 'lostAfter':
          carryOut(name, input, keyIds)
          return failure(name, 'unreachable')
        case 'notDelivered':
          return failure(name, 'notDelivered')
      }
    }) as Client['call'],
  }

  return {
    client,
    asked,
    carriedOut,
    keys: present,
    mostInFlight: () => mostInFlight,
    writes: () => asked.filter(({ name }) => !Object.hasOwn(reads, name)),
  }
}
