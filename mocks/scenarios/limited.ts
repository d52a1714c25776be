import type { ScenarioName } from './names.ts'

const limited: readonly string[] = ['throttled' satisfies ScenarioName]

/** Whether a scenario's cloud keeps the published rate limits. Apart from the scenarios: it is asked of every stored cloud. */
export const enforcesRates = (scenario: string): boolean => limited.includes(scenario)
