/** How the editor looks: the tokens of the page, which reach into its shadow root and follow the theme by themselves. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** CodeMirror draws waves with data: images, which the page's policy does not admit. */
const underlined = (colour: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy ${colour}`,
  textDecorationSkipInk: 'none',
  textUnderlineOffset: '3px',
})

const control = {
  height: 'var(--control)',
  margin: '0',
  padding: '0 10px',
  border: '1px solid var(--line-2)',
  borderRadius: 'var(--radius)',
  background: 'var(--card)',
  color: 'var(--ink)',
  font: 'inherit',
}

const theme = EditorView.theme({
  '&': { background: 'var(--card)', color: 'var(--ink)', fontSize: 'var(--text-small)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: 'var(--lead)', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '8px 0' },
  '.cm-line': { padding: '0 12px 0 8px' },
  '.cm-gutters': { background: 'var(--sunken)', color: 'var(--ink-3)', borderRight: '1px solid var(--line)' },
  '.cm-activeLine': { background: 'var(--hover)' },
  '.cm-activeLineGutter': { background: 'var(--hover)', color: 'var(--ink)' },
  '.cm-content ::selection, .cm-content::selection': { background: 'Highlight', color: 'HighlightText' },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--accent-bg)', outline: '1px solid var(--accent)' },
  '&.cm-focused .cm-nonmatchingBracket': { background: 'var(--bad-bg)', outline: '1px solid var(--bad)' },
  '.cm-specialChar': { color: 'var(--bad)' },
  '.cm-lintRange-error': underlined('var(--bad)'),
  '.cm-lintRange-warning': underlined('var(--warn)'),
  '.cm-lintRange-active': { background: 'var(--accent-bg)' },
  '.cm-lintPoint::after': { borderBottomColor: 'var(--bad)' },
  '.cm-lintPoint-warning::after': { borderBottomColor: 'var(--warn)' },
  '.cm-tooltip': {
    border: '1px solid var(--line-2)',
    borderRadius: 'var(--radius)',
    background: 'var(--card)',
    color: 'var(--ink)',
    boxShadow: 'var(--shadow)',
    zIndex: 'var(--layer-float)',
  },
  '.cm-diagnostic': { padding: '4px 10px', fontFamily: 'var(--sans)', maxWidth: '480px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warn)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    maxHeight: '264px',
    maxWidth: 'min(560px, 90vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--accent)',
    color: 'var(--on-accent)',
  },
  '.cm-completionMatchedText': { textDecoration: 'underline', fontWeight: 'var(--weight-strong)' },
  '.cm-completionDetail': { marginLeft: '12px', fontFamily: 'var(--sans)', fontStyle: 'normal' },
  '.cm-panels': { background: 'var(--sunken)', color: 'var(--ink)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search': { padding: '8px 36px 8px 12px', fontFamily: 'var(--sans)', fontSize: 'var(--text)' },
  '.cm-panel.cm-search label': { fontSize: 'var(--text-small)' },
  '.cm-panel.cm-search [name=close]': { color: 'var(--ink-2)', width: '24px', height: '24px' },
  '.cm-textfield': control,
  '.cm-button': { ...control, backgroundImage: 'none', '&:active': { backgroundImage: 'none' } },
  '.cm-searchMatch': { background: 'var(--warn-bg)', outline: '1px solid var(--warn)' },
  '.cm-searchMatch-selected': { background: 'var(--accent-bg)', outline: '2px solid var(--accent)' },
  ':focus-visible': { outline: '2px solid var(--focus)', outlineOffset: '1px' },
  '.cm-content:focus-visible': { outline: 'none' },
  '@media (forced-colors: active)': {
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      forcedColorAdjust: 'none',
      background: 'Highlight',
      color: 'HighlightText',
    },
  },
})

const highlight = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)', fontWeight: 'var(--weight-medium)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--external)' },
  { tag: tags.invalid, color: 'var(--bad)' },
])

export const editorLook: Extension = [theme, syntaxHighlighting(highlight)]
