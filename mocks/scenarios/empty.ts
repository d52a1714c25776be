/** The day before the first key: accounts, people and instances, and nothing at the key manager. */
import { build } from './build.ts'
import { defaultPlan } from './default.ts'
import type { Scenario } from './world.ts'

export const emptyScenario: Scenario = (ingredients) =>
  build({ ...defaultPlan, scenario: 'empty', keys: {}, defaultKeys: [], externalKeys: [], usage: [] }, ingredients)
