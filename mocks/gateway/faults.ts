/** Step 4, second half: named faults of the cloud (lab). The board holds those of every hop; this step applies the gateway's own. */
import type { ActionName } from '#src/api/contract/actions.ts'
import type { Fault } from '#src/api/contract/backend.ts'
import type { Hop } from '#src/api/contract/errors.ts'
import type { FaultKind } from '#src/api/contract/faults.ts'
import { ServiceError } from '#mocks/service-error.ts'

export interface FaultBoard {
  readonly list: () => readonly Fault[]
  readonly set: (faults: readonly Fault[]) => void
  /** The faults that hit this request at this hop, in their order. Each one's `times` counts down. */
  readonly take: (hop: Hop, action: string) => readonly Fault[]
  /** Those that hit whatever comes at this hop, and however often. Nothing counts down. */
  readonly standing: (hop: Hop) => readonly Fault[]
}

const none: readonly Fault[] = []

export function createFaultBoard(): FaultBoard {
  let faults: readonly Fault[] = []
  return {
    list: () => faults,
    set: (next) => {
      faults = next
    },
    take: (hop, action) => {
      if (faults.length === 0) return none
      const hits = faults.filter((fault) => fault.hop === hop && (fault.action ?? action) === action)
      faults = faults
        .map((fault) =>
          hits.includes(fault) && fault.times !== undefined ? { ...fault, times: fault.times - 1 } : fault,
        )
        .filter((fault) => fault.times !== 0)
      return hits
    },
    standing: (hop) =>
      faults.filter((fault) => fault.hop === hop && fault.action === undefined && fault.times === undefined),
  }
}

/**
 * The connection broke: no answer of any kind. The pipeline turns it into `Response.error()`, which the browser host hands to the
 * page as a failed fetch, and the Node host as a closed connection.
 */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

/** What the gateway does for a fault of hop `kms`. `lostAnswer` is carried out first and lost at the end. */
const effects: Partial<Record<FaultKind, (fault: Fault, sleep: (ms: number) => Promise<void>) => Promise<void>>> = {
  latency: (fault, sleep) => sleep(fault.ms ?? 0),
  throttle: () => Promise.reject(new ServiceError('Rejected.Throttling')),
  error: () => Promise.reject(new ServiceError('ServiceUnavailableTemporary')),
  unreachable: () => Promise.reject(new ConnectionLost()),
  lostAnswer: () => Promise.resolve(),
}

/** The kinds of fault that the gateway knows. */
export const gatewayFaults: ReadonlySet<string> = new Set(Object.keys(effects))

/** Applies what hits this request. Returns whether its answer is to be lost. */
export async function injectFaults(
  board: FaultBoard,
  action: ActionName,
  sleep: (ms: number) => Promise<void>,
): Promise<boolean> {
  const hits = board.take('kms', action)
  for (const fault of hits) await effects[fault.kind]?.(fault, sleep)
  return hits.some((fault) => fault.kind === 'lostAnswer')
}
