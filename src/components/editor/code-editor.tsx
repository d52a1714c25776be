import { setDiagnostics } from '@codemirror/lint'
import type { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type ReactNode,
  type Ref,
} from 'react'
import styles from './code-editor.module.css'
import { changeWords, fromPage, startState, type Complete, type Surroundings } from './editor-setup.ts'
import { useEditorPhrases } from './use-editor-phrases.ts'

export interface EditorMark {
  readonly from: number
  readonly to: number
  readonly severity: 'error' | 'warning'
  readonly message: string
}

/** What `marks` are about: marks of a text that is no longer there are not shown. */
export interface Marked {
  readonly text: string
  readonly marks: readonly EditorMark[]
}

export interface CodeEditorHandle {
  /** Selects a place, brings it into sight and moves the focus there. */
  readonly goTo: (from: number, to: number) => void
}

/** Holds an editor's document with its undo history while the editor is not shown. */
export interface EditorMemory {
  current: EditorState | null
}

/**
 * A JSON document to edit. It stands in a shadow root: CodeMirror brings style sheets of its own, which the page's policy admits there
 * only. `help` is read out as its description. Pages load it when a document is opened.
 */
export default function CodeEditor(props: {
  label: string
  help: string
  value: string
  /** Where the caret stands, in sight, when the document is first opened. */
  startAt?: number
  onChange: (text: string) => void
  marked: Marked
  complete: Complete
  memory: EditorMemory
  ref?: Ref<CodeEditorHandle>
}): ReactNode {
  const { label, help, value, marked, memory } = props
  const host = useRef<HTMLDivElement>(null)
  const editor = useRef<EditorView>(null)
  const helpText = useRef<HTMLElement>(null)
  /** Written here, told to the page, and not back from it yet. */
  const told = useRef<string[]>([])
  const describedBy = useId()
  const phrases = useEditorPhrases()
  const onChange = useEffectEvent(props.onChange)
  const complete = useEffectEvent(props.complete)
  const invalid = marked.marks.some(({ severity }) => severity === 'error')
  const surroundings = useEffectEvent((): Surroundings => ({
    label,
    describedBy,
    invalid,
    phrases,
    complete: (text, offset) => complete(text, offset),
    onChange: (text) => {
      told.current.push(text)
      onChange(text)
    },
  }))
  const firstState = useEffectEvent(() => startState(value, props.startAt ?? 0, memory.current, surroundings()))

  useLayoutEffect(() => {
    const element = host.current
    if (!element) return undefined
    const root = element.shadowRoot ?? element.attachShadow({ mode: 'open' })
    const description = document.createElement('p')
    description.id = describedBy
    description.hidden = true
    const state = firstState()
    const view = new EditorView({ state, root, parent: root })
    // Measured and scrolled in one go: CodeMirror forgets a place to scroll to when it is told of marks or words before it has drawn.
    view.requestMeasure({
      read: () => view.lineBlockAt(view.state.selection.main.head).top,
      write: (top) => {
        view.scrollDOM.scrollTop = top - view.scrollDOM.clientHeight / 2
        // CodeMirror passes over scrolling until it is told that it is in sight, and would leave the place empty: it looks again now.
        view.requestMeasure({ read: () => undefined })
      },
    })
    root.append(description)
    helpText.current = description
    editor.current = view
    return () => {
      memory.current = view.state
      view.destroy()
      root.replaceChildren()
      editor.current = null
      helpText.current = null
    }
  }, [describedBy, memory])

  useEffect(() => {
    if (helpText.current) helpText.current.textContent = help
  }, [help])

  useEffect(() => {
    if (editor.current) changeWords(editor.current, surroundings())
  }, [label, invalid, phrases])

  useEffect(() => {
    const view = editor.current
    if (!view) return
    // Where one writes faster than the page draws, its value is an older one of the editor's own: what was written since stays.
    const echo = told.current.lastIndexOf(value)
    told.current.splice(0, echo < 0 ? told.current.length : echo + 1)
    const { doc } = view.state
    if (echo >= 0 || doc.toString() === value) return
    view.dispatch({ changes: { from: 0, to: doc.length, insert: value }, annotations: fromPage.of(true) })
  }, [value])

  useEffect(() => {
    const view = editor.current
    if (!view || view.state.doc.toString() !== marked.text) return
    view.dispatch(setDiagnostics(view.state, [...marked.marks]))
  }, [marked, value])

  useImperativeHandle(
    props.ref,
    () => ({
      goTo: (from, to) => {
        const view = editor.current
        if (!view) return
        const { length } = view.state.doc
        view.dispatch({
          selection: { anchor: Math.min(from, length), head: Math.min(to, length) },
          effects: EditorView.scrollIntoView(Math.min(from, length), { y: 'center' }),
        })
        view.focus()
      },
    }),
    [],
  )

  return <div ref={host} className={styles.host} />
}
