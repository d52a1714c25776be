/** What a cell of the matrix says, where the keyboard leads from one, and which rows are on show. */
import type { Output } from '#src/api/contract/actions.ts'
import { verdictLetters } from '#src/api/contract/explanations.ts'
import type { CellState } from '#src/pages/access/access-search.ts'
import type { Column } from './columns.ts'

export type KeyAccess = Output<'DescribeKeyAccess'>
export type PrincipalRow = KeyAccess['Principals']['Principal'][number]

const ofVerdict: Readonly<Record<string, CellState>> = {
  Allow: 'allowed',
  ExplicitDeny: 'denied',
  NotGranted: 'none',
}

/** `obstacles`: permissions that something else than policies refuses now. */
export function stateOf(cells: string, { at, permission }: Column, obstacles: ReadonlySet<string>): CellState {
  const state = ofVerdict[verdictLetters[cells.charAt(at)] ?? ''] ?? 'none'
  return state === 'allowed' && obstacles.has(permission) ? 'impossible' : state
}

export interface MatrixRow {
  readonly principal: PrincipalRow
  /** One a column. */
  readonly states: readonly CellState[]
}

/** Rows of the page that hold a verdict, with their states. */
export function rowsOf(
  { Principals, Obstacles }: Pick<KeyAccess, 'Principals' | 'Obstacles'>,
  columns: readonly Column[],
  verdict?: CellState,
): readonly MatrixRow[] {
  const obstacles = new Set(Obstacles.Obstacle.map(({ Permission }) => Permission))
  return Principals.Principal.map((principal) => ({
    principal,
    states: columns.map((column) => stateOf(principal.Cells, column, obstacles)),
  })).filter(({ states }) => verdict === undefined || states.includes(verdict))
}

export interface CellPlace {
  readonly row: number
  readonly column: number
}

/** Rows that Page Up and Page Down pass over. */
const pageRows = 10

/** Where a key leads inside the grid (ARIA Authoring Practices, Data Grid); null: nowhere. */
export function placeAfterKey(
  { key, ctrlKey }: { readonly key: string; readonly ctrlKey: boolean },
  { row, column }: CellPlace,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): CellPlace | null {
  const to = (nextRow: number, nextColumn: number): CellPlace => ({
    row: Math.max(0, Math.min(rows - 1, nextRow)),
    column: Math.max(0, Math.min(columns - 1, nextColumn)),
  })
  switch (key) {
    case 'ArrowDown':
      return to(row + 1, column)
    case 'ArrowUp':
      return to(row - 1, column)
    case 'ArrowRight':
      return to(row, column + 1)
    case 'ArrowLeft':
      return to(row, column - 1)
    case 'PageDown':
      return to(row + pageRows, column)
    case 'PageUp':
      return to(row - pageRows, column)
    case 'Home':
      return to(ctrlKey ? 0 : row, 0)
    case 'End':
      return to(ctrlKey ? rows - 1 : row, columns - 1)
    default:
      return null
  }
}
