/** Unfinished keys: what was typed and how far it came, kept while the console is open, one per identity and instance. */
import { emptyForm, type CreateForm } from './form-model.ts'
import { idle, next, type Submission, type SubmissionEvent } from './submission.ts'

export interface Draft {
  readonly form: () => CreateForm
  readonly keepForm: (form: CreateForm) => void
  readonly submission: () => Submission
  readonly dispatch: (event: SubmissionEvent) => Submission
  readonly subscribe: (listener: () => void) => () => void
}

const drafts = new Map<string, Draft>()

const place = (accessKeyId: string, instanceId: string): string => `${accessKeyId}/${instanceId}`

/** The draft that was left here, or a new one. */
export function draftOf(accessKeyId: string, instanceId: string): Draft {
  const kept = drafts.get(place(accessKeyId, instanceId))
  if (kept) return kept
  const draft = createDraft()
  drafts.set(place(accessKeyId, instanceId), draft)
  return draft
}

/** Forgets a draft: the key was made, or the person gave it up. */
export function dropDraft(accessKeyId: string, instanceId: string): void {
  drafts.delete(place(accessKeyId, instanceId))
}

function createDraft(): Draft {
  const listeners = new Set<() => void>()
  let form: CreateForm = emptyForm
  let submission: Submission = idle
  return {
    form: () => form,
    keepForm: (latest) => {
      form = latest
    },
    submission: () => submission,
    dispatch: (event) => {
      submission = next(submission, event)
      for (const listener of listeners) listener()
      return submission
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
