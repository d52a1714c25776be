import { instanceArn } from '#src/api/contract/arn.ts'
import type { Context } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'

/** What an account that an instance is shared to may not do with it, whatever its own policies say. Throws Forbidden.NoPermission. */
export function assertInstanceOwner(
  { caller }: Pick<Context, 'caller'>,
  { region, accountId, instanceId }: InstanceRow,
): void {
  if (accountId === caller.accountId) return
  const resource = instanceArn(region, accountId, instanceId)
  throw new ServiceError('Forbidden.NoPermission', { resource }, { Reason: 'NotInstanceOwner' })
}
