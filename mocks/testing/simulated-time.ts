/** A clock that jumps to whatever is slept for next: hours of paced work in milliseconds, always in the same order. */
export interface SimulatedTime {
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
  /** Lets time pass until the condition holds, or until nobody sleeps any more. Returns whether it holds. */
  readonly until: (condition: () => boolean) => Promise<boolean>
}

export function simulatedTime(start = 0): SimulatedTime {
  let time = start
  let sleepers: { readonly at: number; readonly wake: () => void }[] = []
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  return {
    now: () => time,
    sleep: (ms) =>
      new Promise((wake) => {
        sleepers.push({ at: time + ms, wake })
      }),
    until: async (condition) => {
      for (;;) {
        await settled()
        if (condition()) return true
        if (sleepers.length === 0) return false
        time = Math.max(time, Math.min(...sleepers.map(({ at }) => at)))
        const due = sleepers.filter(({ at }) => at <= time)
        sleepers = sleepers.filter(({ at }) => at > time)
        for (const { wake } of due) wake()
      }
    },
  }
}
