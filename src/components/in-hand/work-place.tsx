import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react'
import { currentWork, onWork } from './work.ts'

const WorkInHand = lazy(() => import('./work-in-hand.tsx'))

/** Holds the work that goes on, on whichever page one is. Its code comes with the first work. */
export function WorkPlace(): ReactNode {
  const state = useSyncExternalStore(onWork, currentWork)
  return state ? (
    <Suspense>
      <WorkInHand state={state} />
    </Suspense>
  ) : null
}
