import type { ErrorDetail } from '#src/api/contract/errors.ts'
import {
  describeProblem,
  limits,
  tagKeyProblem,
  tagListProblem,
  type Problem,
  type Tag,
} from '#src/api/contract/rules.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { KeyRow } from '#mocks/store/rows.ts'

const detail = { Parameter: 'Tag' }

/** The published codes for what is wrong with a tag. */
function refusalOf(part: 'TagKey' | 'TagValue', problem: Problem): ServiceError {
  return problem.code === 'duplicate'
    ? new ServiceError('Duplicate.TagKey', {}, detail)
    : new ServiceError(`InvalidParameter.${part}`, { reason: describeProblem(problem) }, detail)
}

/** The key's tags with these put over them: a key that is there already gets the new value. */
function withTags(present: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  const values = new Map([...present, ...added].map(({ TagKey, TagValue }) => [TagKey, TagValue]))
  return [...values].map(([TagKey, TagValue]) => ({ TagKey, TagValue }))
}

type Asked = readonly { readonly Key: string; readonly Value: string }[]

const fits = ({ TagKey, TagValue }: Tag, { Key, Value }: Asked[number]): boolean =>
  TagKey === Key && (Value === '' || TagValue === Value)

/** The asked tags of a key that has all of them; every tag where none is asked. A tag asked without a value fits any (assumed). */
function tagsAsked({ tags }: KeyRow, asked: Asked): readonly Tag[] {
  if (!asked.every((one) => tags.some((tag) => fits(tag, one)))) return []
  return asked.length === 0 ? tags : tags.filter((tag) => asked.some((one) => fits(tag, one)))
}

/** A place in the listing: the last row given out. Tokens are places, so that changes in between shift nothing. */
interface Place {
  readonly keyId: string
  readonly TagKey: string
}

const beginning: Place = { keyId: '', TagKey: '' }

function placeOf(token: string): Place {
  const [, keyId, TagKey] = /^([^/]+)\/(.+)$/.exec(token) ?? []
  if (keyId === undefined || TagKey === undefined)
    throw invalidParameter('NextToken', { code: 'malformed', reason: 'shape' })
  return { keyId, TagKey }
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The rows after a place, by key and tag key; one more than a page at least, where there are so many. */
function rowsAfter({ keyId, TagKey: after }: Place, keys: readonly KeyRow[], asked: Asked): readonly (Place & Tag)[] {
  const rows: (Place & Tag)[] = []
  for (const key of keys.filter((one) => one.keyId >= keyId).sort((a, b) => byText(a.keyId, b.keyId))) {
    if (rows.length > limits.tagRowsPerPage) break
    const tags = tagsAsked(key, asked).filter((tag) => key.keyId !== keyId || tag.TagKey > after)
    rows.push(...tags.toSorted((a, b) => byText(a.TagKey, b.TagKey)).map((tag) => ({ keyId: key.keyId, ...tag })))
  }
  return rows
}

/** Puts tags over what each of the keys has, as one change. */
function addTags({ db }: Context, keys: readonly KeyRow[], tags: readonly Tag[], detail: ErrorDetail): void {
  db.write((tx) => {
    for (const { keyId } of keys) {
      const key = tx.keys.get(keyId)
      if (!key) continue
      const merged = withTags(key.tags, tags)
      if (merged.length > limits.tagsPerKey) throw new ServiceError('Rejected.LimitExceeded', {}, detail)
      tx.keys.put({ ...key, tags: merged })
    }
  })
}

/** Takes tags away; keys that a key does not have are passed over (assumed). */
function dropTags({ db }: Context, keys: readonly KeyRow[], drops: (tag: Tag) => boolean): void {
  db.write((tx) => {
    for (const { keyId } of keys) {
      const key = tx.keys.get(keyId)
      if (key?.tags.some(drops)) tx.keys.put({ ...key, tags: key.tags.filter((tag) => !drops(tag)) })
    }
  })
}

/** A key of a tag to be taken away: 1–128, and none that the cloud itself sets. */
function refuseTagKeys(keys: readonly string[], parameter: string): void {
  for (const key of keys) {
    const problem = tagKeyProblem(key)
    if (problem)
      throw new ServiceError('InvalidParameter.TagKey', { reason: describeProblem(problem) }, { Parameter: parameter })
  }
}

/** KMS API 2016-01-20. */
export const tagRules = {
  TagResource: (ctx, { Tags }, { key }) => {
    addTags(ctx, [key], Tags, { Parameter: 'Tags' })
    return {}
  },
  UntagResource: (ctx, { TagKeys }, { key }) => {
    refuseTagKeys(TagKeys, 'TagKeys')
    const gone = new Set(TagKeys)
    dropTags(ctx, [key], ({ TagKey }) => gone.has(TagKey))
    return {}
  },
  ListResourceTags: (_, __, { key }) => ({
    Tags: { Tag: key.tags.map(({ TagKey, TagValue }) => ({ KeyId: key.keyId, TagKey, TagValue })) },
  }),
  UntagResources: (ctx, { TagKey, All = false }, { keys }) => {
    if (TagKey === undefined && !All) throw invalidParameter('TagKey', null)
    refuseTagKeys(TagKey ?? [], 'TagKey')
    const gone = TagKey && new Set(TagKey)
    dropTags(ctx, keys, (tag) => gone?.has(tag.TagKey) ?? true)
    return {}
  },
  TagResources: (ctx, { Tag }, { keys }) => {
    const tags = Tag.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }))
    const wrong = tagListProblem(tags)
    if (wrong) throw refusalOf(wrong.part, wrong.problem)
    addTags(ctx, keys, tags, detail)
    return {}
  },
  ListTagResources: (_, { Tag = [], NextToken }, { keys }) => {
    const rows = rowsAfter(NextToken === undefined ? beginning : placeOf(NextToken), keys, Tag)
    const page = rows.slice(0, limits.tagRowsPerPage)
    const last = rows.length > page.length ? page.at(-1) : undefined
    return {
      TagResources: {
        TagResource: page.map(({ keyId, TagKey, TagValue }) => ({
          ResourceId: keyId,
          ResourceType: 'key',
          TagKey,
          TagValue,
        })),
      },
      NextToken: last ? `${last.keyId}/${last.TagKey}` : '',
    }
  },
} satisfies Rules<
  'TagResource' | 'UntagResource' | 'ListResourceTags' | 'TagResources' | 'UntagResources' | 'ListTagResources'
>
