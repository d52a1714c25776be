import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, type MouseEvent, type ReactNode } from 'react'
import { Shortcuts } from '#src/components/shortcuts/shortcuts.tsx'
import { WorkPlace } from '#src/components/in-hand/work-place.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { noteRegion } from '#src/preferences/recent-regions.ts'
import styles from './layout.module.css'
import { Navigation } from './navigation.tsx'
import { TopBar } from './top-bar.tsx'
import { focusHeading } from './route-focus.ts'
import { useRegion } from './use-region.ts'

/** The frame around every page. */
export function Layout(): ReactNode {
  const t = useText('shell')
  const main = useRef<HTMLElement>(null)
  const region = useRegion()
  const arrived = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname })
  const shown = useRef<string>(undefined)

  useEffect(() => noteRegion(region), [region])

  useEffect(() => {
    // The first page leaves the focus to the browser; tabs, filters and panels change the search only and keep it where it is.
    if (arrived !== undefined && shown.current !== undefined && arrived !== shown.current) focusHeading(main.current)
    shown.current = arrived
  }, [arrived])

  function skip(event: MouseEvent): void {
    event.preventDefault()
    main.current?.focus()
  }

  return (
    <div className={styles.shell}>
      <a href="#main" className={styles.skip} onClick={skip}>
        {t('skip')}
      </a>
      <TopBar />
      <div className={styles.nav}>
        <Navigation />
      </div>
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <WorkPlace />
      <Shortcuts />
    </div>
  )
}
