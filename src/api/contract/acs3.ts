/**
 * ACS3-HMAC-SHA256: the text that is signed ("Request body and signature mechanism V3"). Pure; the signer and the verifier each hash and sign it themselves.
 */
export const acs3Algorithm = 'ACS3-HMAC-SHA256'

/** RFC 3986: everything but `A–Z a–z 0–9 - _ . ~` becomes `%XY`. */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

export interface SignableRequest {
  readonly method: string
  /** Already as sent; `/` for RPC. */
  readonly path: string
  readonly query: Iterable<readonly [string, string]>
  /** The headers to sign, lower-case names. */
  readonly headers: ReadonlyMap<string, string>
  /** Lower-case hex SHA-256 of the raw body. */
  readonly payloadHash: string
}

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0)

export function canonicalRequest({ method, path, query, headers, payloadHash }: SignableRequest): string {
  const parameters = [...query].sort(byName).map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
  const names = [...headers.keys()].sort()
  let lines = ''
  for (const name of names) lines += `${name}:${headers.get(name)!.trim()}\n`
  return `${method.toUpperCase()}\n${path}\n${parameters.join('&')}\n${lines}\n${names.join(';')}\n${payloadHash}`
}

export const stringToSign = (canonicalRequestHash: string): string => `${acs3Algorithm}\n${canonicalRequestHash}`
