/**
 * What pages, their workers and the workers of one origin say to each other. Everything here survives structured cloning.
 *
 * Pages talk to a worker over a port; workers talk to each other on a broadcast channel. At most one worker, the holder, has the cloud:
 * a worker that is not the holder passes calls on to it. A holder's time in office is a *term* with an ID of its own.
 */
import type { Change, Fault, Identity, ScenarioChoice, StartProblem } from '#src/api/contract/backend.ts'
import type { WireRequest, WireResponse } from './wire.ts'

/** Raised with every change of this file. Workers of different builds meet on the channel. */
export const protocol = 1

/** What a holder answers. */
export interface Calls {
  readonly fetch: (request: WireRequest) => WireResponse
  readonly identities: () => readonly Identity[]
  readonly signingKey: (accessKeyId: string) => CryptoKey
  readonly scenario: () => ScenarioChoice
  readonly scenarios: () => readonly string[]
  readonly load: (choice: ScenarioChoice) => void
  readonly reset: () => void
  readonly advanceClock: (ms: number) => void
  readonly faults: () => readonly Fault[]
  readonly setFaults: (faults: readonly Fault[]) => void
}
export type Method = keyof Calls
export type Call = { [M in Method]: { readonly method: M; readonly args: Parameters<Calls[M]> } }[Method]

export type Value = ReturnType<Calls[Method]>
/** How a call ended. `problem`: storage is the reason. */
export type Outcome =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly problem: StartProblem | null }

/** A call of one page to the holder of one term: another term's holder does not answer it. */
export interface CallMessage {
  readonly kind: 'call'
  readonly id: string
  readonly term: string
  readonly call: Call
}
export interface AnswerMessage {
  readonly kind: 'answer'
  readonly id: string
  readonly outcome: Outcome
}
export interface ChangedMessage {
  readonly kind: 'changed'
  readonly change: Change
  /** The cloud's clock minus the host's, ms. */
  readonly clockOffsetMs: number
}

export type PageMessage = { readonly kind: 'hello'; readonly base: string } | CallMessage

export type WorkerMessage =
  /** Answers `hello`. The worker holds the Web Lock `lifeLock(worker)` until it ends. */
  | { readonly kind: 'welcome'; readonly worker: string }
  /** There is a holder, and what is sent now reaches it. `here`: it is this very worker. */
  | { readonly kind: 'holder'; readonly term: string; readonly here: boolean; readonly clockOffsetMs: number }
  /** The last one has ended, and this worker is about to be the next: what is sent before it says so reaches nobody. */
  | { readonly kind: 'vacant' }
  /** There is none, or none that this build understands. Another `hello` tries again. */
  | { readonly kind: 'refused'; readonly problem: StartProblem; readonly reason: string }
  | AnswerMessage
  | ChangedMessage

/** `who` and `holder` keep their form in every protocol, so that builds recognise each other. */
export type ChannelMessage = { readonly protocol: number } & (
  | { readonly kind: 'who' }
  | { readonly kind: 'holder'; readonly term: string; readonly clockOffsetMs: number }
  | CallMessage
  | AnswerMessage
  | ChangedMessage
)

/** Held by the holder: whoever has it may open the stored data. */
export const cloudLock = (base: string): string => `kms-cloud:${base}`
/** Held by a worker as long as it lives: whoever gets it knows that the worker has ended. */
export const lifeLock = (worker: string): string => `kms-worker:${worker}`
export const channelName = (base: string): string => `kms-cloud:${base}`
/** One database per party and base path, so that two deployments on one origin share nothing. */
export const databaseName = (party: 'cloud' | 'vault', base: string): string => `kms-${party}:${base}`
