/** The default scenario under the published rate limits, which every other one leaves off. */
import { build } from './build.ts'
import { defaultPlan } from './default.ts'
import type { ScenarioName } from './names.ts'
import type { Scenario } from './world.ts'

const scenario: ScenarioName = 'throttled'

export const throttledScenario: Scenario = (ingredients) => build({ ...defaultPlan, scenario }, ingredients)

export const enforcesRates = (name: string): boolean => name === scenario
