import { describeProblem, limits, tagListProblem, type Problem, type Tag } from '#src/api/contract/rules.ts'
import type { Rules } from '#mocks/kms/context.ts'
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

interface TagRow extends Tag {
  readonly keyId: string
}

type Asked = readonly { readonly Key: string; readonly Value: string }[]

const fits = ({ TagKey, TagValue }: Tag, { Key, Value }: Asked[number]): boolean =>
  TagKey === Key && (Value === '' || TagValue === Value)

/** The asked tags of keys that have all of them; every tag where none is asked. A tag asked without a value fits any (assumed). */
function rowsOf({ keyId, tags }: KeyRow, asked: Asked): readonly TagRow[] {
  if (!asked.every((one) => tags.some((tag) => fits(tag, one)))) return []
  const shown = asked.length === 0 ? tags : tags.filter((tag) => asked.some((one) => fits(tag, one)))
  return shown.map((tag) => ({ keyId, ...tag }))
}

/** Where a row stands in the listing. A token is the place of the last row given out, so that changes in between shift nothing. */
const placeOf = ({ keyId, TagKey }: TagRow): string => `${keyId}/${TagKey}`
const byPlace = (a: TagRow, b: TagRow): number => (placeOf(a) < placeOf(b) ? -1 : 1)

/** KMS API 2016-01-20. */
export const tagRules = {
  TagResources: (ctx, { Tag }, { keys }) => {
    const tags = Tag.map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }))
    const wrong = tagListProblem(tags)
    if (wrong) throw refusalOf(wrong.part, wrong.problem)
    ctx.db.write((tx) => {
      for (const key of keys) {
        const merged = withTags(key.tags, tags)
        if (merged.length > limits.tagsPerKey) throw new ServiceError('Rejected.LimitExceeded', {}, detail)
        tx.keys.put({ ...key, tags: merged })
      }
    })
    return {}
  },
  ListTagResources: (_, { Tag = [], NextToken }, { keys }) => {
    const after = NextToken ?? ''
    if (after !== '' && !/^[^/]+\/./.test(after))
      throw invalidParameter('NextToken', { code: 'malformed', reason: 'shape' })
    const rows = keys
      .flatMap((key) => rowsOf(key, Tag))
      .filter((row) => placeOf(row) > after)
      .sort(byPlace)
    const page = rows.slice(0, limits.tagRowsPerPage)
    return {
      TagResources: {
        TagResource: page.map(({ keyId, TagKey, TagValue }) => ({
          ResourceId: keyId,
          ResourceType: 'key',
          TagKey,
          TagValue,
        })),
      },
      NextToken: rows.length > page.length ? placeOf(page.at(-1)!) : '',
    }
  },
} satisfies Rules<'TagResources' | 'ListTagResources'>
