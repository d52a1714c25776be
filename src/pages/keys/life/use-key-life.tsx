import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react'
import { useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { Verb } from './verbs.ts'

export const loadDialogs = () => withMessages(['life'], import('./life-dialogs.tsx'))
const LifeDialogs = lazy(loadDialogs)

/** A key, and what the person knows it by: its first alias, else its ID. */
export interface Subject {
  readonly keyId: string
  readonly name: string
}

export interface Asked extends Subject {
  readonly verb: Exclude<Verb, 'enable'>
  readonly region: string
}

export interface KeyLife {
  /** Enables at once; every other verb asks in its dialog first. Stable. */
  readonly act: (verb: Verb, subject: Subject) => void
  /** The key that is being enabled. */
  readonly busyKeyId: string | null
  /** To be drawn where it outlives the key's own place: a row leaves the list, a page says that its key is gone. */
  readonly dialog: ReactNode
}

/** What people do with the life of the keys on a page. */
export function useKeyLife(region: string): KeyLife {
  const t = useText('keys.action')
  const [busyKeyId, setBusyKeyId] = useState<string | null>(null)
  const [asked, setAsked] = useState<(Asked & { readonly turn: number }) | null>(null)
  const { mutateAsync: enableKey } = useWrite('EnableKey', region)

  const enable = useCallback(
    async ({ keyId, name }: Subject) => {
      setBusyKeyId(keyId)
      try {
        await enableKey({ KeyId: keyId })
        showToast({ tone: 'ok', title: t('enabled'), detail: name })
      } catch (error) {
        showToast({ tone: 'bad', title: t('enableFailed'), detail: <ErrorNotice error={error} /> })
      } finally {
        setBusyKeyId(null)
      }
    },
    [enableKey, t],
  )
  const act = useCallback(
    (verb: Verb, { keyId, name }: Subject) => {
      if (verb === 'enable') void enable({ keyId, name })
      else setAsked((before) => ({ verb, keyId, name, region, turn: (before?.turn ?? 0) + 1 }))
    },
    [enable, region],
  )
  // The last dialog may leave the screen when the next one stands there already: it takes only itself away.
  const dialog = asked ? (
    <Suspense>
      <LifeDialogs
        key={asked.turn}
        asked={asked}
        onAct={act}
        onClose={() => setAsked((now) => (now === asked ? null : now))}
      />
    </Suspense>
  ) : null
  return { act, busyKeyId, dialog }
}
