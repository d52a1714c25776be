import { firstActions } from './first-actions.ts'
import { laterActions } from './later-actions.ts'

/** Every action that the console calls. The console itself imports the two halves, the second when it is needed. */
export const consoleActions = { ...firstActions, ...laterActions } as const

export type ConsoleActions = typeof consoleActions
export type ConsoleActionName = keyof ConsoleActions
