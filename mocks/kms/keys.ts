import { limits } from '#src/api/contract/rules.ts'
import type { KeyState } from '#src/api/contract/states.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { aliasesByKey } from './aliases.ts'
import { createKey } from './create-key.ts'
import { keyFilter } from './list-keys.ts'
import { describedMetadataOf } from './metadata.ts'
import { pageOf } from './paging.ts'
import { arnOfKey, visibleKeys } from './visible.ts'

/** In the state already: succeeds, and writes nothing. */
function setState({ db }: Context, key: KeyRow, state: KeyState): Record<never, never> {
  if (key.state !== state) db.write((tx) => tx.keys.put({ ...key, state }))
  return {}
}

/** KMS API 2016-01-20. */
export const keyRules = {
  CreateKey: createKey,
  DescribeKey: (ctx, _, { key }) => ({ KeyMetadata: describedMetadataOf(key, ctx.strict) }),
  ListKeys: (ctx, { Filters = [], ...asked }) => {
    const aliases = aliasesByKey(ctx)
    const matches = keyFilter(Filters, { strict: ctx.strict, aliasesOf: (keyId) => aliases.get(keyId) ?? [] })
    const { page, paging } = pageOf(visibleKeys(ctx).filter(matches), asked, limits.pageSize.ListKeys.preset)
    return { Keys: { Key: page.map((key) => ({ KeyId: key.keyId, KeyArn: arnOfKey(key) })) }, ...paging }
  },
  EnableKey: (ctx, _, { key }) => setState(ctx, key, 'Enabled'),
  DisableKey: (ctx, _, { key }) => setState(ctx, key, 'Disabled'),
} satisfies Rules<'CreateKey' | 'DescribeKey' | 'ListKeys' | 'EnableKey' | 'DisableKey'>
