/** A cloud on a port as the console's backend: signed requests as any client makes them, and what nobody tells is looked for. */
import { ApiError } from '#src/api/api-error.ts'
import { clockHeader, type Backend, type Change } from '#src/api/contract/backend.ts'
import { signIn, type SignedIn } from './sign-in.ts'

/** What others change is seen after this long at the latest, ms, while the page is looked at. */
const lookAgainMs = 30_000
/** Of the cloud's clock: less is the way of the answer. */
const clockJumpMs = 2000

export interface HttpBackendOptions {
  /** Ends in `/`. */
  readonly address: string
  readonly isOwnOrigin: boolean
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  readonly signedIn: SignedIn
  /** ms since the epoch by the computer's clock. */
  readonly endsAt: number
  /** Told of new credentials; null: of none any more. Resolves with their end when they are kept, or gone. */
  readonly keep: (signedIn: SignedIn | null) => Promise<number>
  /** Begins the console anew. */
  readonly beginAnew: () => void
  readonly wallNow: () => number
  /** Calls back every so many ms while the page is looked at, and when it is looked at again. Returns how to stop. */
  readonly whileLookedAt: (ms: number, work: () => void) => () => void
}

/** Whatever somebody else may have changed. */
const others: readonly Change['table'][] = ['keys', 'aliases', 'instances', 'sharing', 'externalKeys', 'usage']

/** Its credentials are refused here when the sign-in has ended, in the words of a session that has. */
const ended = (): ApiError =>
  new ApiError({
    kind: 'refused',
    action: 'SignIn',
    code: 'InvalidSecurityToken.Expired',
    message: 'The sign-in has ended.',
  })

export function createHttpBackend(options: HttpBackendOptions): Backend {
  const { address, isOwnOrigin, keep, beginAnew, wallNow, whileLookedAt } = options
  const listeners = new Set<(change: Change) => void>()
  let { signedIn, endsAt } = options
  let clockOffsetMs = 0
  let stop: (() => void) | null = null

  function announce(table: Change['table']): void {
    for (const listener of listeners) listener({ table, ids: [] })
  }

  /** The cloud's clock may stand elsewhere than the computer's, and jump. */
  function hearClock(headers: Headers): void {
    const told = Number(headers.get(clockHeader) ?? NaN)
    if (Number.isNaN(told)) return
    const offset = told - wallNow()
    if (Math.abs(offset - clockOffsetMs) < clockJumpMs) return
    clockOffsetMs = offset
    announce('clock')
  }

  const place = {
    address,
    fetch: async (url: string, init: RequestInit): Promise<Response> => {
      const response = await options.fetch(url, init)
      hearClock(response.headers)
      return response
    },
  }

  return {
    ...place,
    hasManager: isOwnOrigin,
    identities: async () => [signedIn.identity],
    credentials: async () => {
      if (wallNow() >= endsAt) throw ended()
      return signedIn.credentials
    },
    now: () => wallNow() + clockOffsetMs,
    onChange: (listener) => {
      listeners.add(listener)
      stop ??= whileLookedAt(lookAgainMs, () => others.forEach(announce))
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = null
      }
    },
    // An answer is the cloud's, or there is none.
    revive: async () => {},
    lab: null,
    signIn: {
      again: async (given) => {
        const next = await signIn(place, given)
        const isSame = next.identity.arn === signedIn.identity.arn
        const end = await keep(next)
        if (!isSame) {
          beginAnew()
          return
        }
        // It is the one who is there: what it did before goes on.
        signedIn = { ...next, identity: signedIn.identity }
        endsAt = end
      },
      signOut: async () => {
        await keep(null)
        beginAnew()
      },
    },
  }
}
