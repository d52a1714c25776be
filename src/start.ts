import {
  StartError,
  type Backend,
  type Identity,
  type ScenarioChoice,
  type StartProblem,
} from './api/contract/backend.ts'

export type Started =
  | { readonly ok: true; readonly backend: Backend; readonly identities: readonly Identity[] }
  | { readonly ok: false; readonly problem: StartProblem; readonly detail: string }

/** The scenario that a link asks for: `?scenario=<name>&seed=<number>`; seed 1 unless said. Undefined where it asks for none. */
export function scenarioOf(search: string): ScenarioChoice | undefined {
  const params = new URLSearchParams(search)
  const name = params.get('scenario')
  const seed = Number(params.get('seed') ?? 1)
  return name === null || name === '' ? undefined : { name, seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 1 }
}

/** Starts `connect`, and tells a failure as a problem that can be put into words. */
export async function start(connect: () => Promise<Backend>): Promise<Started> {
  try {
    const backend = await connect()
    return { ok: true, backend, identities: await backend.identities() }
  } catch (error) {
    const cause = error instanceof StartError ? (error.cause ?? error) : error
    return {
      ok: false,
      problem: error instanceof StartError ? error.problem : 'failed',
      detail: cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause),
    }
  }
}
