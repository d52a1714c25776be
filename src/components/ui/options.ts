import type { ReactNode } from 'react'

/** One thing to pick from a list. Options of one group stand together, in the order given. */
export interface PickOption {
  readonly value: string
  readonly label: string
  /** Heading of its group. */
  readonly group?: string | undefined
  /** Second line. */
  readonly detail?: string | undefined
  /** Found by these words too, though they are not shown. */
  readonly keywords?: string | undefined
  readonly icon?: ReactNode
  /** Right of the label, e.g. a status. */
  readonly aside?: ReactNode
  /** Identifiers are set in monospace. */
  readonly mono?: boolean | undefined
  /** It is there and cannot be chosen; `detail` says why. */
  readonly disabled?: boolean | undefined
}

/** What an option is found by, made once: with each letter typed every option is asked, and there may be ten thousand. */
const searchTexts = new WeakMap<PickOption, string>()

function searchText(option: PickOption): string {
  const known = searchTexts.get(option)
  if (known !== undefined) return known
  const { label, detail = '', keywords = '', value } = option
  const text = `${label} ${detail} ${keywords} ${value}`.toLowerCase()
  searchTexts.set(option, text)
  return text
}

let lastQuery = { text: '', words: [''] as readonly string[] }

function wordsOf(text: string): readonly string[] {
  if (lastQuery.text !== text) lastQuery = { text, words: text.toLowerCase().split(/\s+/) }
  return lastQuery.words
}

/** Whether what was typed occurs in an option: every word, anywhere, in any case. */
export function matches(option: PickOption, query: string): boolean {
  const text = searchText(option)
  return wordsOf(query).every((word) => text.includes(word))
}

export type OptionRow =
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'option'; readonly option: PickOption; readonly index: number }

/** Options with a heading before each group. */
export function optionRows(options: readonly PickOption[]): readonly OptionRow[] {
  const rows: OptionRow[] = []
  for (const [index, option] of options.entries()) {
    const { group } = option
    if (group !== undefined && group !== options[index - 1]?.group) rows.push({ kind: 'heading', label: group })
    rows.push({ kind: 'option', option, index })
  }
  return rows
}
