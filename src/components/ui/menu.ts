import type { ReactElement, ReactNode } from 'react'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  /** Second line. */
  readonly detail?: string | undefined
  readonly icon?: ReactNode
  readonly onSelect?: (() => void) | undefined
  /** A link to render the entry as, e.g. the router's `<Link to="/keys" />`. */
  readonly link?: ReactElement | undefined
  /** Given: the entry is one of its section's choices. */
  readonly checked?: boolean | undefined
  /** Given: the entry is on or off, whatever the others are. Choosing it leaves the menu open. */
  readonly ticked?: boolean | undefined
  readonly danger?: boolean | undefined
  /** Why it cannot be chosen now; shown beneath the label. */
  readonly disabledReason?: string | undefined
}

export interface MenuSection {
  readonly id: string
  readonly label?: string | undefined
  /** Text above the entries that cannot be chosen. */
  readonly note?: ReactNode
  readonly entries: readonly MenuEntry[]
}

/** Where a MenuButton's popup stands, and how it is closed. */
export interface MenuPlace {
  readonly anchor: HTMLElement
  readonly align: 'start' | 'end'
  /** Opened by keyboard: the first entry takes the focus, not the menu as a whole. */
  readonly focusFirst: boolean
  readonly onClose: () => void
}
