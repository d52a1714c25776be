/** The default scenario while nothing answers where the proxies should be. */
import { build } from './build.ts'
import { defaultPlan, instancePlans } from './default.ts'
import { offlineHost } from '#mocks/xki/sites.ts'
import type { Scenario } from './world.ts'

const instances = instancePlans.map((plan) =>
  plan.proxy ? { ...plan, proxy: { ...plan.proxy, endpoint: offlineHost } } : plan,
)

export const proxyDownScenario: Scenario = (ingredients) =>
  build({ ...defaultPlan, scenario: 'proxy-down', instances }, ingredients)
