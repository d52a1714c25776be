/** The default scenario's account with 10,000 keys on `hyok-payments`, and 10,000 RAM users. */
import { limits } from '#src/api/contract/rules.ts'
import { build } from './build.ts'
import { defaultPlan, instancePlans } from './default.ts'
import { instances as names } from './names.ts'
import type { ExternalKeyPlan, KeyPlan } from './plan.ts'
import type { Scenario } from './world.ts'

const keyCount = 10_000
/** Beside the twelve that every scenario has. */
const staff = 9988

const externalKeys: readonly ExternalKeyPlan[] = Array.from({ length: 500 }, (_, index) => ({
  id: `bulk-${String(index + 1).padStart(3, '0')}`,
  name: '',
  age: 360,
}))

const environments = ['prod', 'staging', 'dev'] as const

function keyPlan(index: number): KeyPlan {
  return {
    age: Math.floor((index * 350) / keyCount),
    externalKeyId: externalKeys[index % externalKeys.length]!.id,
    state: index % 11 === 10 ? 'Disabled' : 'Enabled',
    description: `Tenant ${index + 1}`,
    tags: { env: environments[index % environments.length]!, tenant: String(index + 1) },
    ...(index < limits.aliasesPerAccountAndRegion ? { aliases: [`tenants/${index + 1}`] } : {}),
  }
}

const keys = { [names.payments.name]: Array.from({ length: keyCount }, (_, index) => keyPlan(index)) }
const instances = instancePlans.map((plan) =>
  plan.name === names.payments.name ? { ...plan, keyQuota: 2 * keyCount } : plan,
)

export const largeScenario: Scenario = (ingredients) =>
  build({ ...defaultPlan, scenario: 'large', instances, keys, externalKeys, usage: [], staff }, ingredients)
