/** The encryption context as rows of name and value. */
import { limits, type Problem } from '#src/api/contract/rules.ts'

export interface ContextEntry {
  readonly name: string
  readonly value: string
}

export interface ContextProblem {
  readonly row: number
  readonly problem: Problem
}

/** Rows of an encryption context as one object; a name given twice is the problem of its second row. Empty rows do not count. */
export function contextOf(
  rows: readonly ContextEntry[],
): { readonly context: Record<string, string> | undefined } | ContextProblem {
  const context = new Map<string, string>()
  for (const [row, { name, value }] of rows.entries()) {
    if (name === '' && value === '') continue
    if (name === '') return { row, problem: { code: 'required' } }
    if (context.has(name)) return { row, problem: { code: 'duplicate', value: name } }
    context.set(name, value)
  }
  if (context.size === 0) return { context: undefined }
  const object = Object.fromEntries(context)
  const { length } = JSON.stringify(object)
  return length > limits.encryptionContext
    ? { row: rows.length - 1, problem: { code: 'tooLong', max: limits.encryptionContext, length } }
    : { context: object }
}
