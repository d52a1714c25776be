/**
 * The port between the console and what stands behind it. The console knows requests (the rest of this folder) and this:
 * who may be acted as, how their requests are signed, what changed, and, with the emulator only, the lab.
 */
import type { ActionName } from './actions.ts'
import type { Hop } from './errors.ts'
import type { FaultKind } from './faults.ts'

/** Header on every answer of the emulator: an answer without it never reached the emulator. */
export const markHeader = 'x-kms-console-backend'
/** Header that lists the extensions used in an answer. */
export const extensionHeader = 'x-kms-extension'

export interface Identity {
  readonly accessKeyId: string
  readonly accountId: string
  readonly accountName: string
  readonly kind: 'account' | 'user'
  /** The RAM user's name; the account's name for the account itself. */
  readonly name: string
  readonly arn: string
  /** Message key of what this identity is for, `scenario.identity.<about>`, loaded with the identity menu. */
  readonly about: string
  /** Roles that it may assume at this moment, by its RAM policies and by the role's trust policy. */
  readonly assumableRoles: readonly AssumableRole[]
}

export interface AssumableRole {
  readonly arn: string
  readonly accountId: string
  readonly accountName: string
  readonly name: string
  readonly displayName: string
  /** What a session lasts at most. */
  readonly maxSeconds: number
}

/** Changed rows by kind, as the emulator announces them after a commit. */
export interface Change {
  readonly table:
    | 'keys'
    | 'aliases'
    | 'instances'
    | 'sharing'
    | 'externalKeys'
    | 'identities'
    | 'usage'
    | 'clock'
    | 'everything'
  readonly ids: readonly string[]
}

export type StartProblem =
  /** Not https and not localhost: crypto.subtle does not exist. */
  | 'insecureContext'
  | 'serviceWorkerBlocked'
  | 'storageRefused'
  | 'storageFull'
  /** The stored cloud was written by a newer build. */
  | 'storedByNewerBuild'
  | 'storageDamaged'
  /** Another tab runs a build whose protocol this one does not speak. */
  | 'otherBuildRuns'
  /** The build holds no emulator, and no other backend is there yet. */
  | 'noBackend'
  | 'failed'

export class StartError extends Error {
  override readonly name = 'StartError'
  readonly problem: StartProblem
  constructor(problem: StartProblem, options?: { cause?: unknown }) {
    super(problem, options)
    this.problem = problem
  }
}

export interface Backend {
  /** In the order in which the identity menu shows them; the first is signed in by default. */
  readonly identities: () => Promise<readonly Identity[]>
  /** A non-extractable HMAC-SHA-256 key that signs for the access key. Rejects for an unknown one. */
  readonly signingKey: (accessKeyId: string) => Promise<CryptoKey>
  /** Milliseconds since the epoch by the cloud's clock. */
  readonly now: () => number
  readonly onChange: (listener: (change: Change) => void) => () => void
  /** Called when an answer lacks the mark; resolves when requests are intercepted again. */
  readonly revive: () => Promise<void>
  /** Null where no emulator stands behind the console. */
  readonly lab: Lab | null
}

/** A named fault of the cloud. `hop` is the party that misbehaves; `action` narrows it to one action's requests. */
export interface Fault {
  readonly id: string
  readonly hop: Hop
  readonly kind: FaultKind
  readonly action?: ActionName | undefined
  /** For `latency`, milliseconds. */
  readonly ms?: number | undefined
  /** How many requests it still hits; undefined: until cleared. */
  readonly times?: number | undefined
}

export interface ScenarioChoice {
  readonly name: string
  /** Draws the scenario's identifiers; the same seed gives the same world. */
  readonly seed: number
}

/** Time, faults and worlds. No interface shows it yet; links (`?scenario=`) and tests use it. */
export interface Lab {
  readonly scenario: () => Promise<ScenarioChoice>
  readonly scenarios: () => Promise<readonly string[]>
  /** Replaces the whole cloud. Rejects for an unknown name. */
  readonly load: (choice: ScenarioChoice) => Promise<void>
  /** The scenario that runs, from its beginning. */
  readonly reset: () => Promise<void>
  /** Moves the cloud's clock; signature times stay with the wall clock. */
  readonly advanceClock: (ms: number) => Promise<void>
  readonly faults: () => Promise<readonly Fault[]>
  readonly setFaults: (faults: readonly Fault[]) => Promise<void>
}
