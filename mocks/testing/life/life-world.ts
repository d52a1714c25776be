/** The world in which keys live at random: the small one, without its keys, and with a key quota that is soon used up. */
import { userArn } from '#src/api/contract/arn.ts'
import type { World } from '#mocks/scenarios/world.ts'
import { account, externalKeyId, instanceId, smallWorld } from '#mocks/testing/small-world.ts'
import { limits, policies, type PolicyName } from './model.ts'

export const instanceIds = { external: instanceId } as const
export const externalKeyIds = [externalKeyId] as const

export async function lifeWorld(): Promise<World> {
  const { cloud, vault } = await smallWorld()
  const instances = cloud.instances.map((row) => ({ ...row, keyQuota: limits.keysOfInstance }))
  return { cloud: { ...cloud, instances, keys: [], aliases: [] }, vault }
}

export function policyText(name: PolicyName): string {
  const statement = (Effect: string, arn: string, actions: readonly string[]) =>
    actions.length === 0
      ? []
      : [{ Effect, Principal: { RAM: [arn] }, Action: actions.map((action) => `kms:${action}`), Resource: ['*'] }]
  return JSON.stringify({
    Version: '1',
    Statement: [
      ...statement('Allow', `acs:ram::${account}:*`, ['*']),
      ...statement('Allow', userArn(account, 'nobody'), policies[name].nobodyMay),
      ...statement('Deny', userArn(account, 'admin'), policies[name].adminMayNot),
    ],
  })
}
