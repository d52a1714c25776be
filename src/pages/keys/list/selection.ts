/**
 * Which keys of a list are selected: those picked by hand, or all that the filter names but a few. A store beside React: a tick draws one
 * checkbox and the count, not the table.
 */

export interface SelectionState {
  /** True: all keys that match, less `ids`. False: `ids` alone, in the order in which they were picked. */
  readonly isAll: boolean
  readonly ids: ReadonlySet<string>
  /** How many of the rows on screen are selected. */
  readonly page: 'none' | 'some' | 'every'
}

export interface Selection {
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => SelectionState
  readonly has: (keyId: string) => boolean
  /** The rows on screen, top to bottom: what a range and the page's own checkbox are about. */
  readonly show: (keyIds: readonly string[]) => void
  /** One key; with `extend`, every row between it and the one touched before. */
  readonly set: (keyId: string, selected: boolean, options?: { extend: boolean }) => void
  readonly setPage: (selected: boolean) => void
  /** Every key that matches, on every page. */
  readonly selectAll: () => void
  readonly clear: () => void
}

/** How many keys are selected, of so many that match. */
export const countSelected = ({ isAll, ids }: SelectionState, total: number): number =>
  isAll ? Math.max(0, total - ids.size) : ids.size

const nothing: SelectionState = { isAll: false, ids: new Set(), page: 'none' }

export function createSelection(): Selection {
  const listeners = new Set<() => void>()
  let rows: readonly string[] = []
  let state = nothing
  /** The row touched last: where a range begins. */
  let anchor: string | null = null

  const includes = ({ isAll, ids }: Pick<SelectionState, 'isAll' | 'ids'>, keyId: string): boolean =>
    ids.has(keyId) !== isAll

  function change(next: Pick<SelectionState, 'isAll' | 'ids'>): void {
    const selected = rows.filter((keyId) => includes(next, keyId)).length
    const page = selected === 0 ? 'none' : selected === rows.length ? 'every' : 'some'
    if (next.isAll === state.isAll && next.ids === state.ids && page === state.page) return
    state = { ...next, page }
    for (const listener of listeners) listener()
  }

  function setSeveral(keyIds: readonly string[], selected: boolean): void {
    const ids = new Set(state.ids)
    for (const keyId of keyIds) {
      if (selected === state.isAll) ids.delete(keyId)
      else ids.add(keyId)
    }
    change({ isAll: state.isAll, ids })
  }

  function rangeTo(keyId: string): readonly string[] {
    const from = anchor === null ? -1 : rows.indexOf(anchor)
    const to = rows.indexOf(keyId)
    return from < 0 || to < 0 ? [keyId] : rows.slice(Math.min(from, to), Math.max(from, to) + 1)
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    state: () => state,
    has: (keyId) => includes(state, keyId),
    show: (keyIds) => {
      rows = keyIds
      change(state)
    },
    set: (keyId, selected, { extend } = { extend: false }) => {
      setSeveral(extend ? rangeTo(keyId) : [keyId], selected)
      anchor = keyId
    },
    setPage: (selected) => setSeveral(rows, selected),
    selectAll: () => change({ isAll: true, ids: new Set() }),
    clear: () => {
      anchor = null
      change({ isAll: false, ids: new Set() })
    },
  }
}

/** The selection made last, so that a look at a key's page does not lose it. By whoever acts: another identity begins anew. */
const kept = new WeakMap<object, { readonly scope: string; readonly selection: Selection }>()

/** The selection of one list. `scope` tells lists apart (region, instance, filters): another one drops the selection before it. */
export function selectionOf(caller: object, scope: string): Selection {
  const last = kept.get(caller)
  if (last?.scope === scope) return last.selection
  const selection = createSelection()
  kept.set(caller, { scope, selection })
  return selection
}
