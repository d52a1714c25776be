/** The keys outside every instance: the region's default key, and the keys that cloud services made. */
import { queryOptions } from '@tanstack/react-query'
import type { ApiError } from './api-error.ts'
import type { Filter } from './contract/params.ts'
import { limits } from './contract/rules.ts'
import { keysOutsideInstances, type KeyPage } from './outside-instances.ts'
import { everyPage, keyOf, unwrap, type KeyEntry, type Scope } from './queries.ts'

export interface DefaultKeys {
  /** One for a region; an account of KMS's first years may have more. */
  readonly master: readonly KeyEntry[]
  readonly service: readonly KeyEntry[]
}

export const defaultKeys = (api: Scope, region: string) =>
  queryOptions<DefaultKeys, ApiError>({
    queryKey: keyOf('ListKeys', api, region, 'outside instances'),
    queryFn: async ({ signal }) => {
      const options = { region, signal }
      const read = async (Filters: readonly Filter[], PageNumber: number): Promise<KeyPage<KeyEntry>> => {
        const input = { PageNumber, PageSize: limits.pageSize.ListKeys.max, Filters }
        const data = unwrap(await api.client.call('ListKeys', input, options))
        return { items: data.Keys.Key, total: data.TotalCount }
      }
      const instanceIds = async (): Promise<readonly string[]> => {
        const instances = await everyPage(async (PageNumber) => {
          const input = { PageNumber, PageSize: limits.pageSize.ListKmsInstances.max }
          const data = unwrap(await api.client.call('ListKmsInstances', input, options))
          return { items: data.KmsInstances.KmsInstance, total: data.TotalCount }
        })
        return instances.map(({ KmsInstanceId }) => KmsInstanceId)
      }
      const [master, service] = await Promise.all([
        instanceIds().then((ids) => keysOutsideInstances(read, ids)),
        everyPage((page) => read([{ Key: 'CreatorType', Values: ['Service'] }], page)),
      ])
      return { master, service }
    },
  })
