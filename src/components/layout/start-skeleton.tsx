import type { ReactNode } from 'react'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import layout from './layout.module.css'
import { Mark } from './mark.tsx'
import bar from './top-bar.module.css'

/** The shell without words, while messages and backend are on their way: the same boxes, so that nothing jumps. */
export function StartSkeleton(): ReactNode {
  return (
    <div className={layout.shell} aria-busy>
      <div className={bar.bar}>
        <span className={bar.home}>
          <Mark />
        </span>
      </div>
      <div className={layout.nav} />
      <div className={layout.main}>
        <Skeleton width="long" />
      </div>
    </div>
  )
}
