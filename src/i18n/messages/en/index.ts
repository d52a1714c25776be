import type { lazyMessages } from './lazy.ts'
import errors from './errors.json'
import keys from './keys.json'
import rules from './rules.json'
import shell from './shell.json'
import start from './start.json'
import ui from './ui.json'

/** What the first page needs. The rest loads with the code that speaks it: see `withMessages`. */
export const messages = { errors, keys, rules, shell, start, ui }

/** English sets the keys; every other language must have exactly these. */
export type Messages = typeof messages & typeof lazyMessages
export type LazyNamespace = keyof typeof lazyMessages
