/** Nonces that were used, per access key, for as long as the request that used one would still be in time. Memory is bounded. */
import { limits } from '#src/api/contract/rules.ts'

export interface Nonces {
  /** Whether a request of this date must be refused because its nonce is, or may be, used. */
  readonly isUsed: (accessKeyId: string, nonce: string, date: number, now: number) => boolean
  /** Remembers the nonce; false where another request was faster. */
  readonly take: (accessKeyId: string, nonce: string, date: number, now: number) => boolean
}

/** One access key's nonces by the second in which their requests were signed. */
interface Window {
  readonly byDate: Map<number, Set<string>>
  count: number
  /** Dates up to here are forgotten, and so refused altogether. */
  forgotten: number
  /** When dates that are no longer in time were last dropped. */
  sweptAt: number
}

/** When an access key's window is full, its oldest second is forgotten and refused from then on: the window narrows, a replay never passes. */
export function createNonces(capacityPerAccessKey = 100_000): Nonces {
  const windows = new Map<string, Window>()

  function windowOf(accessKeyId: string, now: number): Window {
    let window = windows.get(accessKeyId)
    if (!window)
      windows.set(accessKeyId, (window = { byDate: new Map(), count: 0, forgotten: -Infinity, sweptAt: now }))
    // Requests are dated by the second, and their time was looked at before.
    if (Math.abs(now - window.sweptAt) >= 1000) {
      for (const date of window.byDate.keys()) if (date < now - limits.signatureSkewMs) drop(window, date)
      window.sweptAt = now
    }
    return window
  }

  function drop(window: Window, date: number): void {
    window.count -= window.byDate.get(date)!.size
    window.byDate.delete(date)
  }

  const used = (window: Window, nonce: string, date: number): boolean =>
    date <= window.forgotten || (window.byDate.get(date)?.has(nonce) ?? false)

  return {
    isUsed: (accessKeyId, nonce, date, now) => used(windowOf(accessKeyId, now), nonce, date),
    take: (accessKeyId, nonce, date, now) => {
      const window = windowOf(accessKeyId, now)
      if (used(window, nonce, date)) return false
      while (window.count >= capacityPerAccessKey) {
        window.forgotten = Math.min(...window.byDate.keys())
        drop(window, window.forgotten)
      }
      if (date <= window.forgotten) return false
      const nonces = window.byDate.get(date) ?? new Set()
      window.byDate.set(date, nonces.add(nonce))
      window.count += 1
      return true
    },
  }
}
