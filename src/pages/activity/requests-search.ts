/** Where one stands among the requests, in the address of their page. What the page does not know means: everything. */
export interface RequestsSearch {
  readonly action?: string | undefined
  readonly principal?: string | undefined
  readonly outcome?: string | undefined
  readonly hop?: string | undefined
  /** ISO 8601, by the cloud's clock. `until`: the list stands still. */
  readonly since?: string | undefined
  readonly until?: string | undefined
}

const names = ['action', 'principal', 'outcome', 'hop', 'since', 'until'] as const
/** No action, ARN or time is longer. */
const longest = 256

export const readRequestsSearch = (raw: Readonly<Record<string, unknown>>): RequestsSearch =>
  Object.fromEntries(
    names
      .map((name) => [name, raw[name]])
      .filter(([, text]) => typeof text === 'string' && text !== '' && text.length <= longest),
  )
