import X from 'lucide-react/icons/x'
import { Suspense, useCallback, useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { focusHeading } from '#src/components/layout/route-focus.ts'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { endWork, showWork, type WorkState } from './work.ts'
import styles from './work-in-hand.module.css'

/** The panel of the work that goes on, or the way back to it. */
export default function WorkInHand({ state }: { state: WorkState }): ReactNode {
  const { work, isOpen } = state
  const { Panel, Summary } = work
  const t = useText('ui.work')
  const wayBack = useRef<HTMLButtonElement>(null)
  useFocusAfter(isOpen, wayBack)

  useEffect(() => {
    function warn(event: BeforeUnloadEvent): void {
      if (work.isUnderWay()) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [work])

  if (isOpen)
    return (
      <Suspense>
        <Panel onClose={() => showWork(false)} onEnd={() => endWork(work)} />
      </Suspense>
    )
  return (
    <div role="region" aria-label={t('label')} className={styles.pill}>
      <button ref={wayBack} type="button" className={styles.open} onClick={() => showWork(true)}>
        <Summary />
      </button>
      {work.isUnderWay() ? null : (
        <Button
          variant="quiet"
          iconOnly
          aria-label={t('dismiss')}
          icon={<X size={16} aria-hidden />}
          onClick={() => endWork(work)}
        />
      )}
    </div>
  )
}

/** Where the panel was opened may be gone when it closes: the way back to the work has the focus then, or the page's heading. */
function useFocusAfter(isOpen: boolean, wayBack: RefObject<HTMLButtonElement | null>): void {
  const focus = useCallback(() => {
    if (document.activeElement !== document.body) return
    if (wayBack.current) wayBack.current.focus()
    else focusHeading(document.querySelector('main'))
  }, [wayBack])
  // The panel gives the focus back first.
  useEffect(() => (isOpen ? () => void requestAnimationFrame(focus) : undefined), [isOpen, focus])
}
