import type { Input } from '#src/api/contract/actions.ts'
import type { Context } from '#mocks/kms/context.ts'
import type { KeyRow } from '#mocks/store/rows.ts'

/** What a new key is made of: the part of a CreateKey that each kind of key decides for itself. */
export type Material = Pick<
  KeyRow,
  'externalKeyId' | 'spec' | 'usage' | 'origin' | 'protectionLevel' | 'storage' | 'rotation'
>

/** An Enabled key of the caller's, without an identifier, a place, a policy and a version. */
export const newKey = (
  { caller, region, now }: Context,
  { Description = '', Tags = [] }: Input<'CreateKey'>,
  material: Material,
): Omit<KeyRow, 'keyId' | 'instanceId' | 'policy'> => ({
  ...material,
  accountId: caller.accountId,
  region,
  creatorType: 'User',
  state: 'Enabled',
  description: Description,
  createdAt: now,
  deleteAt: null,
  deletionScheduledAt: null,
  deletionProtection: false,
  deletionProtectionDescription: '',
  tags: Tags,
  primaryVersionId: null,
  rotatedAt: null,
})
