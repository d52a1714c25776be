/**
 * What was typed into a form that was closed by accident, by the form's key. In memory only: it outlives the panel, not the page, and no
 * secret can reach storage this way.
 */
const drafts = new Map<string, unknown>()

/** The caller names the key's one type of values; each form has its own key. */
export const readDraft = <T>(key: string): T | undefined => drafts.get(key) as T | undefined

export const keepDraft = (key: string, values: unknown): void => {
  drafts.set(key, structuredClone(values))
}

export const dropDraft = (key: string): void => {
  drafts.delete(key)
}
