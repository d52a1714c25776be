/** What can be done with a key, in its row and at the head of its page: the verb nearest at hand as a button, the rest in a menu. */
import Ellipsis from 'lucide-react/icons/ellipsis'
import { lazy, type ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { loadDialogs, type KeyLife, type Subject } from './use-key-life.tsx'
import styles from './life.module.css'
import { mainVerb, verbBlocker } from './verbs.ts'

const loadMenu = () => withMessages(['life'], import('./key-menu.tsx'))
const KeyMenu = lazy(loadMenu)

export interface KeyActionsProps {
  readonly subject: Subject
  readonly facts: KeyFacts
  readonly region: string
  /** It is being enabled. */
  readonly isBusy: boolean
  readonly onAct: KeyLife['act']
  /** In a row the key is named, for those who do not see the row. */
  readonly inRow?: boolean
}

export function KeyActions(props: KeyActionsProps): ReactNode {
  const { subject, facts, isBusy, onAct, inRow = false } = props
  const t = useText('keys.action')
  const blockerText = useBlockerText()
  const verb = mainVerb(facts)
  const blocker = verbBlocker(verb, facts)
  const menu = {
    align: 'end',
    popup: (place) => <KeyMenu {...place} {...props} />,
    preload: () => void loadMenu(),
  } as const satisfies Partial<Parameters<typeof MenuButton>[0]>
  return (
    <>
      <Button
        variant={inRow ? 'link' : 'plain'}
        {...(inRow ? { 'aria-label': t(`${verb}Of`, { key: subject.name }) } : {})}
        disabledReason={blocker ? blockerText(blocker) : undefined}
        busy={isBusy}
        onPointerEnter={() => void loadDialogs()}
        onClick={() => onAct(verb, subject)}
      >
        {inRow ? <span className={styles.rowVerb}>{t(verb)}</span> : t(verb)}
      </Button>
      {inRow ? (
        <span className={styles.rowMenu}>
          <MenuButton
            {...menu}
            variant="quiet"
            iconOnly
            aria-label={t('moreOf', { key: subject.name })}
            icon={<Ellipsis size={16} aria-hidden />}
          />
        </span>
      ) : (
        <MenuButton {...menu}>{t('more')}</MenuButton>
      )}
    </>
  )
}
