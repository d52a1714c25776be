/** What a person does with a key's life: the one list behind its row, its menu and its page. */
import type { KeyState, StateAction } from '#src/api/contract/states.ts'
import { blockerOf, type Blocker, type KeyFacts } from '#src/pages/keys/offers.ts'

/** The action behind each verb. `reword` changes the description of a protection that is on. */
const actionOf = {
  enable: 'EnableKey',
  disable: 'DisableKey',
  protect: 'SetDeletionProtection',
  reword: 'SetDeletionProtection',
  unprotect: 'SetDeletionProtection',
  scheduleDeletion: 'ScheduleKeyDeletion',
  cancelDeletion: 'CancelKeyDeletion',
} as const satisfies Record<string, StateAction>
export type Verb = keyof typeof actionOf

/** Verbs that stand as buttons of their own. */
export type MainVerb = 'enable' | 'disable' | 'cancelDeletion'

/** The verb that leads out of each state, nearest at hand. */
const mainVerbs: Readonly<Record<KeyState, MainVerb>> = {
  Enabled: 'disable',
  Disabled: 'enable',
  PendingDeletion: 'cancelDeletion',
  PendingImport: 'enable',
}

export const mainVerb = ({ state }: Pick<KeyFacts, 'state'>): MainVerb => mainVerbs[state]

/** What stands in the menu beside the main verb. Of verbs that undo each other, the one that the key is ready for. */
export function menuVerbs({ state, isProtected }: Pick<KeyFacts, 'state' | 'isProtected'>): readonly Verb[] {
  const protection: readonly Verb[] = isProtected ? ['reword', 'unprotect'] : ['protect']
  return state === 'PendingDeletion' ? ['enable', ...protection] : [...protection, 'scheduleDeletion']
}

/** Why a verb is not offered; null: it is. Protection blocks no verb: the dialog of a deletion has its switch. */
export function verbBlocker(verb: Verb, facts: KeyFacts): Blocker | null {
  const blocker = blockerOf(actionOf[verb], facts)
  return blocker?.by === 'protection' ? null : blocker
}

/** What a verb leads to, and so what makes it pointless when somebody else was faster. */
const goals: Readonly<Record<Verb, (facts: Pick<KeyFacts, 'state' | 'isProtected'>) => boolean>> = {
  enable: ({ state }) => state === 'Enabled',
  disable: ({ state }) => state === 'Disabled',
  protect: ({ isProtected }) => isProtected,
  reword: ({ isProtected }) => !isProtected,
  unprotect: ({ isProtected }) => !isProtected,
  scheduleDeletion: ({ state }) => state === 'PendingDeletion',
  cancelDeletion: ({ state }) => state !== 'PendingDeletion',
}

export const isReached = (verb: Verb, facts: Pick<KeyFacts, 'state' | 'isProtected'>): boolean => goals[verb](facts)
