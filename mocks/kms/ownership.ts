/** Joint and independent ownership of what receivers make on a shared instance. No public API changes it: SetSharingOwnership is an extension. */
import { parsePrincipalArn } from '#src/api/contract/arn.ts'
import { defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import type { Rules } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'
import { keysOf } from './grants.ts'
import { assertInstanceOwner } from './instance-owner.ts'

const isOf = (accountId: string) => (arn: string) => parsePrincipalArn(arn)?.accountId === accountId

/**
 * Under independent ownership the policy of a receiver's key lets nobody of the instance owner's account in (assumed). Throws
 * InvalidParameter where it would.
 */
export function assertNotOwnersAccount(policy: KeyPolicy, instance: InstanceRow, keyOwner: string): void {
  if (instance.ownership === 'Joint' || instance.accountId === keyOwner) return
  const index = policy.Statement.findIndex(
    ({ Effect, Principal }) => Effect === 'Allow' && Principal.RAM.some(isOf(instance.accountId)),
  )
  if (index >= 0)
    throw invalidParameter('Policy', {
      code: 'policy',
      reason: 'ownersAccount',
      at: `Statement[${index}].Principal.RAM`,
    })
}

/**
 * A key's policy without what it allowed an account. A statement that named nobody else goes; where that was the last, the key has the
 * default policy of its owner alone.
 */
export function policyWithout({ Version, Statement }: KeyPolicy, accountId: string, keyOwner: string): KeyPolicy {
  const isGone = isOf(accountId)
  const rest = Statement.flatMap((statement) => {
    if (statement.Effect !== 'Allow') return [statement]
    const left = statement.Principal.RAM.filter((arn) => !isGone(arn))
    return left.length === 0 ? [] : [{ ...statement, Principal: { RAM: left } }]
  })
  return rest.length === 0 ? defaultPolicy([keyOwner]) : { Version, Statement: rest }
}

export const ownershipRules = {
  SetSharingOwnership: (ctx, { Ownership }, { instance }) => {
    const { accountId, instanceId } = instance
    assertInstanceOwner(ctx, instance)
    if (instance.status !== 'Connected') throw new ServiceError('Forbidden.DKMSInstanceStateInvalid')
    ctx.db.write((tx) => {
      const now = tx.instances.get(instanceId)
      if (!now) throw new ServiceError('Forbidden.DKMSInstanceNotFound')
      if (now.ownership === Ownership) return
      if (now.ownership === 'Independent')
        throw new ServiceError(
          'UnsupportedOperation',
          { reason: 'Independent ownership cannot be changed back.' },
          { Reason: 'OwnershipFinal' },
        )
      tx.instances.put({ ...now, ownership: Ownership })
      for (const key of keysOf(tx, now))
        if (key.policy && key.accountId !== accountId)
          tx.keys.put({ ...key, policy: policyWithout(key.policy, accountId, key.accountId) })
    })
    return {}
  },
} satisfies Rules<'SetSharingOwnership'>
