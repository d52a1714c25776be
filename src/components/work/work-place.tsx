import X from 'lucide-react/icons/x'
import { Suspense, useEffect, useRef, useSyncExternalStore, type ReactNode, type RefObject } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { focusHeading } from '#src/components/layout/route-focus.ts'
import { useText } from '#src/i18n/use-text.ts'
import { currentWork, endWork, onWork, showWork } from './work.ts'
import styles from './work-place.module.css'

/** Holds the work that goes on: its panel, or the way back to it, on whichever page one is. */
export function WorkPlace(): ReactNode {
  const t = useText('ui.work')
  const state = useSyncExternalStore(onWork, currentWork)
  const work = state?.work
  const wayBack = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!work) return
    function warn(event: BeforeUnloadEvent): void {
      if (work?.isUnderWay()) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [work])

  useFocusAfter(state?.isOpen ?? false, wayBack)

  if (!state) return null
  const { Panel, Summary, isUnderWay } = state.work
  const end = (): void => endWork(state.work)
  if (state.isOpen)
    return (
      <Suspense>
        <Panel onClose={() => showWork(false)} onEnd={end} />
      </Suspense>
    )
  return (
    <div role="region" aria-label={t('label')} className={styles.pill}>
      <button ref={wayBack} type="button" className={styles.open} onClick={() => showWork(true)}>
        <Summary />
      </button>
      {isUnderWay() ? null : (
        <Button variant="quiet" iconOnly aria-label={t('dismiss')} icon={<X size={16} aria-hidden />} onClick={end} />
      )}
    </div>
  )
}

/** Where the panel was opened may be gone when it closes: the way back to the work has the focus then, or the page's heading. */
function useFocusAfter(isOpen: boolean, wayBack: RefObject<HTMLButtonElement | null>): void {
  const wasOpen = useRef(false)
  useEffect(() => {
    const closed = wasOpen.current && !isOpen
    wasOpen.current = isOpen
    if (!closed) return
    // The panel gives the focus back first.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement !== document.body) return
      if (wayBack.current) wayBack.current.focus()
      else focusHeading(document.querySelector('main'))
    })
    return () => cancelAnimationFrame(frame)
  }, [isOpen, wayBack])
}
