import compile from 'icu-minify/compile'
import type { Plugin } from 'vite'

/** Messages as they stand in a file: nested, text at the ends. */
type Tree = string | { readonly [key: string]: Tree }

const compiled = (tree: Tree): unknown =>
  typeof tree === 'string'
    ? compile(tree)
    : Object.fromEntries(Object.entries(tree).map(([key, branch]) => [key, compiled(branch)]))

/**
 * Parses ICU messages when they are built, so that the page needs no parser (9 kB compressed): use-intl then takes its
 * formatter alone.
 */
export function compiledMessages(): Plugin {
  return {
    name: 'kms:messages',
    enforce: 'pre',
    config: () => ({ resolve: { alias: { 'use-intl/format-message': 'use-intl/format-message/format-only' } } }),
    transform: {
      filter: { id: /\/src\/i18n\/messages\/[^?]+\.json$/ },
      handler: (code) => ({ code: JSON.stringify(compiled(JSON.parse(code) as Tree)), map: null }),
    },
  }
}
