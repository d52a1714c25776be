/** Policies that are being changed, by whom and of which key. In memory: what is proposed elsewhere waits here for the policy's page. */
import type { PolicyChoice } from '#src/api/contract/policy.ts'
import { keepDraft, readDraft } from '#src/components/form/drafts.ts'

export interface PolicyDraft {
  /** GetKeyPolicy's text that the changes are made to. */
  readonly base: string
  /** The document as it stands in the editor. */
  readonly text: string
  /** Typed into the pickers and no principal: kept until corrected or removed, and never part of the document. */
  readonly wrong: PolicyChoice
  /** The change came from an explanation: nobody has typed it. */
  readonly proposed?: true
}

export const nobody: PolicyChoice = { administrator: [], user: [], crossAccountUser: [] }

export const policyDraftKey = (identityId: string, keyId: string): string => `policy/${identityId}/${keyId}`

/** Whether something would be lost if another draft took this one's place. */
export const hasTypedDraft = (key: string): boolean => {
  const draft = readDraft<PolicyDraft>(key)
  return draft !== undefined && draft.proposed !== true
}

/** Has the policy's page open with `text` in place of `base`. */
export const proposePolicy = (key: string, base: string, text: string): void =>
  keepDraft(key, { base, text, wrong: nobody, proposed: true } satisfies PolicyDraft)
