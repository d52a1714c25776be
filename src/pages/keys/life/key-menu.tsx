import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import MenuPopup from '#src/components/ui/menu-popup.tsx'
import type { MenuEntry, MenuPlace } from '#src/components/ui/menu.ts'
import { useText } from '#src/i18n/use-text.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { editedCards } from './cards.ts'
import type { KeyActionsProps } from './key-actions.tsx'
import { menuVerbs, verbBlocker } from './verbs.ts'

/** The menu of a key, loaded when it is first wanted. */
export default function KeyMenu(props: MenuPlace & KeyActionsProps): ReactNode {
  const { subject, facts, region, onAct, ...place } = props
  const t = useText('life.menu')
  const verbText = useText('life.verb')
  const blockerText = useBlockerText()
  const verbs = menuVerbs(facts).map((verb): MenuEntry => {
    const blocker = verbBlocker(verb, facts)
    return {
      id: verb,
      label: verbText(verb),
      danger: verb === 'scheduleDeletion',
      detail: verb === 'scheduleDeletion' && facts.isProtected ? t('protected') : undefined,
      disabledReason: blocker ? blockerText(blocker) : undefined,
      onSelect: () => onAct(verb, subject),
    }
  })
  const cards = editedCards.map((card): MenuEntry => ({
    id: card,
    label: t(card),
    link: <Link to="/keys/$keyId" params={{ keyId: subject.keyId }} search={{ region }} hash={card} />,
  }))
  return (
    <MenuPopup
      {...place}
      sections={[
        { id: 'life', entries: verbs },
        { id: 'cards', label: t('cards'), entries: cards },
      ]}
    />
  )
}
