/**
 * The keys that stand in no instance. No published filter of ListKeys names them, so they are what a list of all keys has beyond the list
 * of the instances' keys. Both come in one order, in which the first difference is found by halving: a few pages are read, not all.
 * The order is not published, so what was found is asked about once more, and where it does not hold both lists are read to the end.
 */
import type { Filter } from './contract/params.ts'
import { limits } from './contract/rules.ts'

interface Listed {
  readonly KeyId: string
}

export interface KeyPage<K extends Listed> {
  readonly items: readonly K[]
  /** Of all pages. */
  readonly total: number
}

/** ListKeys with these Filters; pages of 100 from 1 on. */
type ReadKeys<K extends Listed> = (filters: readonly Filter[], page: number) => Promise<KeyPage<K>>

const pageSize = limits.pageSize.ListKeys.max
const { entries, values } = limits.filters
/** One entry of a filter is kept for the creator, or for the keys that are asked about. */
const mostInstances = (entries - 1) * values
/** What was found is asked about in one entry. */
const mostSearched = values

const byUsers: Filter = { Key: 'CreatorType', Values: ['User'] }

/** ListKeys Filters that match the keys of all these instances: entries with the same key are alternatives. */
const inInstances = (instanceIds: readonly string[]): readonly Filter[] =>
  Array.from({ length: Math.ceil(instanceIds.length / values) }, (_, index) => ({
    Key: 'DKMSInstanceId',
    Values: instanceIds.slice(index * values, (index + 1) * values),
  }))

interface PagedList<K extends Listed> {
  readonly total: () => Promise<number>
  readonly at: (index: number) => Promise<K | undefined>
  readonly everything: () => Promise<readonly K[]>
}

/** A list of which each page is read once, when it is first needed. */
function paged<K extends Listed>(read: (page: number) => Promise<KeyPage<K>>): PagedList<K> {
  const pages = new Map<number, Promise<KeyPage<K>>>()
  const page = (number: number): Promise<KeyPage<K>> => {
    const known = pages.get(number) ?? read(number)
    pages.set(number, known)
    return known
  }
  return {
    total: async () => (await page(1)).total,
    at: async (index) => (await page(Math.floor(index / pageSize) + 1)).items[index % pageSize],
    everything: async () => {
      const all: K[] = []
      for (let number = 1; ; number++) {
        const { items, total } = await page(number)
        all.push(...items)
        if (items.length === 0 || all.length >= total) return all
      }
    },
  }
}

/** What `all` has beyond `part`, if both are in one order; null where they are not, or where it would be too much to search. */
async function searched<K extends Listed>(all: PagedList<K>, part: PagedList<K>): Promise<readonly K[] | null> {
  const [total, inPart] = await Promise.all([all.total(), part.total()])
  const beyond = total - inPart
  if (beyond < 0 || beyond > mostSearched) return null
  const found: K[] = []
  let from = 0
  while (found.length < beyond) {
    /** The first place of `part` from which on `all` is shifted once more. */
    let low = from
    let high = inPart
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const [one, other] = await Promise.all([all.at(middle + found.length), part.at(middle)])
      if (one && one.KeyId === other?.KeyId) low = middle + 1
      else high = middle
    }
    const key = await all.at(low + found.length)
    if (!key) return null
    found.push(key)
    from = low
  }
  return found
}

/** `instanceIds`: all instances of the region. Rejects as `read` does. */
export async function keysOutsideInstances<K extends Listed>(
  read: ReadKeys<K>,
  instanceIds: readonly string[],
): Promise<readonly K[]> {
  const all = paged((page) => read([byUsers], page))
  if (instanceIds.length === 0) return all.everything()
  const chunks = Array.from({ length: Math.ceil(instanceIds.length / mostInstances) }, (_, index) =>
    instanceIds.slice(index * mostInstances, (index + 1) * mostInstances),
  )
  const parts = chunks.map((ids) => paged((page) => read([byUsers, ...inInstances(ids)], page)))

  const [part] = parts
  if (part && parts.length === 1 && (await all.total()) > pageSize) {
    const found = await searched(all, part)
    if (found?.length === 0) return found
    if (found) {
      const asked: Filter = { Key: 'keyId', Values: found.map(({ KeyId }) => KeyId) }
      const { total: inside } = await read([asked, ...inInstances(instanceIds)], 1)
      if (inside === 0) return found
    }
  }
  const inside = new Set((await Promise.all(parts.map((list) => list.everything()))).flat().map(({ KeyId }) => KeyId))
  return (await all.everything()).filter(({ KeyId }) => !inside.has(KeyId))
}
