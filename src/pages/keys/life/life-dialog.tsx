import { useEffect, useRef, useState, type ReactNode } from 'react'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { focusHeading } from '#src/components/layout/route-focus.ts'
import { Button } from '#src/components/ui/button.tsx'
import { DialogFrame } from '#src/components/ui/dialog-frame.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import type { Asked } from './use-key-life.tsx'
import type { LiveKey } from './use-live-key.ts'
import { isReached, verbBlocker } from './verbs.ts'

/**
 * The shell of every dialog about a key's life. It watches the key: whoever was faster, or the clock, is answered on screen, and what was
 * typed stays. Refusals of the API are shown in place.
 */
export function LifeDialog(props: {
  asked: Asked
  live: LiveKey
  title: string
  /** What it leads to, read out when the dialog opens. */
  consequence: ReactNode
  danger?: boolean
  /** Why it cannot be done yet, apart from what the key itself says. */
  wait?: string | undefined
  /** Resolves when it is done. */
  run: () => Promise<unknown>
  onClose: () => void
  children?: ReactNode
}): ReactNode {
  const { asked, live, title, consequence, danger = false, wait, run, onClose } = props
  const t = useText('life')
  const ui = useText('ui')
  const [open, setOpen] = useState(true)
  const [progress, setProgress] = useState<'asking' | 'running' | 'done'>('asking')
  const [error, setError] = useState<unknown>(null)
  const failure = useRef<HTMLDivElement>(null)
  const cancel = useRef<HTMLButtonElement>(null)
  const obstacle = useObstacle(asked, live)
  const isRunning = progress === 'running'
  const close = (): void => setOpen(false)

  useEffect(() => {
    if (error !== null) failure.current?.scrollIntoView({ block: 'nearest' })
  }, [error])

  async function confirm(): Promise<void> {
    setProgress('running')
    setError(null)
    try {
      await run()
      setProgress('done')
      showToast({ tone: 'ok', title: t(`done.${asked.verb}`), detail: asked.name })
      close()
    } catch (failed) {
      setProgress('asking')
      setError(failed)
    }
  }

  return (
    <DialogFrame
      open={open}
      title={title}
      description={consequence}
      busy={isRunning}
      wide
      initialFocus={cancel}
      onRequestClose={close}
      onClosed={() => {
        // Where it was opened may be gone by now, a row or a whole page.
        if (document.activeElement === document.body) focusHeading(document.querySelector('main'))
        onClose()
      }}
      foot={
        <>
          <Button ref={cancel} disabledReason={isRunning ? ui('submitting') : undefined} onClick={close}>
            {ui('cancel')}
          </Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={isRunning}
            disabledReason={progress === 'asking' ? (obstacle?.words ?? wait) : undefined}
            onClick={() => void confirm()}
          >
            {t(`verb.${asked.verb}`)}
          </Button>
        </>
      }
    >
      {/* While the answer is on its way, the key may already be seen in its new state. */}
      {obstacle && progress === 'asking' ? (
        <Notice tone={obstacle.tone} live title={obstacle.words}>
          {obstacle.more}
        </Notice>
      ) : null}
      {props.children}
      <div ref={failure}>{error === null ? null : <ErrorNotice error={error} />}</div>
    </DialogFrame>
  )
}

interface Obstacle {
  readonly tone: 'bad' | 'info' | 'warn'
  readonly words: string
  readonly more?: string
}

/** What has come in between since the dialog was opened; null: nothing. */
function useObstacle({ verb }: Asked, { gone, facts }: LiveKey): Obstacle | null {
  const t = useText('life')
  const blockerText = useBlockerText()
  if (gone) return { tone: 'bad', words: t(`gone.${gone}`), more: t('gone.note') }
  if (!facts) return null
  if (verb !== 'protect' && isReached(verb, facts)) return { tone: 'info', words: t(`reached.${verb}`) }
  const blocker = verbBlocker(verb, facts)
  return blocker && { tone: 'warn', words: blockerText(blocker) }
}
