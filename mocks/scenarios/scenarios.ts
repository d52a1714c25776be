/** The named worlds of the emulator. */
import type { ScenarioChoice } from '#src/api/contract/backend.ts'
import { defaultScenario } from './default.ts'
import { emptyScenario } from './empty.ts'
import { largeScenario } from './large.ts'
import type { ScenarioName } from './names.ts'
import { proxyDownScenario } from './proxy-down.ts'
import { quotaFullScenario } from './quota-full.ts'
import { throttledScenario } from './throttled.ts'
import type { Ingredients, Scenario, World } from './world.ts'

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  default: defaultScenario,
  empty: emptyScenario,
  'proxy-down': proxyDownScenario,
  'quota-full': quotaFullScenario,
  throttled: throttledScenario,
  large: largeScenario,
}

/** Rejects with RangeError for an unknown name. */
export async function buildWorld(
  { name, seed }: ScenarioChoice,
  ingredients: Omit<Ingredients, 'seed'>,
): Promise<World> {
  if (!Object.hasOwn(scenarios, name)) throw new RangeError(`There is no scenario ${name}.`)
  return scenarios[name as ScenarioName]({ ...ingredients, seed })
}
