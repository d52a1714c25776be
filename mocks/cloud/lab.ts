/** Time, faults and worlds: what tests and links turn, and nothing else may. */
import type { Fault, Lab, ScenarioChoice } from '#src/api/contract/backend.ts'
import type { Hop } from '#src/api/contract/errors.ts'
import { faultKinds, managerFaultKinds, type FaultKind } from '#src/api/contract/faults.ts'
import { gatewayFaults, type FaultBoard } from '#mocks/gateway/faults.ts'

export interface LabParts {
  /** The one that runs. */
  readonly scenario: () => ScenarioChoice
  readonly scenarios: () => Promise<readonly string[]>
  readonly faults: FaultBoard
  readonly load: (choice: ScenarioChoice) => Promise<void>
  /** Moves the cloud's clock; resolves when that is durable. */
  readonly moveClock: (ms: number) => Promise<void>
}

const kindsOf: Readonly<Record<Hop, ReadonlySet<string>>> = {
  kms: gatewayFaults,
  proxy: new Set(faultKinds),
  keyManager: new Set(managerFaultKinds),
}

export function createLab({ scenario, scenarios, faults, load, moveClock }: LabParts): Lab {
  return {
    scenario: async () => scenario(),
    scenarios,
    load: async (choice) => {
      if (!(await scenarios()).includes(choice.name)) throw new RangeError(`There is no scenario ${choice.name}.`)
      await load(choice)
    },
    reset: () => load(scenario()),
    advanceClock: async (ms) => {
      if (!Number.isSafeInteger(ms) || ms < 0) throw new RangeError('The clock moves forward by whole milliseconds.')
      await moveClock(ms)
    },
    faults: async () => faults.list(),
    setFaults: async (next) => {
      for (const fault of next) checkFault(fault)
      faults.set(next)
    },
  }
}

function checkFault({ id, hop, kind, ms, times }: Fault): void {
  if (!kindsOf[hop].has(kind satisfies FaultKind)) throw new RangeError(`${id}: the hop ${hop} has no fault ${kind}.`)
  if (kind === 'latency' && !(ms !== undefined && ms >= 0)) throw new RangeError(`${id}: latency needs milliseconds.`)
  if (times !== undefined && !(Number.isInteger(times) && times > 0)) throw new RangeError(`${id}: times starts at 1.`)
}
