import { useQueryClient } from '@tanstack/react-query'
import { isApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { Tag } from '#src/api/contract/rules.ts'
import { tagsOf, useWrite } from '#src/api/queries.ts'
import { isInForce, withStep, type TagStep } from './tag-difference.ts'

/** How far an edit of tags came. */
export interface TagOutcome {
  /** Carried out, in this order. */
  readonly done: readonly TagStep[]
  /** The first that failed; what follows it was not sent. Null: all of it is in force. */
  readonly failed: { readonly step: TagStep; readonly error: unknown; readonly isUnknown: boolean } | null
  readonly unsent: readonly TagStep[]
  /** The key's tags now: as read after a failure, else as they follow from what was sent. */
  readonly tags: readonly Tag[]
}

/** Sends the steps of an edit one after the other. A lost answer is looked up: what is in force already counts as done. */
export function useTagWriter(
  keyId: string,
  region: string,
): (steps: readonly TagStep[], current: readonly Tag[]) => Promise<TagOutcome> {
  const api = useApi()
  const queryClient = useQueryClient()
  const put = useWrite('TagResource', region)
  const take = useWrite('UntagResource', region)

  const readTags = (): Promise<readonly Tag[] | null> =>
    queryClient.fetchQuery({ ...tagsOf(api, region, [keyId]), staleTime: 0 }).then(
      (entries) => entries.map(({ TagKey, TagValue }) => ({ TagKey, TagValue })),
      () => null,
    )

  const send = ({ action, tags }: TagStep): Promise<unknown> =>
    action === 'TagResource'
      ? put.mutateAsync({ KeyId: keyId, Tags: tags })
      : take.mutateAsync({ KeyId: keyId, TagKeys: tags.map(({ TagKey }) => TagKey) })

  return async (steps, current) => {
    let tags = current
    for (const [at, step] of steps.entries()) {
      try {
        await send(step)
        tags = withStep(tags, step)
      } catch (error) {
        const read = await readTags()
        tags = read ?? tags
        const isLost = !isApiError(error) || error.kind === 'unreachable' || error.kind === 'unreadable'
        if (isLost && read && isInForce(step, read)) continue
        return {
          done: steps.slice(0, at),
          failed: { step, error, isUnknown: isLost && !read },
          unsent: steps.slice(at + 1),
          tags,
        }
      }
    }
    return { done: steps, failed: null, unsent: [], tags }
  }
}
