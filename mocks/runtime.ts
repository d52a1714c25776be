/** The one place with ambient inputs: wall clock, timers, randomness. Everything else in `mocks/` is handed these. */

export interface Runtime {
  /** Milliseconds since the epoch by the host's clock: signature times, nonces, and what takes its time whatever the cloud's clock says. */
  readonly wallNow: () => number
  /** The same, with fractions where the host has them: how long something took. */
  readonly finely: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Does something in `ms` by the host's clock, for nobody who waits, and keeps no process alive for it. `work` must not throw. */
  readonly later: (ms: number, work: () => void) => void
  readonly randomBytes: (length: number) => Uint8Array<ArrayBuffer>
  readonly uuid: () => string
}

/** In Node a timer keeps the process alive unless it is told not to; in a browser it is a number. */
const hasUnref = (timer: unknown): timer is { readonly unref: () => void } =>
  typeof timer === 'object' && timer !== null && 'unref' in timer

const startedAt = performance.timeOrigin

export const systemRuntime: Runtime = {
  wallNow: () => Date.now(),
  finely: () => startedAt + performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  later: (ms, work) => {
    const timer: unknown = setTimeout(work, ms)
    if (hasUnref(timer)) timer.unref()
  },
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  uuid: () => crypto.randomUUID(),
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'

/**
 * Text of base-36 characters drawn from a seed and a position: identifiers that are the same for the same seed.
 * Never feeds nonces or key material.
 */
export function seededText(seed: number, position: number, length: number): string {
  let state = (Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(position + 1, 0xc2b2ae35)) >>> 0
  let text = ''
  for (let index = 0; index < length; index++) {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    text += alphabet[((mixed ^ (mixed >>> 14)) >>> 0) % alphabet.length]
  }
  return text
}
