import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react'
import { useRegion } from '#src/components/layout/use-region.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { readKey, sequenceMs, type ShortcutId } from './keymap.ts'
import { onOpenShortcuts, type ShortcutDialog } from './open.ts'
import { moveInTable } from './table-keys.ts'

const CommandPalette = lazy(() => withMessages(['shortcuts'], import('./command-palette.tsx')))
const ShortcutHelp = lazy(() => withMessages(['shortcuts'], import('./shortcut-help.tsx')))

/** Where the shortcuts that go somewhere lead. */
const pages = { goKeys: '/keys', goAccess: '/access', goActivity: '/activity', goManager: '/key-manager' } as const

/** Where a key press is text, or somebody else's: fields, menus, and everything under a dialog. */
const notHere =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"]'

const isTaken = (event: KeyboardEvent): boolean =>
  event.defaultPrevented ||
  event.isComposing ||
  event.composedPath().some((target) => target instanceof Element && target.matches(notHere))

/** A field that the page marks as its search. */
const searchField = (): HTMLElement | null =>
  document.querySelector<HTMLElement>('[role="search"] :is(input, button[aria-haspopup])') ??
  document.querySelector<HTMLElement>('[role="search"] :is(select, button)')

/** Listens for shortcuts on every page, and holds the two dialogs that they open. */
export function Shortcuts(): ReactNode {
  const [open, setOpen] = useState<ShortcutDialog | null>(null)
  const navigate = useNavigate()
  const region = useRegion()
  const first = useRef<{ key: string; at: number } | null>(null)
  const close = useCallback(() => setOpen(null), [])

  useEffect(() => onOpenShortcuts(setOpen), [])

  function run(id: ShortcutId): void {
    switch (id) {
      case 'search': {
        const field = searchField()
        if (field) field.focus()
        else setOpen('palette')
        return
      }
      case 'palette':
      case 'help':
        setOpen(id)
        return
      case 'goDefaultKeys':
        void navigate({ to: '/keys', search: { region, tab: 'default' } })
        return
      default:
        void navigate({ to: pages[id], search: { region } })
    }
  }

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (isTaken(event)) return
    if (moveInTable(event)) {
      event.preventDefault()
      return
    }
    const begun = first.current && event.timeStamp - first.current.at <= sequenceMs ? first.current.key : null
    // Shift and the like alone are not a key of a sequence.
    if (event.key.length > 1) return
    const reading = readKey(event, begun)
    first.current = reading && 'waitsAfter' in reading ? { key: reading.waitsAfter, at: event.timeStamp } : null
    if (!reading || !('found' in reading)) return
    event.preventDefault()
    run(reading.found)
  })
  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  if (open === null) return null
  return (
    <Suspense>{open === 'palette' ? <CommandPalette onClose={close} /> : <ShortcutHelp onClose={close} />}</Suspense>
  )
}
