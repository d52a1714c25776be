/** A policy as it is being changed: the document is the one truth, the pickers read and write it. */
import { parsePolicy } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import { readJson } from '#src/components/policy/json-tree.ts'
import { nobody, type PolicyDraft } from '#src/components/policy/policy-drafts.ts'
import { compactJson, formatJson } from './document/json-format.ts'

const isJson = (text: string): boolean => readJson(text).fault === null

/** A document without its white space, to compare by; a text that is not JSON as it is. */
export const compacted = (text: string): string => (isJson(text) ? compactJson(text) : text)

/** A stored document as the editor opens it: in lines, unless somebody has set its lines already. The editor knows `\n` alone. */
export function asOpened(policy: string): string {
  const text = policy.replaceAll(/\r\n?/g, '\n')
  return text.includes('\n') || !isJson(text) ? text : formatJson(text)
}

export const draftOf = (policy: string): PolicyDraft => ({ base: policy, text: asOpened(policy), wrong: nobody })

/** Whether the document is another than the one it began as, white space apart. */
export const isChanged = ({ base, text }: PolicyDraft): boolean => compacted(text) !== compacted(base)

/** Where in its text a draft departs from what it began as: the first character that is new, past what only separates. */
export function changeStart({ base, text }: PolicyDraft): number {
  const before = asOpened(base)
  let at = 0
  while (at < text.length && text[at] === before[at]) at++
  return at + (/^[,\s]*/.exec(text.slice(at))?.[0].length ?? 0)
}

/** Whether anything would be lost if the draft went. */
export const isTouched = (draft: PolicyDraft): boolean =>
  isChanged(draft) || Object.values(draft.wrong).some((entries) => entries.length > 0)

/** Whether two documents are the same policy, in whatever form they are written. */
export function isSamePolicy(one: string, other: string): boolean {
  const [first, second] = [one, other].map(parsePolicy)
  return isProblem(first) || isProblem(second)
    ? compacted(one) === compacted(other)
    : JSON.stringify(first) === JSON.stringify(second)
}

export interface Standing {
  readonly draft: PolicyDraft
  /** The policy that KMS holds now, where it is neither what the changes were made to nor what they lead to; null: there is no such. */
  readonly conflict: string | null
}

/** A draft beside the policy that KMS holds now. One that holds nothing of the person's follows what changes under it. */
export function standingOf(draft: PolicyDraft, current: string): Standing {
  if (draft.base === current) return { draft, conflict: null }
  if (!isTouched(draft)) return { draft: draftOf(current), conflict: null }
  const follows = isSamePolicy(draft.base, current) || isSamePolicy(draft.text, current)
  return follows ? { draft: { ...draft, base: current }, conflict: null } : { draft, conflict: current }
}
