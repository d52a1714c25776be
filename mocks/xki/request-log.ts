/** The key manager's own log: every request that the proxy was sent, how it ended, and nothing of what it held. Gone with a restart. */
import type { ManagerRequest } from '#src/api/contract/key-manager.ts'
import type { Asked } from './dialects/server.ts'

/** `asked` null: the request was refused before its body was read. */
export type NewLogEntry = Pick<ManagerRequest, 'dialect' | 'operation' | 'keyId' | 'status' | 'error'> & {
  readonly asked: Asked | null
}

export interface RequestLog {
  readonly add: (entry: NewLogEntry) => void
  /** Newest first; of one external key, where it is given. */
  readonly list: (keyId?: string) => readonly ManagerRequest[]
}

/** What KMS sends to be logged is as long as KMS likes. */
const cut = (text: string | null | undefined): string | null => text?.slice(0, 2048) ?? null

/** Keeps the newest `capacity` requests. `now`: ms since the epoch. */
export function createRequestLog(now: () => number, capacity = 1000): RequestLog {
  const entries: ManagerRequest[] = []
  return {
    add: ({ asked, ...entry }) => {
      entries.push({
        ...entry,
        time: new Date(now()).toISOString(),
        kmsOperation: cut(asked?.action),
        kmsRequestId: cut(asked?.requestId),
        kmsKeyArn: cut(asked?.keyArn),
        principalArn: cut(asked?.principalArn),
      })
      if (entries.length > capacity) entries.shift()
    },
    list: (keyId) => entries.filter((entry) => keyId === undefined || entry.keyId === keyId).reverse(),
  }
}
