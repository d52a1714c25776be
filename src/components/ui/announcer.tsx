import { useSyncExternalStore, type ReactNode } from 'react'
import { VisuallyHidden } from './visually-hidden.tsx'

const listeners = new Set<() => void>()
let current = { text: '', turn: 0 }

/** Says something to screen readers, politely. The same words twice are said twice. */
export function announce(text: string): void {
  current = { text, turn: current.turn + 1 }
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The one live region; stands in the page from the start, because a region added with its words is not read. */
export function Announcer(): ReactNode {
  const { text, turn } = useSyncExternalStore(subscribe, () => current)
  return (
    <div aria-live="polite" aria-atomic>
      <VisuallyHidden>{turn % 2 === 0 ? text : `${text}\u00A0`}</VisuallyHidden>
    </div>
  )
}
