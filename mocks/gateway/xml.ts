/**
 * Answers as XML, for clients that ask with Format=XML: `<ActionResponse>`, refusals `<Error>` (KMS API 2016-01-20, Responses; older pages show
 * `<KMS>`). An array is its element repeated; that an empty one leaves nothing is assumed.
 */
import { isPlainObject } from '#src/api/contract/rules.ts'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' }

/** What XML 1.0 cannot hold becomes U+FFFD, as a lone surrogate does. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    // oxlint-disable-next-line no-control-regex -- they are what must not go out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>\r]/g, (character) => entities[character] ?? '')

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('')
  return `<${name}>${isPlainObject(value) ? elements(value) : escaped(String(value))}</${name}>`
}

const elements = (value: object): string =>
  Object.entries(value)
    .map(([name, inner]) => element(name, inner))
    .join('')

/** `action`: null for a refusal. Names of fields are the contract's, and fit. */
export const toXml = (action: string | null, body: object): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(action === null ? 'Error' : `${action}Response`, body)}`
