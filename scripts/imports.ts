/** Reads the imports of a TypeScript file, whatever their form. */
import { parseSync } from 'vite'

export interface Import {
  /** As written, without a query such as `?url`. */
  readonly specifier: string
  /** False for `import()`, which loads when it runs. */
  readonly fixed: boolean
}

const withoutQuery = (specifier: string): string => specifier.split('?')[0] ?? ''

/** The text inside the quotes of `import('…')` or `new URL('…', import.meta.url)`; null where it is no plain text. */
const literal = (code: string): string | null => /^(['"`])([^'"`$]*)\1$/.exec(code.trim())?.[2] ?? null

/** Static imports, `export … from`, `import()` and `new URL(…, import.meta.url)`. Throws where the file cannot be parsed. */
export function importsOf(path: string, code: string): Import[] {
  const { module, errors } = parseSync(path, code)
  const [error] = errors
  if (error) throw new Error(`${path}: ${error.message}`)
  const fixed = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
  ]
  const loaded = module.dynamicImports.flatMap(
    ({ moduleRequest: { start, end } }) => literal(code.slice(start, end)) ?? [],
  )
  const urls = [...code.matchAll(/new URL\(\s*(['"][^'"]+['"])\s*,\s*import\.meta\.url/g)].flatMap(
    ([, text = '']) => literal(text) ?? [],
  )
  return [
    ...fixed.map((specifier) => ({ specifier: withoutQuery(specifier), fixed: true })),
    ...[...loaded, ...urls].map((specifier) => ({ specifier: withoutQuery(specifier), fixed: false })),
  ]
}
