/**
 * What can be done with a key right now, and if not, why: its kind, its state, its protection and the caller's permissions. The menus, the
 * key's page and bulk work ask here; the first two tables are the contract's, which the API refuses by too.
 */
import type { Output } from '#src/api/contract/actions.ts'
import { kindRefusal, storageRefusal, type KeyKind } from '#src/api/contract/kinds.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { stateRefusal, type KeyState, type StateAction } from '#src/api/contract/states.ts'

export type Denial = Output<'DescribeKeyPermissions'>['Keys']['Key'][number]['Denied'][number]

export interface KeyFacts {
  readonly kind: KeyKind
  readonly state: KeyState
  readonly isProtected: boolean
  /** Of a key on a hardware instance, where the backend tells it. */
  readonly storage?: string | undefined
  /** What the caller may not do; null: not known, and so not held against it. */
  readonly denied: readonly Denial[] | null
}

export type Blocker =
  | { readonly by: 'kind'; readonly kind: KeyKind }
  /** An HSM holds it, where it does not rotate. */
  | { readonly by: 'storage' }
  | { readonly by: 'state'; readonly state: KeyState }
  /** It is in the state already that the action leads to. */
  | { readonly by: 'already'; readonly state: KeyState }
  | { readonly by: 'protection' }
  | { readonly by: 'permission'; readonly permission: string; readonly denial: Denial }

/** Actions that change nothing on a key in this state, although the API lets them. */
const pointless: Partial<Record<StateAction, KeyState>> = { EnableKey: 'Enabled', DisableKey: 'Disabled' }

/** Why an action is not offered; null: it is. What can never be comes first, what the person can change last. */
export function blockerOf(action: StateAction, facts: KeyFacts): Blocker | null {
  const { kind, state, isProtected, storage, denied } = facts
  if (kindRefusal(action, kind) !== null) return { by: 'kind', kind }
  if (storageRefusal(action, storage) !== null) return { by: 'storage' }
  if (stateRefusal(action, state) !== null) return { by: 'state', state }
  if (pointless[action] === state) return { by: 'already', state }
  const denial = denied?.find(({ Action }) => Action === action)
  if (denial) return { by: 'permission', permission: `kms:${action}`, denial }
  if (action === 'ScheduleKeyDeletion' && isProtected) return { by: 'protection' }
  return null
}

/** `isService`: whether the key is among those that ListKeys names for CreatorType Service, or has one of their reserved aliases. */
export function kindOfKey(key: KeyMetadata, isService: boolean): KeyKind {
  if (isService) return 'service'
  if (key.DKMSInstanceId === undefined) return 'default'
  if (key.ExternalKeyId !== undefined) return 'external'
  return key.ProtectionLevel === 'HSM' ? 'hardware' : 'software'
}

/** Aliases that only the cloud's own services hold (KMS API 2016-01-20, CreateAlias). */
export const isServiceAlias = (aliasName: string): boolean => aliasName.startsWith('alias/acs/')

export const factsOf = (key: KeyMetadata, isService: boolean, denied: readonly Denial[] | null): KeyFacts => ({
  kind: kindOfKey(key, isService),
  state: key.KeyState,
  isProtected: key.DeletionProtection === 'Enabled',
  storage: key.KeyStorageMechanism,
  denied,
})
