import { createContext, lazy, Suspense, useCallback, useContext, useState, type ReactNode } from 'react'

const ConfirmDialog = lazy(() => import('./confirm-dialog.tsx'))

export interface Confirmation {
  readonly title: string
  readonly body: ReactNode
  /** The deed itself as a verb, e.g. *Disable*. */
  readonly confirmLabel: string
  /** The other way out; *Cancel* unless said. */
  readonly cancelLabel?: string | undefined
  readonly danger?: boolean | undefined
  /** The dialog stays until it resolves, and shows the error if it rejects. */
  readonly run: () => Promise<unknown> | void
  /** It has left the screen, and has given the focus back to what opened it, if that is still there. */
  readonly onClosed?: (() => void) | undefined
}

const ConfirmContext = createContext<((confirmation: Confirmation) => void) | null>(null)

/** Asks before something is done: `confirm({ title, body, confirmLabel, run })`. */
export function useConfirm(): (confirmation: Confirmation) => void {
  const confirm = useContext(ConfirmContext)
  if (!confirm) throw new Error('useConfirm is used outside ConfirmProvider.')
  return confirm
}

/** Holds the one confirmation dialog. `renderError` puts what `run` rejected with into words. */
export function ConfirmProvider(props: { renderError: (error: unknown) => ReactNode; children: ReactNode }): ReactNode {
  const [asked, setAsked] = useState<{ readonly confirmation: Confirmation; readonly turn: number } | null>(null)
  const confirm = useCallback(
    (confirmation: Confirmation) => setAsked((before) => ({ confirmation, turn: (before?.turn ?? 0) + 1 })),
    [],
  )
  // It may leave the screen when the next one stands there already.
  const close = useCallback(() => {
    setAsked((now) => (now === asked ? null : now))
    asked?.confirmation.onClosed?.()
  }, [asked])
  return (
    <ConfirmContext value={confirm}>
      {props.children}
      {asked ? (
        <Suspense>
          <ConfirmDialog
            key={asked.turn}
            confirmation={asked.confirmation}
            renderError={props.renderError}
            onClose={close}
          />
        </Suspense>
      ) : null}
    </ConfirmContext>
  )
}
