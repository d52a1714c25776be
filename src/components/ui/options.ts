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

/** Whether what was typed occurs in an option: every word, anywhere, in any case. */
export function matches(option: PickOption, query: string): boolean {
  const text = `${option.label} ${option.detail ?? ''} ${option.keywords ?? ''} ${option.value}`.toLowerCase()
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}

export type OptionRow =
  | { readonly kind: 'heading'; readonly label: string }
  | { readonly kind: 'option'; readonly option: PickOption; readonly index: number }

/** Options with a heading before each group. */
export function optionRows(options: readonly PickOption[]): readonly OptionRow[] {
  return options.flatMap((option, index): OptionRow[] => {
    const { group } = option
    const row: OptionRow = { kind: 'option', option, index }
    return group === undefined || group === options[index - 1]?.group ? [row] : [{ kind: 'heading', label: group }, row]
  })
}
