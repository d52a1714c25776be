import errors from './errors.json'
import keys from './keys.json'
import rules from './rules.json'
import shell from './shell.json'
import start from './start.json'
import ui from './ui.json'

export const messages = { errors, keys, rules, shell, start, ui }
