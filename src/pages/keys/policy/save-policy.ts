/** Saving a policy so that nobody's change is overwritten unseen, and nothing is sent twice. Pure but for the two calls that it is handed. */
import { isApiError } from '#src/api/api-error.ts'
import type { PolicyDraft } from '#src/components/policy/policy-drafts.ts'
import { isSamePolicy } from './policy-draft.ts'

export interface PolicyCalls {
  /** GetKeyPolicy, asked anew. */
  readonly read: () => Promise<string>
  /** SetKeyPolicy. */
  readonly write: (policy: string) => Promise<unknown>
}

/**
 * KMS knows no condition on a write, so the policy is read once more right before: `changed` where it is no longer the one that the draft
 * was made from, and nothing is written. A write whose answer was lost is looked up instead of repeated. Rejects with what refused it.
 */
export async function savePolicy(
  { base, text }: PolicyDraft,
  { read, write }: PolicyCalls,
): Promise<'saved' | 'changed'> {
  if (!isSamePolicy(await read(), base)) return 'changed'
  try {
    await write(text)
  } catch (error) {
    const isLost = isApiError(error) && (error.kind === 'unreachable' || error.kind === 'unreadable')
    const found = isLost ? await read().catch(() => null) : null
    if (found === null || !isSamePolicy(found, text)) throw error
  }
  return 'saved'
}
