/** What the panel holds, and what becomes of it. */
import type { Input } from '#src/api/contract/actions.ts'
import { sharedResourceType } from '#src/api/contract/sharing.ts'

export interface ShareForm {
  way: 'new' | 'existing'
  name: string
  /** ID of the share that the instance is added to; empty: none chosen yet. */
  shareId: string
  accounts: string[]
}

export const emptyShareForm = (name: string): ShareForm => ({ way: 'new', name, shareId: '', accounts: [] })

/** One call each, so that it is done whole or not at all. `shareId` null: the share is made. */
export type ShareCall =
  | { readonly shareId: null; readonly input: Input<'CreateResourceShare'> }
  | { readonly shareId: string; readonly input: Input<'AssociateResourceShare'> }

/** `addTo`: accounts only are added, to a share that holds the instance already. */
export function shareCall(
  { way, name, shareId, accounts }: ShareForm,
  instanceId: string,
  addTo: string | null,
): ShareCall {
  const Targets = accounts.length === 0 ? {} : { Targets: accounts }
  const Resources = [{ ResourceId: instanceId, ResourceType: sharedResourceType }]
  if (addTo !== null) return { shareId: addTo, input: { ResourceShareId: addTo, ...Targets } }
  if (way === 'existing') return { shareId, input: { ResourceShareId: shareId, Resources, ...Targets } }
  return { shareId: null, input: { ResourceShareName: name, Resources, ...Targets } }
}

/** Refusals that are about the accounts: they belong to that field. */
const aboutAccounts: ReadonlySet<string> = new Set([
  'InvalidTarget',
  'ShareWithYourself',
  'InvalidParameter.Targets',
  'InvalidParameter.Targets.Duplicate',
])

export const fieldOfRefusal = (code: string, parameter: string | null): 'accounts' | 'name' | null => {
  if (aboutAccounts.has(code) || parameter === 'Targets') return 'accounts'
  return parameter === 'ResourceShareName' ? 'name' : null
}
