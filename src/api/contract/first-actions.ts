import { aliasActions } from './aliases.ts'
import { extensionActions } from './extensions.ts'
import { instanceActions } from './instances.ts'
import { keyActions } from './keys.ts'
import { stsActions } from './sts.ts'
import { tagActions } from './tags.ts'

/** What the key list calls: the part of the contract that the console loads before its first page. */
export const firstActions = {
  ...instanceActions,
  ...keyActions,
  ...aliasActions,
  ...tagActions,
  ...extensionActions,
  ...stsActions,
} as const

export type FirstActionName = keyof typeof firstActions

export const isFirstAction = (name: string): name is FirstActionName => Object.hasOwn(firstActions, name)
