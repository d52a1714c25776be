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

/** On answers over HTTP: the cloud's clock, ms since the epoch, which may stand elsewhere than the computer's. */
export const clockHeader = 'x-kms-console-clock'

export interface Identity {
  readonly accessKeyId: string
  readonly accountId: string
  readonly accountName: string
  /** `role`: temporary credentials were signed in with. */
  readonly kind: 'account' | 'user' | 'role'
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
  | 'failed'

export class StartError extends Error {
  override readonly name = 'StartError'
  readonly problem: StartProblem
  constructor(problem: StartProblem, options?: { cause?: unknown }) {
    super(problem, options)
    this.problem = problem
  }
}

/** What requests are signed with. */
export interface Credentials {
  readonly accessKeyId: string
  /** Non-extractable HMAC-SHA-256. */
  readonly key: CryptoKey
  /** Of temporary credentials, which are nothing without it; null for an access key of an account or a user. */
  readonly securityToken: string | null
}

/** What somebody signs in with. It is a key that cannot be read as soon as it is given. */
export interface AccessKeyPair {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  /** Of temporary credentials. */
  readonly securityToken: string | null
}

/** Of a cloud that one signs in to. */
export interface SignIn {
  /** New credentials of whoever is signed in, for such as are no longer accepted. Rejects with the refusal, and changes nothing then. */
  readonly again: (given: AccessKeyPair) => Promise<void>
  /** Forgets the credentials, and begins anew at the page that is open. */
  readonly signOut: () => Promise<void>
}

export interface Backend {
  /** Below which it answers, ending in `/`. */
  readonly address: string
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Null: it offers its identities by itself. */
  readonly signIn: SignIn | null
  /** Whether the console may administer the external key manager. */
  readonly hasManager: boolean
  /** In the order in which the identity menu shows them; the first is signed in by default. */
  readonly identities: () => Promise<readonly Identity[]>
  /** Of one of its identities: asked for each request, as they may end. Rejects for an unknown access key; an ApiError that it rejects with is the call's. */
  readonly credentials: (accessKeyId: string) => Promise<Credentials>
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
