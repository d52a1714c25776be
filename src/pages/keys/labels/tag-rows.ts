/** Tags while a person edits them: rows of key and value, of which some may be blank, doubled or wrong. */
import { tagProblems, type Problem, type Tag } from '#src/api/contract/rules.ts'

export interface TagRow {
  readonly key: string
  readonly value: string
}

/** Rows left wholly blank are no tags. */
export const isBlankRow = ({ key, value }: TagRow): boolean => key === '' && value === ''

export const tagsOfRows = (rows: readonly TagRow[]): readonly Tag[] =>
  rows.filter((row) => !isBlankRow(row)).map(({ key, value }) => ({ TagKey: key, TagValue: value }))

export const rowsOfTags = (tags: readonly Tag[]): readonly TagRow[] =>
  tags.map(({ TagKey, TagValue }) => ({ key: TagKey, value: TagValue }))

/** Pasted `key=value` or `key:value` lines as rows; null where the text is something else. */
export function pastedTags(text: string): readonly TagRow[] | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const rows = lines.map((line) => {
    const at = line.search(/[=:\t]/)
    return at > 0 ? { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() } : null
  })
  return rows.length > 0 && rows.every((row) => row !== null) ? rows : null
}

export interface TagRowProblem {
  readonly row: number
  readonly part: keyof TagRow
  readonly problem: Problem
}

export interface TagRowsProblems {
  /** The list itself: too many rows. */
  readonly list: Problem | null
  readonly rows: readonly TagRowProblem[]
}

/**
 * Everything that is wrong with the rows, each problem by the row's place. `present`: what the key has already; such a tag is not judged
 * again while it stays as it is, for it may be older than today's rules or set by the cloud itself.
 */
export function tagRowsProblems(rows: readonly TagRow[], present: readonly Tag[] = []): TagRowsProblems {
  /** Where each written tag stands among the rows. */
  const places = rows.flatMap((row, index) => (isBlankRow(row) ? [] : [index]))
  const found = tagProblems(tagsOfRows(rows))
  const isAsItWas = ({ key, value }: TagRow, at: number): boolean =>
    present.some(({ TagKey, TagValue }) => TagKey === key && TagValue === value) &&
    rows.findIndex((row) => row.key === key) === at
  return {
    list: found.find(({ index }) => index === null)?.problem ?? null,
    rows: found.flatMap(({ index, part, problem }) => {
      if (index === null) return []
      const row = places[index]!
      if (isAsItWas(rows[row]!, row)) return []
      return [{ row, part: part === 'TagKey' ? ('key' as const) : ('value' as const), problem }]
    }),
  }
}
