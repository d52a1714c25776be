import { useCallback, useSyncExternalStore } from 'react'
import { useApi } from '#src/api/api.tsx'

const minuteMs = 60_000
/** How often is looked, ms: what is shown is at most so much behind. */
const every = 10_000

/** Begun minutes until a moment of the cloud's clock (ms since the epoch); 0 when it is past, and for null. */
export function useMinutesLeft(until: number | null): number {
  const { backend } = useApi()
  const subscribe = useCallback(
    (changed: () => void) => {
      if (until === null) return () => {}
      const stop = backend.onChange(changed)
      const timer = setInterval(changed, every)
      return () => {
        stop()
        clearInterval(timer)
      }
    },
    [backend, until],
  )
  return useSyncExternalStore(subscribe, () =>
    until === null ? 0 : Math.max(0, Math.ceil((until - backend.now()) / minuteMs)),
  )
}
