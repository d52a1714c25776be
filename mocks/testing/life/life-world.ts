/** The world in which keys live at random: the small one, without its keys, and with key quotas that are soon used up. */
import { userArn } from '#src/api/contract/arn.ts'
import type { World } from '#mocks/scenarios/world.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'
import { account, instanceId, smallWorld } from '#mocks/testing/small-world.ts'
import { limits, policies, type ModelKind, type PolicyName } from './model.ts'

export const instanceIds: Readonly<Record<ModelKind, string>> = {
  external: instanceId,
  software: 'kst-hzz69a5412800000000002',
}

export async function lifeWorld(): Promise<World> {
  const { cloud, vault } = await smallWorld()
  const external = { ...cloud.instances[0]!, keyQuota: limits.keyUnits.external }
  const software: InstanceRow = {
    ...external,
    instanceId: instanceIds.software,
    name: 'software',
    type: 'Software',
    proxy: null,
    keyQuota: limits.keyUnits.software,
  }
  return { cloud: { ...cloud, instances: [external, software], keys: [], aliases: [] }, vault }
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
