/** Like a real account: external instances of every standing, and keys in every state and trouble. */
import { build } from './build.ts'
import { defaultKeys, keys, managerKeys } from './default-keys.ts'
import { usage } from './default-usage.ts'
import { instances } from './names.ts'
import type { InstancePlan, Plan } from './plan.ts'
import { endpointServiceHost } from '#mocks/kms/vpcs.ts'
import { publicHost } from '#mocks/xki/sites.ts'
import type { Scenario } from './world.ts'

export const instancePlans: readonly InstancePlan[] = [
  {
    ...instances.payments,
    type: 'External',
    age: 345,
    accessQuota: 5,
    boundVpcs: 1,
    proxy: { connectivity: 'Public', endpoint: publicHost, uriPathPrefix: '/payments' },
  },
  {
    ...instances.archive,
    type: 'External',
    age: 310,
    status: 'Disconnected',
    proxy: { connectivity: 'VpcEndpointService', endpoint: endpointServiceHost, uriPathPrefix: '/archive' },
  },
  {
    ...instances.group,
    type: 'External',
    age: 195,
    keyQuota: 100,
    accessQuota: 5,
    sharedTo: ['partner'],
    proxy: { connectivity: 'Public', endpoint: publicHost, uriPathPrefix: '/group', dialect: 'xki' },
  },
  {
    ...instances.settlement,
    type: 'External',
    account: 'partner',
    age: 208,
    accessQuota: 5,
    sharedTo: ['main'],
    proxy: { connectivity: 'VpcEndpointService', endpoint: endpointServiceHost, uriPathPrefix: '/settlement' },
  },
  { ...instances.software, type: 'Software', age: 356, accessQuota: 3, boundVpcs: 1 },
  { ...instances.hardware, type: 'Hardware', age: 350 },
  { ...instances.recovery, type: 'External', age: 6, status: 'Uninitialized' },
  { ...instances.softwareBought, type: 'Software', age: 2, status: 'Uninitialized' },
  { ...instances.softwareShanghai, type: 'Software', age: 168 },
  { ...instances.softwareSingapore, type: 'Software', age: 84, charge: 'POSTPAY', accessQuota: 2 },
]

export const defaultPlan: Plan = {
  scenario: 'default',
  instances: instancePlans,
  keys,
  defaultKeys,
  externalKeys: managerKeys,
  usage,
  withdrawals: [],
}

export const defaultScenario: Scenario = (ingredients) => build(defaultPlan, ingredients)
