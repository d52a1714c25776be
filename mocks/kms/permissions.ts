/** DescribeKeyPermissions: what the caller may not do with keys, by the very decision that the gateway denies with. An extension. */
import type { Subject } from '#src/api/contract/action.ts'
import { actions } from '#src/api/contract/actions.ts'
import { stateTable, type StateAction } from '#src/api/contract/states.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { keyResource, seesKey } from './visible.ts'

/** Subjects with a key among the resources that permission is asked for. An alias is one too: a denial there is not told here. */
const aboutKeys: ReadonlySet<Subject> = new Set([
  'key',
  'ciphertext',
  'aliasAndKey',
  'alias',
  'reEncrypt',
  'protected',
  'resources',
])

/** The actions that are told about, in the table's order. For ReEncrypt it is the permission on the key that encrypts anew. */
export const keyActionNames: readonly StateAction[] = (Object.keys(stateTable) as StateAction[]).filter((name) =>
  aboutKeys.has(actions[name].subject),
)

function deniedOf(ctx: Context, key: KeyRow) {
  const resource = keyResource(key)
  return keyActionNames.flatMap((Action) => {
    const denial = ctx.denial(actions[Action].permission, resource)
    return denial ? [{ Action, NoPermissionType: denial.NoPermissionType, PolicyType: denial.PolicyType }] : []
  })
}

export const permissionRules = {
  DescribeKeyPermissions: (ctx, { KeyId }) => {
    const keys = [...new Set(KeyId)].flatMap((id) => ctx.db.read.keys.get(id) ?? []).filter((key) => seesKey(ctx, key))
    return { Keys: { Key: keys.map((key) => ({ KeyId: key.keyId, Denied: deniedOf(ctx, key) })) } }
  },
} satisfies Rules<'DescribeKeyPermissions'>
