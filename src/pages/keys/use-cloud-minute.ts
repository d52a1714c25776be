import { useCallback, useSyncExternalStore } from 'react'
import { useApi } from '#src/api/api.tsx'

const minuteMs = 60_000

/** The cloud's clock, ms, to the minute: it goes on by itself, and jumps when the clock is moved. */
export function useCloudMinute(): number {
  const { backend } = useApi()
  const subscribe = useCallback(
    (changed: () => void) => {
      const stop = backend.onChange(changed)
      const timer = setInterval(changed, minuteMs)
      return () => {
        stop()
        clearInterval(timer)
      }
    },
    [backend],
  )
  return useSyncExternalStore(subscribe, () => Math.floor(backend.now() / minuteMs) * minuteMs)
}
