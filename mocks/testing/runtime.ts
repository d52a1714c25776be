import type { Runtime } from '#mocks/runtime.ts'

export interface TestRuntime extends Runtime {
  /** Moves the wall clock, and does what was put off until then. */
  readonly advance: (ms: number) => void
  /** Pauses that were asked for, ms; none of them is really waited for. */
  readonly pauses: readonly number[]
}

export const testStart = Date.parse('2026-03-02T08:00:00Z')

/** A runtime without ambient inputs: the clock stands until it is moved, and the same seed draws the same bytes and UUIDs. */
export function testRuntime(seed = 1): TestRuntime {
  let now = testStart
  let state = seed >>> 0
  const pauses: number[] = []
  let putOff: readonly { readonly at: number; readonly work: () => void }[] = []

  // mulberry32
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const randomBytes = (length: number): Uint8Array<ArrayBuffer> => Uint8Array.from({ length }, draw)

  return {
    wallNow: () => now,
    finely: () => now,
    sleep: async (ms) => void pauses.push(ms),
    randomBytes,
    uuid: () => {
      const bytes = randomBytes(16)
      bytes[6] = (bytes[6]! & 0x0f) | 0x40
      bytes[8] = (bytes[8]! & 0x3f) | 0x80
      const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
      return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    },
    later: (ms, work) => {
      putOff = [...putOff, { at: now + ms, work }].sort((a, b) => a.at - b.at)
    },
    advance: (ms) => {
      const end = now + ms
      for (let [next] = putOff; next && next.at <= end; [next] = putOff) {
        now = next.at
        putOff = putOff.slice(1)
        next.work()
      }
      now = end
    },
    pauses,
  }
}
