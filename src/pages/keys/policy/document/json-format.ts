/** White space of a JSON text: one value a line, or none at all. Keys and values stay as they were written, to the letter. */
import { tokensOf } from '#src/components/policy/json-tree.ts'

const indent = '  '

/** `text` must be JSON. */
export function formatJson(text: string): string {
  let depth = 0
  let out = ''
  const line = (): string => `\n${indent.repeat(depth)}`
  const tokens = tokensOf(text)
  for (const [index, { kind, from, to }] of tokens.entries()) {
    const next = tokens[index + 1]?.kind
    const raw = text.slice(from, to)
    if (kind === '{' || kind === '[') {
      const isEmpty = next === '}' || next === ']'
      if (!isEmpty) depth += 1
      out += isEmpty ? raw : raw + line()
    } else if (kind === '}' || kind === ']') {
      const before = tokens[index - 1]?.kind
      const isEmpty = before === '{' || before === '['
      if (!isEmpty) depth -= 1
      out += isEmpty ? raw : line() + raw
    } else if (kind === ',') out += raw + line()
    else out += kind === ':' ? `${raw} ` : raw
  }
  return out
}

/** `text` must be JSON. */
export const compactJson = (text: string): string =>
  tokensOf(text)
    .map(({ from, to }) => text.slice(from, to))
    .join('')
