/** What can be done with many keys at once: the call, the keys that it is pointless or impossible for, and how many keys one call takes. */
import type { ApiResult, Client } from '#src/api/client.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { limits, type Tag } from '#src/api/contract/rules.ts'
import type { StateAction } from '#src/api/contract/states.ts'
import type { ApiError } from '#src/api/api-error.ts'
import type { WriteAction } from '#src/api/queries.ts'
import { blockerOf, factsOf, type Blocker, type Denial } from '#src/pages/keys/offers.ts'

export const verbs = ['enable', 'disable', 'protect', 'unprotect', 'tag', 'untag', 'schedule', 'cancel'] as const
export type Verb = (typeof verbs)[number]

/** A verb with what it needs to be carried out. */
export type Order =
  | { readonly verb: 'enable' | 'disable' | 'unprotect' | 'cancel' }
  | { readonly verb: 'protect'; readonly description: string }
  | { readonly verb: 'tag'; readonly tags: readonly Tag[] }
  | { readonly verb: 'untag'; readonly tagKeys: readonly string[] }
  | { readonly verb: 'schedule'; readonly days: number }

interface VerbDefinition {
  readonly action: WriteAction & StateAction
  /** How many keys one call takes. */
  readonly keysPerCall: number
}

const single = 1
const lot = limits.resourcesPerTagCall

export const verbTable = {
  enable: { action: 'EnableKey', keysPerCall: single },
  disable: { action: 'DisableKey', keysPerCall: single },
  protect: { action: 'SetDeletionProtection', keysPerCall: single },
  unprotect: { action: 'SetDeletionProtection', keysPerCall: single },
  tag: { action: 'TagResources', keysPerCall: lot },
  untag: { action: 'UntagResources', keysPerCall: lot },
  schedule: { action: 'ScheduleKeyDeletion', keysPerCall: single },
  cancel: { action: 'CancelKeyDeletion', keysPerCall: single },
} as const satisfies Record<Verb, VerbDefinition>

export const isTagVerb = (verb: Verb): verb is 'tag' | 'untag' => verb === 'tag' || verb === 'untag'

/** Carries the order out for these keys: one, or as many as its call takes. */
export function send(
  client: Pick<Client, 'call'>,
  region: string,
  order: Order,
  keyIds: readonly string[],
): Promise<ApiResult<unknown>> {
  const [KeyId = ''] = keyIds
  const resources = { RegionId: region, ResourceType: 'key', ResourceId: keyIds } as const
  const at = { region }
  switch (order.verb) {
    case 'enable':
      return client.call('EnableKey', { KeyId }, at)
    case 'disable':
      return client.call('DisableKey', { KeyId }, at)
    case 'cancel':
      return client.call('CancelKeyDeletion', { KeyId }, at)
    case 'schedule':
      return client.call('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: order.days }, at)
    case 'unprotect':
      return client.call('SetDeletionProtection', { KeyId, EnableDeletionProtection: false }, at)
    case 'protect': {
      const description = order.description === '' ? undefined : order.description
      const input = { KeyId, EnableDeletionProtection: true, DeletionProtectionDescription: description }
      return client.call('SetDeletionProtection', input, at)
    }
    case 'tag': {
      const Tag = order.tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue }))
      return client.call('TagResources', { ...resources, Tag }, at)
    }
    case 'untag':
      return client.call('UntagResources', { ...resources, TagKey: order.tagKeys }, at)
  }
}

/** What the check found out about a key. */
export interface Checked {
  readonly metadata: KeyMetadata
  /** Null: not known, and not held against anybody. */
  readonly denied: readonly Denial[] | null
  /** Null: not asked, or not told. */
  readonly tags: readonly Tag[] | null
}

/** Why a key is passed over: what bars every such change, what the order itself makes pointless, or a check that failed. */
export type Skip =
  | Blocker
  | { readonly by: 'protected' | 'unprotected' | 'tagged' | 'untagged' }
  | { readonly by: 'tagsFull'; readonly count: number }
  | { readonly by: 'gone' }
  | { readonly by: 'unreadable'; readonly error: ApiError }

/** What bars a verb from a key, whatever else the order says; null: nothing. */
export function barOf(verb: Verb, { metadata, denied }: Checked): Skip | null {
  const blocker = blockerOf(verbTable[verb].action, factsOf(metadata, false, denied))
  if (blocker) return blocker
  if (verb === 'protect' && metadata.DeletionProtection === 'Enabled') return { by: 'protected' }
  if (verb === 'unprotect' && metadata.DeletionProtection === 'Disabled') return { by: 'unprotected' }
  return null
}

/** Why the order is not carried out for a key; null: it is. */
export function skipOf(order: Order, checked: Checked): Skip | null {
  const bar = barOf(order.verb, checked)
  const { tags } = checked
  if (bar) return bar
  switch (order.verb) {
    case 'tag':
      return tags ? tagSkip(tags, order.tags) : null
    case 'untag':
      return tags?.every(({ TagKey }) => !order.tagKeys.includes(TagKey)) ? { by: 'untagged' } : null
    default:
      return null
  }
}

function tagSkip(present: readonly Tag[], added: readonly Tag[]): Skip | null {
  const values = new Map(present.map(({ TagKey, TagValue }) => [TagKey, TagValue]))
  if (added.every(({ TagKey, TagValue }) => values.get(TagKey) === TagValue)) return { by: 'tagged' }
  const count = new Set([...values.keys(), ...added.map(({ TagKey }) => TagKey)]).size
  return count > limits.tagsPerKey ? { by: 'tagsFull', count } : null
}

/** How many of the tags stand on a key already with another value, which would be lost. */
export const overwrites = (present: readonly Tag[] | null, added: readonly Tag[]): number =>
  added.filter((tag) => present?.some(({ TagKey, TagValue }) => TagKey === tag.TagKey && TagValue !== tag.TagValue))
    .length

/** Tells reasons apart that are told in different words: rows of one are grouped together. */
export function skipGroup(skip: Skip): string {
  switch (skip.by) {
    case 'kind':
      return `kind ${skip.kind}`
    case 'state':
    case 'already':
      return `${skip.by} ${skip.state}`
    case 'permission':
      return `permission ${skip.denial.NoPermissionType} ${skip.denial.PolicyType}`
    case 'unreadable':
      return `unreadable ${skip.error.code}`
    default:
      return skip.by
  }
}
