/** The default scenario under the published rate limits, which every other one leaves off. */
import { build } from './build.ts'
import { defaultPlan } from './default.ts'
import type { Scenario } from './world.ts'

export const throttledScenario: Scenario = (ingredients) =>
  build({ ...defaultPlan, scenario: 'throttled' }, ingredients)
