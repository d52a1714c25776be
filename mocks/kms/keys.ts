import type { Filter } from '#src/api/contract/params.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { KeyState } from '#src/api/contract/states.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { writtenOnce } from '#mocks/json.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import { aliasesByKey } from './aliases.ts'
import { createKey } from './create-key.ts'
import { assertInstanceOwner } from './instance-owner.ts'
import { keyFilter } from './list-keys.ts'
import { describedMetadataOf } from './metadata.ts'
import { pageOf } from './paging.ts'
import { remembered } from './remembered.ts'
import { resumed } from './rotation.ts'
import { forgetAttempts } from './usage.ts'
import { arnOfKey, visibleKeys } from './visible.ts'

/** In the state already: succeeds, and writes nothing. */
function setState(ctx: Context, key: KeyRow, state: KeyState): Record<never, never> {
  return key.state === state ? {} : change(ctx, key, (row) => inState(row, state, ctx.now))
}

const inState = (key: KeyRow, state: KeyState, now: number): KeyRow =>
  state === 'Enabled' ? resumed({ ...key, state }, now) : { ...key, state }

const dayMs = 24 * 60 * 60 * 1000

const protectedKey = (): ServiceError =>
  new ServiceError(
    'Rejected.StateModifiedFailed',
    { reason: 'Deletion protection is enabled.' },
    { Reason: 'DeletionProtection' },
  )

/** The row as it stands inside the transaction: another request may have changed it since it was found. */
function change({ db }: Context, { keyId }: KeyRow, changed: (key: KeyRow) => KeyRow): Record<never, never> {
  db.write((tx) => {
    const key = tx.keys.get(keyId)
    if (!key) throw new ServiceError('Forbidden.KeyNotFound')
    tx.keys.put(changed(key))
  })
  return {}
}

/** Page after page of one list is asked for: the whole of it is looked for once. */
function listedKeys(ctx: Context, filters: readonly Filter[]): readonly KeyRow[] {
  if (filters.length === 0) return visibleKeys(ctx)
  const { db, caller, region, strict } = ctx
  const name = `listed ${caller.accountId} ${region} ${strict} ${JSON.stringify(filters)}`
  return remembered(db, name, ['keys', 'instances', 'aliases'], () => {
    const aliases = aliasesByKey(ctx)
    return visibleKeys(ctx).filter(keyFilter(filters, { strict, aliasesOf: (keyId) => aliases.get(keyId) ?? [] }))
  })
}

const listed = new WeakMap<KeyRow, ListedKey>()
type ListedKey = Readonly<Record<'KeyId' | 'KeyArn', string>>

/** Once for each row: most of the work of a list is to write it down. */
function listedAs(key: KeyRow): ListedKey {
  const known = listed.get(key)
  if (known) return known
  const entry = writtenOnce({ KeyId: key.keyId, KeyArn: arnOfKey(key) })
  listed.set(key, entry)
  return entry
}

/** Its owner's affair. */
function protectInstance(ctx: Context, instance: InstanceRow, protection: InstanceRow['protection']) {
  assertInstanceOwner(ctx, instance)
  ctx.db.write((tx) => {
    const row = tx.instances.get(instance.instanceId)
    if (!row) throw new ServiceError('Forbidden.DKMSInstanceNotFound')
    tx.instances.put({ ...row, protection })
  })
  return {}
}

/** KMS API 2016-01-20. */
export const keyRules = {
  CreateKey: createKey,
  DescribeKey: (ctx, _, { key }) => ({ KeyMetadata: describedMetadataOf(key, ctx.strict) }),
  ListKeys: (ctx, { Filters = [], ...asked }) => {
    const { page, paging } = pageOf(listedKeys(ctx, Filters), asked, limits.pageSize.ListKeys.preset)
    return { Keys: { Key: page.map(listedAs) }, ...paging }
  },
  EnableKey: (ctx, _, { key }) => setState(ctx, key, 'Enabled'),
  DisableKey: (ctx, _, { key }) => setState(ctx, key, 'Disabled'),
  UpdateKeyDescription: (ctx, { Description }, { key }) =>
    change(ctx, key, (row) => ({ ...row, description: Description })),
  /** Deletion itself comes with the cloud's clock: see due.ts. */
  ScheduleKeyDeletion: (ctx, { PendingWindowInDays }, { key }) =>
    change(ctx, key, (row) => {
      if (row.deletionProtection) throw protectedKey()
      const deleteAt = ctx.now + PendingWindowInDays * dayMs
      return { ...row, state: 'PendingDeletion', deleteAt, deletionScheduledAt: ctx.now }
    }),
  /** Back to Enabled, whatever it was before; a key without its imported material, of which this build makes none, to PendingImport. */
  CancelKeyDeletion: (ctx, _, { key }) => {
    ctx.db.write((tx) => forgetAttempts(tx, key.keyId))
    return change(ctx, key, (row) => inState({ ...row, deleteAt: null, deletionScheduledAt: null }, 'Enabled', ctx.now))
  },
  /** The description goes with the protection (assumed). */
  SetDeletionProtection: (ctx, { EnableDeletionProtection, DeletionProtectionDescription = '' }, found) => {
    const description = EnableDeletionProtection ? DeletionProtectionDescription : ''
    if ('protectedInstance' in found)
      return protectInstance(ctx, found.protectedInstance, EnableDeletionProtection ? { description } : null)
    return change(ctx, found.key, (row) => ({
      ...row,
      deletionProtection: EnableDeletionProtection,
      deletionProtectionDescription: description,
    }))
  },
} satisfies Rules<
  | 'CreateKey'
  | 'DescribeKey'
  | 'ListKeys'
  | 'EnableKey'
  | 'DisableKey'
  | 'UpdateKeyDescription'
  | 'ScheduleKeyDeletion'
  | 'CancelKeyDeletion'
  | 'SetDeletionProtection'
>
