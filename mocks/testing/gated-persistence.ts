import type { Persistence, RowChange } from '#mocks/store/store.ts'

/** A port whose writes wait until they are let through, fail, or are cut off by a crash. */
export interface GatedPersistence extends Persistence {
  /** Writes that wait, oldest first: `write` calls never overlap, so there is one at most. */
  readonly waiting: () => readonly RowChange[] | null
  readonly pass: () => Promise<void>
  readonly fail: (cause: unknown) => Promise<void>
  /** The process ends: the write that waits is on the disk or not, and nobody hears of it. */
  readonly crash: (written: boolean) => Promise<void>
}

interface Pending {
  readonly changes: readonly RowChange[]
  readonly carryOut: () => Promise<void>
  readonly resolve: () => void
  readonly reject: (cause: unknown) => void
}

export function gatedPersistence(inner: Persistence): GatedPersistence {
  let pending: Pending | null = null
  const gate = (changes: readonly RowChange[], carryOut: () => Promise<void>): Promise<void> =>
    new Promise((resolve, reject) => {
      if (pending) throw new Error('Two writes overlap.')
      pending = { changes, carryOut, resolve, reject }
    })
  const take = (): Pending => {
    if (!pending) throw new Error('No write waits.')
    const taken = pending
    pending = null
    return taken
  }
  return {
    load: inner.load,
    write: (changes) => gate(changes, () => inner.write(changes)),
    replace: (changes) => gate(changes, () => inner.replace(changes)),
    waiting: () => pending?.changes ?? null,
    async pass() {
      const { carryOut, resolve } = take()
      await carryOut()
      resolve()
    },
    async fail(cause) {
      take().reject(cause)
    },
    async crash(written) {
      const taken = pending
      pending = null
      if (written) await taken?.carryOut()
    },
  }
}
