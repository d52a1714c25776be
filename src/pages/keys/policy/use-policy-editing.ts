import { useEffect, useMemo, useState } from 'react'
import { dropDraft, keepDraft, readDraft } from '#src/components/form/drafts.ts'
import type { PolicyDraft } from '#src/components/policy/policy-drafts.ts'
import { draftOf, isTouched, standingOf, type Standing } from './policy-draft.ts'

export interface PolicyEditing extends Standing {
  readonly touched: boolean
  /** What stands here was typed before the page was left. */
  readonly restored: boolean
  /** What stands here is the change of an explanation. */
  readonly proposed: boolean
  readonly change: (part: Partial<PolicyDraft>) => void
  /** Gives up what was changed, for the policy that KMS holds. */
  readonly discard: () => void
}

/** A draft that outlives the page (in memory), beside the policy that KMS holds now: `current`. */
export function usePolicyEditing(draftKey: string, current: string): PolicyEditing {
  const [kept] = useState(() => readDraft<PolicyDraft>(draftKey))
  const [own, setOwn] = useState(kept ?? draftOf(current))
  const [restored, setRestored] = useState(kept !== undefined)
  const { draft, conflict } = useMemo(() => standingOf(own, current), [own, current])
  const touched = isTouched(draft)

  useEffect(() => {
    if (!touched) return undefined
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [touched])

  return {
    draft,
    conflict,
    touched,
    restored: restored && touched && kept?.proposed !== true,
    proposed: restored && touched && kept?.proposed === true,
    change: (part) => {
      // From the first keystroke on it is the person's own.
      const next: PolicyDraft = { base: draft.base, text: draft.text, wrong: draft.wrong, ...part }
      setOwn(next)
      if (isTouched(next)) keepDraft(draftKey, next)
      else dropDraft(draftKey)
    },
    discard: () => {
      dropDraft(draftKey)
      setOwn(draftOf(current))
      setRestored(false)
    },
  }
}
