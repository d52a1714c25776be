import { parsePolicy } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import type { InstanceStatus } from '#src/api/contract/states.ts'
import type { Rules } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'
import { putKey } from './grants.ts'
import { assertNotOwnersAccount } from './ownership.ts'

/** The one policy that a key has. */
const policyName = 'default'

/** Policies live in KMS: they can be changed while the proxy is away (assumed), not before the instance was ever up. */
const changeable: ReadonlySet<InstanceStatus> = new Set(['Connected', 'Disconnected'])

function assertDefaultPolicy(name: string | undefined): void {
  if ((name ?? policyName) !== policyName) throw new ServiceError('Forbidden.ResourceNotFound')
}

function assertChangeable(instance: InstanceRow | undefined): asserts instance {
  if (!instance || !changeable.has(instance.status)) throw new ServiceError('Forbidden.DKMSInstanceStateInvalid')
}

/** KMS API 2016-01-20. Only keys in instances have a policy. */
export const policyRules = {
  GetKeyPolicy: (_, { PolicyName }, { key }) => {
    if (key.policy === null) throw new ServiceError('Forbidden.KeyPolicyUnSupported')
    assertDefaultPolicy(PolicyName)
    return { Policy: JSON.stringify(key.policy) }
  },
  SetKeyPolicy: (ctx, { PolicyName, Policy }, { key }) => {
    if (key.policy === null || key.instanceId === null) throw new ServiceError('Forbidden.KeyPolicyUnSupported')
    assertDefaultPolicy(PolicyName)
    const policy = parsePolicy(Policy)
    if (isProblem(policy)) throw invalidParameter('Policy', policy)
    const instance = ctx.db.read.instances.get(key.instanceId)
    assertChangeable(instance)
    assertNotOwnersAccount(policy, instance, key.accountId)
    ctx.db.write((tx) => putKey(tx, instance, { ...key, policy }, ctx.now))
    return {}
  },
} satisfies Rules<'GetKeyPolicy' | 'SetKeyPolicy'>
