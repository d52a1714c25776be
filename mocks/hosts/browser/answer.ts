import { StartError, type Change, type Identity, type Lab } from '#src/api/contract/backend.ts'
import type { Call, Calls, Method, Outcome, Value } from './messages.ts'
import { packResponse, unpackRequest } from './wire.ts'

/** The cloud, as far as it is served to pages. */
export interface ServedCloud {
  readonly fetch: (request: Request) => Promise<Response>
  readonly lab: Lab
  readonly identities: () => readonly Identity[] | Promise<readonly Identity[]>
  readonly signingKey: (accessKeyId: string) => CryptoKey | Promise<CryptoKey>
  /** The cloud's clock, ms since the epoch. */
  readonly now: () => number
  readonly onChange: (listener: (change: Change) => void) => () => void
}

type Answers = {
  readonly [M in Method]: (...args: Parameters<Calls[M]>) => ReturnType<Calls[M]> | Promise<ReturnType<Calls[M]>>
}

const answersOf = (cloud: ServedCloud): Answers => ({
  fetch: async (request) => packResponse(await cloud.fetch(unpackRequest(request))),
  identities: () => cloud.identities(),
  signingKey: (accessKeyId) => cloud.signingKey(accessKeyId),
  scenario: () => cloud.lab.scenario(),
  scenarios: () => cloud.lab.scenarios(),
  load: (choice) => cloud.lab.load(choice),
  reset: () => cloud.lab.reset(),
  advanceClock: (ms) => cloud.lab.advanceClock(ms),
  faults: () => cloud.lab.faults(),
  setFaults: (faults) => cloud.lab.setFaults(faults),
})

/** Never rejects. */
export function answerer(cloud: ServedCloud): (call: Call) => Promise<Outcome> {
  const answers = answersOf(cloud)
  return async ({ method, args }) => {
    try {
      const answer = answers[method] as (...given: typeof args) => Value | Promise<Value>
      return { ok: true, value: await answer(...args) }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return { ok: false, message, problem: error instanceof StartError ? error.problem : null }
    }
  }
}
