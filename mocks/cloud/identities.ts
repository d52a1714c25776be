import type { Identity } from '#src/api/contract/backend.ts'
import { callerOf } from '#mocks/gateway/authenticate.ts'
import type { CloudTables } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'

/** Whom the console may act as: the active access keys, in the order of the identity menu. */
export function identitiesOf(tables: ReadTransaction<CloudTables>): readonly Identity[] {
  return [...tables.accessKeys.values()]
    .filter(({ active }) => active)
    .sort((a, b) => a.order - b.order)
    .map((accessKey) => {
      const { accessKeyId, accountId, kind, name, arn } = callerOf(accessKey, tables)
      return {
        accessKeyId,
        accountId,
        accountName: tables.accounts.get(accountId)?.name ?? accountId,
        kind: kind === 'account' ? 'account' : 'user',
        name,
        arn,
        about: accessKey.about,
      }
    })
}
