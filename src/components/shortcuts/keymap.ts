/** Which keys mean what, as plain data, and the reading of key presses. Single keys and two after one another; nothing inside inputs. */

export const shortcuts = {
  search: { keys: ['/'], group: 'everywhere' },
  palette: { keys: ['Mod+k'], group: 'everywhere' },
  help: { keys: ['?'], group: 'everywhere' },
  goKeys: { keys: ['g', 'k'], group: 'go' },
  goDefaultKeys: { keys: ['g', 'd'], group: 'go' },
  goAccess: { keys: ['g', 'a'], group: 'go' },
  goActivity: { keys: ['g', 'r'], group: 'go' },
  goManager: { keys: ['g', 'm'], group: 'go' },
} as const satisfies Record<string, { readonly keys: readonly string[]; readonly group: ShortcutGroup }>

export type ShortcutGroup = 'everywhere' | 'go' | 'table'
export type ShortcutId = keyof typeof shortcuts

/** Keys that move inside a table: listed in the help, read in table-keys.ts. */
export const tableKeys = {
  rows: ['↑', '↓'],
  cells: ['←', '→'],
  ends: ['Home', 'End'],
} as const

/** A second key counts this long after the first, ms. */
export const sequenceMs = 1500

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/** `Mod` is Control, or Command on a Mac. Alt makes letters of its own on many keyboards and is never part of a shortcut. */
function nameOf({ key, ctrlKey, metaKey, altKey }: KeyPress): string | null {
  if (altKey) return null
  if (ctrlKey || metaKey) return `Mod+${key.toLowerCase()}`
  return key
}

export type Reading =
  | { readonly found: ShortcutId }
  /** The first of two keys. */
  | { readonly waitsAfter: string }
  | null

/** `first`: the key that a sequence has begun with, null where none has. A key that continues nothing is read afresh. */
export function readKey(press: KeyPress, first: string | null): Reading {
  const name = nameOf(press)
  if (name === null) return null
  const entries = Object.entries(shortcuts) as [ShortcutId, { readonly keys: readonly string[] }][]
  const typed = first === null ? [name] : [first, name]
  const whole = entries.find(
    ([, { keys }]) => keys.length === typed.length && keys.every((key, at) => key === typed[at]),
  )
  if (whole) return { found: whole[0] }
  if (first !== null) return readKey(press, null)
  return entries.some(([, { keys }]) => keys.length > 1 && keys[0] === name) ? { waitsAfter: name } : null
}
