import { useMemo } from 'react'
import { useText } from '#src/i18n/use-text.ts'

/** CodeMirror's own texts, by the English that it asks for. */
const keys = {
  Completions: 'completions',
  'Selection deleted': 'selectionDeleted',
  Diagnostics: 'diagnostics',
  'No diagnostics': 'noDiagnostics',
  close: 'close',
  'Control character': 'controlCharacter',
  Find: 'find',
  Replace: 'replace',
  next: 'next',
  previous: 'previous',
  all: 'all',
  'match case': 'matchCase',
  regexp: 'regexp',
  'by word': 'byWord',
  replace: 'replaceOne',
  'replace all': 'replaceAll',
  'current match': 'currentMatch',
  'on line': 'onLine',
  'Go to line': 'goToLine',
  go: 'go',
  'replaced match on line $': 'replacedOnLine',
  'replaced $ matches': 'replacedCount',
} as const

export function useEditorPhrases(): Readonly<Record<string, string>> {
  const t = useText('editor')
  return useMemo(() => Object.fromEntries(Object.entries(keys).map(([english, key]) => [english, t(key)])), [t])
}
