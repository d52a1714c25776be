import { useCallback, useSyncExternalStore } from 'react'
import { useApi } from '#src/api/api.tsx'

/** The cloud's clock, ms, in steps: it goes on by itself, and jumps when the clock is moved. */
export function useCloudTime(stepMs: number): number {
  const { backend } = useApi()
  const subscribe = useCallback(
    (changed: () => void) => {
      const stop = backend.onChange(changed)
      const timer = setInterval(changed, stepMs)
      return () => {
        stop()
        clearInterval(timer)
      }
    },
    [backend, stepMs],
  )
  return useSyncExternalStore(subscribe, () => Math.floor(backend.now() / stepMs) * stepMs)
}
