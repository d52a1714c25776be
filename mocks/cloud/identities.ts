import type { AssumableRole, Identity } from '#src/api/contract/backend.ts'
import { callerOf } from '#mocks/gateway/authenticate.ts'
import type { Circumstances } from '#mocks/kms/context.ts'
import { mayAssume } from '#mocks/ram/sts.ts'
import type { CloudTables, PrincipalRow } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'

type Tables = ReadTransaction<CloudTables>

/** Whom the console may act as: the active access keys, in the order of the identity menu. */
export function identitiesOf(tables: Tables, circumstances: Circumstances): readonly Identity[] {
  const roles = [...tables.principals.values()]
    .filter(({ kind }) => kind === 'role')
    .sort((a, b) => (a.arn < b.arn ? -1 : 1))
  return [...tables.accessKeys.values()]
    .filter(({ active }) => active)
    .sort((a, b) => a.order - b.order)
    .map((accessKey) => {
      const caller = callerOf(accessKey, tables)
      const { accessKeyId, accountId, kind, name, arn } = caller
      return {
        accessKeyId,
        accountId,
        accountName: tables.accounts.get(accountId)?.name ?? accountId,
        kind: kind === 'account' ? 'account' : 'user',
        name,
        arn,
        about: accessKey.about,
        assumableRoles: roles
          .filter((role) => mayAssume(caller, role, circumstances, tables))
          .map((role) => describe(role, tables)),
      }
    })
}

const describe = ({ arn, accountId, name, displayName, role }: PrincipalRow, tables: Tables): AssumableRole => ({
  arn,
  accountId,
  accountName: tables.accounts.get(accountId)?.name ?? accountId,
  name,
  displayName,
  maxSeconds: (role?.maxSessionMs ?? 0) / 1000,
})
