import { absentActions } from './absent.ts'
import { aliasActions } from './aliases.ts'
import { cryptoActions } from './crypto.ts'
import { directoryActions } from './directory.ts'
import { explanationActions } from './explanations.ts'
import { extensionActions } from './extensions.ts'
import { instanceActions } from './instances.ts'
import { keyActions } from './keys.ts'
import { sharingActions } from './sharing.ts'
import { stsActions } from './sts.ts'
import { tagActions } from './tags.ts'
import { versionActions } from './versions.ts'

/** Every action that the console calls: all that it loads of the contract's definitions before the first page. */
export const consoleActions = {
  ...instanceActions,
  ...keyActions,
  ...aliasActions,
  ...tagActions,
  ...cryptoActions,
  ...versionActions,
  ...absentActions,
  ...extensionActions,
  ...explanationActions,
  ...directoryActions,
  ...stsActions,
  ...sharingActions,
} as const

export type ConsoleActions = typeof consoleActions
export type ConsoleActionName = keyof ConsoleActions

export const isConsoleAction = (name: string): name is ConsoleActionName => Object.hasOwn(consoleActions, name)
