export type ShortcutDialog = 'palette' | 'help'

const listeners = new Set<(dialog: ShortcutDialog) => void>()

export function onOpenShortcuts(listener: (dialog: ShortcutDialog) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Opens the palette or the list of shortcuts, as their keys do. */
export function openShortcuts(dialog: ShortcutDialog): void {
  for (const listener of listeners) listener(dialog)
}
