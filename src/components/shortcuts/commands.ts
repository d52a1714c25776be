/** What the page in sight can do, for the command palette: each part says it while it is on the page. */
import { useEffect } from 'react'
import type { ReactNode } from 'react'

export interface Command {
  readonly id: string
  readonly label: string
  /** Heading in the palette, e.g. the open key's name. */
  readonly group: string
  /** Found by these words too. */
  readonly keywords?: string | undefined
  readonly icon?: ReactNode
  /** Why it cannot be done now: it is shown with the reason. */
  readonly disabledReason?: string | undefined
  readonly run: () => void
}

const offered = new Set<{ readonly commands: readonly Command[] }>()

/** Everything that is offered now, in the order in which it appeared. */
export const offeredCommands = (): readonly Command[] => [...offered].flatMap(({ commands }) => commands)

/** Offers commands while the component is on the page. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const entry = { commands }
    offered.add(entry)
    return () => {
      offered.delete(entry)
    }
  }, [commands])
}
