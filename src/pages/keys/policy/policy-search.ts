/** What the address of the policy page holds besides the key. */
export const policyViews = ['visual', 'document'] as const
export type PolicyView = (typeof policyViews)[number]

export interface PolicySearch {
  /** How the policy is edited; left out: with the pickers where they can say it, else as a document. */
  readonly view?: PolicyView
  /** What the change does is on show; it is saved from there. */
  readonly step?: 'review'
}

export function readPolicySearch(raw: Readonly<Record<string, unknown>>): PolicySearch {
  const view = policyViews.find((one) => one === raw.view)
  return { ...(view ? { view } : {}), ...(raw.step === 'review' ? { step: 'review' } : {}) }
}
