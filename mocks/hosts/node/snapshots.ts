/** Named snapshots, in memory: keys cannot be written down, and the rows of a snapshot are those of the cloud itself until they change. */
import type { Cloud, Snapshot } from '#mocks/cloud.ts'

/** So many are kept; the oldest goes first. */
const kept = 100

export interface Snapshots {
  /** Keeps everything as it is now; resolves with the name to restore it by. */
  readonly snapshot: () => Promise<string>
  /** As often as one likes. Rejects with RangeError for a name that is none. */
  readonly restore: (id: string) => Promise<void>
}

export function createSnapshots(cloud: Pick<Cloud, 'snapshot' | 'restore'>): Snapshots {
  const taken = new Map<string, Snapshot>()
  let count = 0
  return {
    snapshot: async () => {
      const snapshot = await cloud.snapshot()
      const id = `snapshot-${++count}`
      taken.set(id, snapshot)
      const [oldest] = taken.keys()
      if (taken.size > kept && oldest !== undefined) taken.delete(oldest)
      return id
    },
    restore: async (id) => {
      const snapshot = taken.get(id)
      if (!snapshot) throw new RangeError(`There is no snapshot ${id}; the last ${kept} of this process are kept.`)
      await cloud.restore(snapshot)
    },
  }
}
