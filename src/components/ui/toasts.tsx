import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react'
import { whenFirstToast } from './toast.ts'

const ToastRegion = lazy(() => import('./toast-region.tsx'))

/** Where toasts appear; its code loads with the first one. */
export function Toasts(): ReactNode {
  const [wanted, setWanted] = useState(false)
  useEffect(() => whenFirstToast(() => setWanted(true)), [])
  return wanted ? (
    <Suspense>
      <ToastRegion />
    </Suspense>
  ) : null
}
