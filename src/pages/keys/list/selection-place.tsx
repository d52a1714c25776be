import { lazy, Suspense, useSyncExternalStore, type ReactNode } from 'react'
import type { Filter } from '#src/api/contract/params.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { countSelected, type Selection } from './selection.ts'

const SelectionBar = lazy(async () => ({
  default: (await withMessages(['bulk'], import('#src/pages/keys/bulk/selection-bar.tsx'))).SelectionBar,
}))

export interface SelectedKeys {
  readonly selection: Selection
  /** How many keys match, on all pages. */
  readonly total: number
  readonly region: string
  /** What makes them match. */
  readonly filters: readonly Filter[]
}

/** Where the selection is counted and worked on: its code loads with the first tick. */
export function SelectionPlace(props: SelectedKeys): ReactNode {
  const { selection, total } = props
  const isEmpty = useSyncExternalStore(selection.subscribe, () => countSelected(selection.state(), total) === 0)
  return isEmpty ? null : (
    <Suspense>
      <SelectionBar {...props} />
    </Suspense>
  )
}
