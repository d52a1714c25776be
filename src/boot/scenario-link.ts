/** Links that open the console on a named cloud: `?scenario=<name>&seed=<n>`. */
import type { ScenarioChoice } from '#src/api/contract/backend.ts'

export type ScenarioLinkProblem =
  | { readonly code: 'badSeed'; readonly seed: string }
  | { readonly code: 'unknownScenario'; readonly name: string }

export interface ScenarioLink {
  /** Null: the address names none, or names one wrongly. */
  readonly choice: ScenarioChoice | null
  readonly problem: ScenarioLinkProblem | null
  /** The address without it, to be put in its place once the scenario is loaded: a reload then keeps the data. */
  readonly href: string
}

const defaultSeed = 1
const seedPattern = /^\d{1,9}$/

export function readScenarioLink(href: string): ScenarioLink {
  const url = new URL(href)
  const name = url.searchParams.get('scenario')
  const seed = url.searchParams.get('seed')
  if (name === null) return { choice: null, problem: null, href }
  url.searchParams.delete('scenario')
  url.searchParams.delete('seed')
  if (seed !== null && !seedPattern.test(seed)) {
    return { choice: null, problem: { code: 'badSeed', seed }, href: url.href }
  }
  return { choice: { name, seed: seed === null ? defaultSeed : Number(seed) }, problem: null, href: url.href }
}

/** What is wrong with the link, known once the cloud has told the names of its scenarios. */
export function scenarioLinkProblem(link: ScenarioLink, names: readonly string[]): ScenarioLinkProblem | null {
  if (link.problem || !link.choice || names.includes(link.choice.name)) return link.problem
  return { code: 'unknownScenario', name: link.choice.name }
}
