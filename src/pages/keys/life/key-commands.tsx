import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useCommands, type Command } from '#src/components/shortcuts/commands.ts'
import { useText } from '#src/i18n/use-text.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { editedCards } from './cards.ts'
import type { KeyActionsProps } from './key-actions.tsx'
import { mainVerb, menuVerbs, verbBlocker } from './verbs.ts'

/** Offers the open key's verbs and cards to the command palette. Draws nothing; loads after the page. */
export default function KeyCommands(props: Omit<KeyActionsProps, 'isBusy' | 'inRow'>): null {
  const { subject, facts, region, onAct } = props
  const t = useText('life.menu')
  const verbText = useText('life.verb')
  const blockerText = useBlockerText()
  const navigate = useNavigate()
  const { keyId, name } = subject
  const commands = useMemo((): readonly Command[] => {
    const verbs = [mainVerb(facts), ...menuVerbs(facts)].map((verb): Command => {
      const blocker = verbBlocker(verb, facts)
      return {
        id: `verb ${verb}`,
        label: verbText(verb),
        group: name,
        disabledReason: blocker ? blockerText(blocker) : undefined,
        run: () => onAct(verb, { keyId, name }),
      }
    })
    const cards = editedCards.map((card): Command => ({
      id: `card ${card}`,
      label: t(card),
      group: name,
      run: () => void navigate({ to: '/keys/$keyId', params: { keyId }, search: { region }, hash: card }),
    }))
    const access: Command = {
      id: 'access',
      label: t('access'),
      group: name,
      run: () => void navigate({ to: '/keys/$keyId/access', params: { keyId }, search: { region } }),
    }
    return [...verbs, ...cards, access]
  }, [facts, keyId, name, region, onAct, t, verbText, blockerText, navigate])
  useCommands(commands)
  return null
}
