/**
 * JSON with places: every value knows where it stands in the text, a fault is found at its place, and a text that is half written still
 * gives a tree. Offsets are UTF-16 units, as the editor counts them.
 */

export interface Place {
  readonly from: number
  readonly to: number
}

export interface JsonText extends Place {
  readonly kind: 'text'
  /** Without quotes, escapes resolved as far as they are valid. */
  readonly value: string
}

export interface JsonProperty {
  readonly key: JsonText
  /** Null: not written yet. */
  readonly value: JsonNode | null
}

export type JsonNode =
  | JsonText
  /** A number, true, false or null, or a word that is nothing of JSON's. */
  | (Place & { readonly kind: 'word' })
  | (Place & { readonly kind: 'array'; readonly items: readonly JsonNode[] })
  | (Place & { readonly kind: 'object'; readonly properties: readonly JsonProperty[] })

export type JsonFaultReason =
  | 'empty'
  | 'value'
  | 'key'
  | 'colon'
  | 'separator'
  | 'trailingComma'
  | 'unclosed'
  | 'unpaired'
  | 'openText'
  | 'escape'
  | 'control'
  | 'word'
  | 'after'

export interface JsonFault extends Place {
  readonly reason: JsonFaultReason
}

export interface JsonReading {
  readonly root: JsonNode | null
  /** The first fault; null: the text is JSON. */
  readonly fault: JsonFault | null
}

export interface Token extends Place {
  readonly kind: '{' | '}' | '[' | ']' | ':' | ',' | 'text' | 'word'
}

const tokenPattern =
  /[{}[\]:,]|"(?:[^"\\\r\n]|\\[^\r\n])*(?:"|\\(?=[\r\n]|$)|(?=[\r\n]|$))|[^\s{}[\]:,"]+|[^\S \t\r\n]+/g

/** The parts of a text between its white space. A text that is not closed ends with its line. */
export function tokensOf(text: string): readonly Token[] {
  return Array.from(text.matchAll(tokenPattern), ({ 0: found, index: from }): Token => {
    const first = found[0]!
    const kind = first === '"' ? 'text' : '{}[]:,'.includes(first) ? (first as Token['kind']) : 'word'
    return { kind, from, to: from + found.length }
  })
}

const wordPattern = /^(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)$/
const escapePattern = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Whether a text token has its closing quote. */
const isClosed = (raw: string): boolean => /^"(?:[^"\\]|\\.)*"$/.test(raw)

function textFault(text: string, { from, to }: Place): JsonFault | null {
  const raw = text.slice(from, to)
  for (let at = 1; at < raw.length; at++) {
    if (raw.charCodeAt(at) < 0x20) return { reason: 'control', from: from + at, to: from + at + 1 }
    if (raw[at] !== '\\') continue
    escapePattern.lastIndex = at
    const [escape] = escapePattern.exec(raw) ?? []
    if (escape === undefined) return { reason: 'escape', from: from + at, to: Math.min(to, from + at + 2) }
    at += escape.length - 1
  }
  return isClosed(raw) ? null : { reason: 'openText', from, to }
}

function valueOf(raw: string): string {
  try {
    return JSON.parse(raw) as string
  } catch {
    return raw.slice(1, isClosed(raw) ? -1 : undefined)
  }
}

/** What may come next in an open object or array, or at the outermost level. */
type Awaited = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'separator' | 'nothing'

interface OpenArray {
  readonly kind: 'array'
  readonly from: number
  readonly items: JsonNode[]
}
interface OpenObject {
  readonly kind: 'object'
  readonly from: number
  readonly properties: { key: JsonText; value: JsonNode | null }[]
}

/** Reads token after token; what does not belong is a fault and then taken for what was most likely meant. */
class Reader {
  root: JsonNode | null = null
  fault: JsonFault | null = null
  awaited: Awaited = 'value'
  readonly open: (OpenArray | OpenObject)[] = []
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  get top(): OpenArray | OpenObject | undefined {
    return this.open.at(-1)
  }

  take(token: Token): void {
    switch (token.kind) {
      case '{':
      case '[':
        this.#begin(token)
        return
      case '}':
      case ']':
        this.#end(token)
        return
      case ':':
        if (this.awaited === 'colon') this.awaited = 'value'
        else this.#report(token)
        return
      case ',':
        if (this.awaited !== 'separator') this.#report(token)
        if (this.top) this.awaited = this.top.kind === 'object' ? 'key' : 'value'
        return
      case 'text': {
        const { from, to } = token
        const fault = textFault(this.#text, token)
        const node: JsonText = { kind: 'text', from, to, value: valueOf(this.#text.slice(from, to)) }
        if (this.#awaitsKey()) this.#addKey(node)
        else this.#addValue(node)
        this.fault ??= fault
        return
      }
      case 'word': {
        const isWord = wordPattern.test(this.#text.slice(token.from, token.to))
        if (!isWord) this.fault ??= { reason: this.#awaitsKey() ? 'key' : 'word', from: token.from, to: token.to }
        if (this.#awaitsKey()) this.#report(token)
        else this.#addValue({ kind: 'word', from: token.from, to: token.to })
      }
    }
  }

  finish(): JsonReading {
    const end = this.#text.length
    const { top } = this
    if (top) {
      this.fault ??= { reason: 'unclosed', from: top.from, to: top.from + 1 }
      while (this.top) this.#close(end)
    }
    if (!this.root) this.fault ??= { reason: 'empty', from: 0, to: end }
    return { root: this.root, fault: this.fault }
  }

  #awaitsKey(): boolean {
    return (
      this.awaited === 'key' ||
      this.awaited === 'keyOrEnd' ||
      (this.top?.kind === 'object' && this.awaited === 'separator')
    )
  }

  #begin({ kind, from }: Token): void {
    if (this.awaited !== 'value' && this.awaited !== 'valueOrEnd') this.#report({ from, to: from + 1 })
    if (this.root && !this.top) return
    this.open.push(kind === '{' ? { kind: 'object', from, properties: [] } : { kind: 'array', from, items: [] })
    this.awaited = kind === '{' ? 'keyOrEnd' : 'valueOrEnd'
  }

  #end(token: Token): void {
    const { top } = this
    const closes = top?.kind === (token.kind === '}' ? 'object' : 'array')
    if (!top || !closes) {
      this.fault ??= { reason: 'unpaired', from: token.from, to: token.to }
      // The bracket may belong to one further out, whose inner ones were forgotten.
      if (!this.open.some(({ kind }) => kind === (token.kind === '}' ? 'object' : 'array'))) return
      while (this.top && this.top.kind !== (token.kind === '}' ? 'object' : 'array')) this.#close(token.from)
    } else if (this.awaited === 'key' || (this.awaited === 'value' && top.kind === 'array')) {
      this.fault ??= { reason: 'trailingComma', from: token.from, to: token.to }
    } else if (this.awaited === 'colon' || this.awaited === 'value') {
      this.#report(token)
    }
    this.#close(token.to)
  }

  #close(to: number): void {
    const top = this.open.pop()!
    this.#addValue({ ...top, to })
  }

  #addKey(key: JsonText): void {
    if (this.awaited === 'separator') this.#report(key)
    if (this.top?.kind === 'object') this.top.properties.push({ key, value: null })
    this.awaited = 'colon'
  }

  #addValue(node: JsonNode): void {
    const isContainer = node.kind === 'object' || node.kind === 'array'
    if (!isContainer && this.awaited !== 'value' && this.awaited !== 'valueOrEnd') this.#report(node)
    const { top } = this
    if (!top) this.root ??= node
    else if (top.kind === 'array') top.items.push(node)
    else {
      const last = top.properties.at(-1)
      if (last) last.value ??= node
    }
    this.awaited = top ? 'separator' : 'nothing'
  }

  #report({ from, to }: Place): void {
    const reasons: Readonly<Record<Awaited, JsonFaultReason>> = {
      value: 'value',
      valueOrEnd: 'value',
      key: 'key',
      keyOrEnd: 'key',
      colon: 'colon',
      separator: 'separator',
      nothing: 'after',
    }
    this.fault ??= { reason: reasons[this.awaited], from, to }
  }
}

export function readJson(text: string): JsonReading {
  const reader = new Reader(text)
  for (const token of tokensOf(text)) reader.take(token)
  return reader.finish()
}

/** A value and everything in it. Not recursive: a text may be nested as deeply as it is long. */
export function nodesIn(root: JsonNode | null): readonly JsonNode[] {
  const nodes = root ? [root] : []
  for (const node of nodes)
    if (node.kind === 'array') nodes.push(...node.items)
    else if (node.kind === 'object') for (const { value } of node.properties) if (value) nodes.push(value)
  return nodes
}

export type JsonPath = readonly (string | number)[]

export interface JsonContext {
  /** Of the key's object, or of the value. */
  readonly path: JsonPath
  readonly awaits: 'key' | 'value'
  /** What the caret touches and a completion replaces; empty at the caret where there is nothing. */
  readonly place: Place
  /** Where the object or array begins that the key or value stands in; null: outermost. */
  readonly within: number | null
}

/** What could be written at an offset; null: nothing, only punctuation. */
export function contextAt(text: string, offset: number): JsonContext | null {
  const reader = new Reader(text)
  let touched: Place = { from: offset, to: offset }
  for (const token of tokensOf(text)) {
    if (token.from > offset) break
    if (token.kind === 'text' || token.kind === 'word') {
      const beyond =
        token.kind === 'text' && isClosed(text.slice(token.from, token.to)) ? token.to <= offset : token.to < offset
      if (!beyond) {
        if (token.from < offset || token.kind === 'text') touched = token
        break
      }
    } else if (token.from === offset) break
    reader.take(token)
  }
  const { awaited, open, top } = reader
  const path = open.flatMap((node): JsonPath =>
    node.kind === 'array' ? [node.items.length] : node.properties.slice(-1).map(({ key }) => key.value),
  )
  const within = top?.from ?? null
  if (awaited === 'key' || awaited === 'keyOrEnd')
    return {
      path: top?.kind === 'object' && top.properties.length > 0 ? path.slice(0, -1) : path,
      awaits: 'key',
      place: touched,
      within,
    }
  return awaited === 'value' || awaited === 'valueOrEnd' ? { path, awaits: 'value', place: touched, within } : null
}
