import type { ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import { StatusMark, type StatusShape, type StatusTone } from './status-mark.tsx'

type Look = 'enabled' | 'disabled' | 'pendingDeletion' | 'pendingImport' | 'unavailable'

const looks: Readonly<Record<Look, { shape: StatusShape; tone: StatusTone }>> = {
  enabled: { shape: 'dot', tone: 'ok' },
  disabled: { shape: 'ring', tone: 'idle' },
  pendingDeletion: { shape: 'square', tone: 'bad' },
  pendingImport: { shape: 'ring', tone: 'warn' },
  unavailable: { shape: 'triangle', tone: 'warn' },
}

const ofState: Readonly<Record<'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport', Look>> = {
  Enabled: 'enabled',
  Disabled: 'disabled',
  PendingDeletion: 'pendingDeletion',
  PendingImport: 'pendingImport',
}

/**
 * The state of a key. `unavailable`: Enabled, but a condition outside KMS fails, said in words. `detail`: e.g. the countdown of a deletion.
 */
export function KeyStateMark(props: {
  state: keyof typeof ofState
  unavailable?: ReactNode
  detail?: ReactNode
}): ReactNode {
  const { state, unavailable, detail } = props
  const t = useText('ui')
  const look = state === 'Enabled' && unavailable !== undefined ? 'unavailable' : ofState[state]
  return <StatusMark {...looks[look]} label={t(`state.${look}`)} detail={unavailable ?? detail} />
}

/** The word for a state, where no mark stands: a filter, a list of choices. */
export function useKeyStateText(): (state: keyof typeof ofState) => string {
  const t = useText('ui.state')
  return (state) => t(ofState[state])
}
