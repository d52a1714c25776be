import type { ActionInput, ActionOutput } from './action.ts'
import { consoleActions } from './console-actions.ts'
import { ramActions } from './ram.ts'
import { ramPolicyActions } from './ram-policies.ts'

/**
 * Every action that this build answers. Names are the endpoint, the query key and the row of every table keyed by action. The console
 * itself knows `consoleActions` only.
 */
export const actions = { ...consoleActions, ...ramActions, ...ramPolicyActions } as const

export type Actions = typeof actions
export type ActionName = keyof Actions
export type Input<N extends ActionName> = ActionInput<Actions[N]>
export type Output<N extends ActionName> = ActionOutput<Actions[N]>

export const isActionName = (name: string): name is ActionName => Object.hasOwn(actions, name)
