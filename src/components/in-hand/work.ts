/** Work that takes minutes and goes on while one moves about the console. One at a time: its pace is the account's, not a panel's. */
import type { ComponentType } from 'react'

export interface Work {
  /** Over the page. Closing it leaves the work alone; `onEnd` forgets it. */
  readonly Panel: ComponentType<{ readonly onClose: () => void; readonly onEnd: () => void }>
  /** What the way back to it says: words alone. */
  readonly Summary: ComponentType
  /** Whether leaving the console would cut it off. */
  readonly isUnderWay: () => boolean
  /** It is forgotten: nothing more is to be begun. */
  readonly end: () => void
}

export interface WorkState {
  readonly work: Work
  readonly isOpen: boolean
}

const listeners = new Set<() => void>()
let current: WorkState | null = null

function put(next: WorkState | null): void {
  current = next
  for (const listener of listeners) listener()
}

export const currentWork = (): WorkState | null => current

export function onWork(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Shows new work in the place of the last. Whoever calls it has seen that nothing is under way. */
export function beginWork(work: Work): void {
  current?.work.end()
  put({ work, isOpen: true })
}

export function showWork(isOpen: boolean): void {
  if (current) put({ ...current, isOpen })
}

/** Work says that it has begun or ended being under way. */
export function noteWork(work: Work): void {
  if (current?.work === work) put({ ...current })
}

/** Forgets this work, if it is still the one. */
export function endWork(work: Work): void {
  if (current?.work !== work) return
  work.end()
  put(null)
}
