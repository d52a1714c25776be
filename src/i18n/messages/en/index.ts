import create from './create.json'
import details from './details.json'
import errors from './errors.json'
import keys from './keys.json'
import manager from './manager.json'
import rules from './rules.json'
import scenario from './scenario.json'
import shell from './shell.json'
import start from './start.json'
import ui from './ui.json'

export const messages = { create, details, errors, keys, manager, rules, scenario, shell, start, ui }

/** English sets the keys; every other language must have exactly these. */
export type Messages = typeof messages
