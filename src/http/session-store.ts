/**
 * Who is signed in, over a reload of the tab: a key that cannot be read, and names. By tab and by cloud, for twelve hours at most. Where the browser
 * refuses storage, the tab remembers nothing.
 */
import { openDB, type DBSchema } from 'idb'
import type { Credentials, Identity } from '#src/api/contract/backend.ts'

export interface StoredSession {
  readonly credentials: Credentials
  readonly identity: Identity
  /** ms since the epoch by the computer's clock. */
  readonly endsAt: number
}

interface Schema extends DBSchema {
  sessions: { key: string; value: StoredSession }
}

export const sessionMs = 12 * 60 * 60_000

const databaseName = 'kms-console-sign-in'
const tabKey = 'kms.tab'

const open = () =>
  openDB<Schema>(databaseName, 1, {
    upgrade: (database) => {
      database.createObjectStore('sessions')
    },
  })

/** A tab that was duplicated has its original's. */
function tabId(): string {
  const known = sessionStorage.getItem(tabKey)
  if (known !== null) return known
  const drawn = crypto.randomUUID()
  sessionStorage.setItem(tabKey, drawn)
  return drawn
}

const placeOf = (address: string): string => `${tabId()} ${address}`

/** What ended is deleted, whichever tab it was of. */
export async function recallSession(address: string, now: number): Promise<StoredSession | null> {
  try {
    const database = await open()
    const keys = await database.getAllKeys('sessions')
    for (const key of keys) {
      const stored = await database.get('sessions', key)
      if (stored && stored.endsAt <= now) await database.delete('sessions', key)
    }
    const session = (await database.get('sessions', placeOf(address))) ?? null
    database.close()
    return session
  } catch {
    return null
  }
}

/** Null: forgets it. */
export async function rememberSession(address: string, session: StoredSession | null): Promise<void> {
  try {
    const database = await open()
    if (session) await database.put('sessions', session, placeOf(address))
    else await database.delete('sessions', placeOf(address))
    database.close()
  } catch {
    // Refused: the session lasts until the tab is reloaded.
  }
}
