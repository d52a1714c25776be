/** CodeMirror for JSON documents, as this console wants it. */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, indentOnInput } from '@codemirror/language'
import { nextDiagnostic, previousDiagnostic } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { editorLook } from './editor-look.ts'

/** One thing that could be written at the caret. */
export interface EditorCompletion {
  readonly label: string
  readonly detail: string
  /** What is put in; the caret comes after `caret` characters of it, else to its end. Line breaks are indented like the line. */
  readonly text: string
  readonly caret?: number
}

export type Complete = (
  text: string,
  offset: number,
) => { readonly from: number; readonly to: number; readonly options: readonly EditorCompletion[] } | null

/** What depends on the page around the editor, and may change while it is open: language, names, callbacks. */
export interface Surroundings {
  readonly label: string
  /** ID, in the shadow root, of the text that describes it. */
  readonly describedBy: string
  readonly invalid: boolean
  readonly phrases: Readonly<Record<string, string>>
  readonly complete: Complete
  readonly onChange: (text: string) => void
}

/** Marks a change that comes from the page, which knows it already. */
export const fromPage = Annotation.define<true>()

/** What an editor asks of the page and tells it, and what it says. One for all editors, so that a state that was kept can be shown again in another place. */
const dealings = new Compartment()
const words = new Compartment()

/**
 * Tab indents, as in every code editor; Escape lets the next Tab leave, however long one waits. CodeMirror's own grace is two seconds.
 */
const tabLeavesAfterEscape = EditorView.domEventHandlers({
  keydown: ({ key }, view) => {
    if (key === 'Escape') view.setTabFocusMode(true)
    else if (key !== 'Tab' && key !== 'Shift') view.setTabFocusMode(false)
  },
  blur: (_, view) => view.setTabFocusMode(false),
})

/** Characters that do not show, or that turn the reading direction, are drawn as marks with a name. */
const hiddenCharacters = highlightSpecialChars({
  addSpecialChars: /[\u00a0\u2028\u2029\u2066-\u2069]/g,
  render: (_, description, placeholder) => {
    const mark = document.createElement('span')
    mark.textContent = placeholder
    mark.title = description ?? ''
    mark.setAttribute('role', 'img')
    mark.setAttribute('aria-label', description ?? '')
    mark.className = 'cm-specialChar'
    return mark
  },
})

const standing: Extension = [
  lineNumbers(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  hiddenCharacters,
  history(),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  highlightSelectionMatches(),
  search({ top: true }),
  json(),
  EditorView.lineWrapping,
  EditorView.perLineTextDirection.of(true),
  EditorState.tabSize.of(2),
  tabLeavesAfterEscape,
  keymap.of([
    { key: 'Tab', run: acceptCompletion },
    { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...searchKeymap,
    ...historyKeymap,
    ...completionKeymap,
    indentWithTab,
  ]),
  editorLook,
]

const attributesOf = ({ label, describedBy, invalid }: Surroundings): Record<string, string> => ({
  'aria-label': label,
  'aria-describedby': describedBy,
  // Focusable by itself; axe counts only what says so.
  tabindex: '0',
  spellcheck: 'false',
  autocapitalize: 'off',
  ...(invalid ? { 'aria-invalid': 'true' } : {}),
})

function completionSource(complete: Complete): (context: CompletionContext) => CompletionResult | null {
  const answer = ({ state, pos }: CompletionContext): CompletionResult | null => {
    const found = complete(state.doc.toString(), pos)
    if (!found) return null
    return {
      from: found.from,
      to: found.to,
      options: found.options.map((option): Completion => ({
        label: option.label,
        detail: option.detail,
        apply: (view, _, from, to) => put(view, option, from, to),
      })),
      filter: false,
      // Follows the text at once: a list that waits for its next answer does nothing when it is pressed.
      update: (_current, _from, _to, context) => answer(context),
    }
  }
  return answer
}

function put(view: EditorView, { text, caret = text.length }: EditorCompletion, from: number, to: number): void {
  const line = view.state.doc.lineAt(from)
  const [indent = ''] = /^[ \t]*/.exec(line.text) ?? []
  const indented = (part: string): string => part.replaceAll('\n', `\n${indent}`)
  const insert = indented(text)
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + indented(text.slice(0, caret)).length },
    scrollIntoView: true,
    userEvent: 'input.complete',
  })
}

const dealingsOf = (around: Surroundings): Extension => [
  autocompletion({ override: [completionSource(around.complete)], icons: false }),
  EditorView.updateListener.of((update) => {
    const isOurs = update.transactions.some((transaction) => transaction.annotation(fromPage) === true)
    if (update.docChanged && !isOurs) around.onChange(update.state.doc.toString())
  }),
]

const wordsOf = (around: Surroundings): Extension => [
  EditorState.phrases.of({ ...around.phrases }),
  EditorView.contentAttributes.of(attributesOf(around)),
]

/** A state over a text with the caret at `caret`; `kept`: one with its history, to go on from. */
export function startState(text: string, caret: number, kept: EditorState | null, around: Surroundings): EditorState {
  const [own, said] = [dealingsOf(around), wordsOf(around)]
  if (!kept)
    return EditorState.create({
      doc: text,
      selection: { anchor: Math.min(caret, text.length) },
      extensions: [standing, dealings.of(own), words.of(said)],
    })
  return kept.update({ effects: [dealings.reconfigure(own), words.reconfigure(said)] }).state
}

/** Its label, its texts, whether it is valid. What it completes with stays: another source would close a list that is open. */
export const changeWords = (view: EditorView, around: Surroundings): void =>
  view.dispatch({ effects: words.reconfigure(wordsOf(around)) })
