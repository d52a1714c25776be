export interface Turns {
  /** Runs side by side with other shared work. */
  readonly shared: <T>(work: () => Promise<T>) => Promise<T>
  /** Waits until what runs has ended, holds back what comes, and runs alone. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
}

/** Requests run side by side; replacing the whole cloud waits for them, so that none writes into a world that it never read. */
export function createTurns(): Turns {
  const running = new Set<Promise<unknown>>()
  let exclusive: Promise<unknown> = Promise.resolve()

  return {
    async shared(work) {
      for (let seen; seen !== exclusive; await seen) seen = exclusive
      const turn = work()
      running.add(turn)
      try {
        return await turn
      } finally {
        running.delete(turn)
      }
    },
    alone(work) {
      const turn = exclusive.then(async () => {
        await Promise.allSettled(running)
        return work()
      })
      exclusive = turn.catch(() => {})
      return turn
    },
  }
}
