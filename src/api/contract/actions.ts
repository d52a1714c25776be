import { absentActions } from './absent.ts'
import type { ActionInput, ActionOutput } from './action.ts'
import { aliasActions } from './aliases.ts'
import { cryptoActions } from './crypto.ts'
import { explanationActions } from './explanations.ts'
import { extensionActions } from './extensions.ts'
import { instanceActions } from './instances.ts'
import { keyActions } from './keys.ts'
import { ramActions } from './ram.ts'
import { ramPolicyActions } from './ram-policies.ts'
import { stsActions } from './sts.ts'
import { sharingActions } from './sharing.ts'
import { tagActions } from './tags.ts'
import { versionActions } from './versions.ts'

/** Every action that this build answers. Names are the endpoint, the query key and the row of every table keyed by action. */
export const actions = {
  ...instanceActions,
  ...keyActions,
  ...aliasActions,
  ...tagActions,
  ...cryptoActions,
  ...versionActions,
  ...absentActions,
  ...extensionActions,
  ...ramActions,
  ...ramPolicyActions,
  ...explanationActions,
  ...stsActions,
  ...sharingActions,
} as const

export type Actions = typeof actions
export type ActionName = keyof Actions
export type Input<N extends ActionName> = ActionInput<Actions[N]>
export type Output<N extends ActionName> = ActionOutput<Actions[N]>

export const isActionName = (name: string): name is ActionName => Object.hasOwn(actions, name)
