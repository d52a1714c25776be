/** Tags as one JSON text, the way CreateKey and TagResource take them (KMS API 2016-01-20). */
import { isPlainObject, tagListProblem, type Problem, type Tag } from './rules.ts'

export function readTags(value: unknown): readonly Tag[] | Problem {
  if (!Array.isArray(value)) return { code: 'malformed', reason: 'shape' }
  const tags: Tag[] = []
  for (const entry of value as unknown[]) {
    if (!isPlainObject(entry)) return { code: 'malformed', reason: 'shape' }
    const { TagKey, TagValue } = entry
    if (typeof TagKey !== 'string' || (TagValue !== undefined && typeof TagValue !== 'string'))
      return { code: 'malformed', reason: 'shape' }
    tags.push({ TagKey, TagValue: TagValue ?? '' })
  }
  return tagListProblem(tags)?.problem ?? tags
}
