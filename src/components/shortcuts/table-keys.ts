/** Arrow keys inside a table: up and down to the same control of the next row, left and right along a row, Home and End to its ends. */
/** What the focus stops at in a row. Whatever else is drawn there is passed over. */
const stops = 'a[href], button, input[type="checkbox"], input[type="radio"]'

export interface Place {
  readonly row: number
  readonly stop: number
}

/** Where a key leads from a place in a table whose rows have so many stops each; null: nowhere. */
export function placeAfterKey(key: string, { row, stop }: Place, stopsOfRows: readonly number[]): Place | null {
  const last = stopsOfRows.length - 1
  const inRow = (next: number): Place | null => {
    const count = stopsOfRows[next]
    return count === undefined || count === 0 ? null : { row: next, stop: Math.min(stop, count - 1) }
  }
  switch (key) {
    case 'ArrowDown':
      return row < last ? inRow(row + 1) : null
    case 'ArrowUp':
      return row > 0 ? inRow(row - 1) : null
    case 'ArrowRight':
      return stop + 1 < (stopsOfRows[row] ?? 0) ? { row, stop: stop + 1 } : null
    case 'ArrowLeft':
      return stop > 0 ? { row, stop: stop - 1 } : null
    case 'Home':
      return inRow(0)
    case 'End':
      return inRow(last)
    default:
      return null
  }
}

/**
 * Moves the focus for a key press inside a table; tells whether it did. To be asked last: what a control of a row has taken for itself (a
 * menu's arrow down) is its own.
 */
export function moveInTable(event: KeyboardEvent): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false
  const { target } = event
  if (!(target instanceof HTMLElement) || !target.matches(stops)) return false
  const rows = [...(target.closest('table')?.tBodies ?? [])].flatMap((body) =>
    [...body.rows].map((row) => [...row.querySelectorAll<HTMLElement>(stops)]),
  )
  const row = rows.findIndex((controls) => controls.includes(target))
  if (row < 0) return false
  const from = { row, stop: rows[row]?.indexOf(target) ?? 0 }
  const stopsOfRows = rows.map((controls) => controls.length)
  const place = placeAfterKey(event.key, from, stopsOfRows)
  if (!place) return false
  rows[place.row]?.[place.stop]?.focus()
  return true
}
