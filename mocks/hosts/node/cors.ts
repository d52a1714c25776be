/**
 * What pages of other origins may do. The API itself is open to all of them: it is guarded by signatures, and no browser adds one. What is
 * guarded by nothing, or by a token, is for pages of this server alone, under a name that no stranger's DNS can point here.
 */
import { isIP } from 'node:net'
import { clockHeader, extensionHeader, markHeader } from '#src/api/contract/backend.ts'
import type { Encoded } from '#mocks/gateway/encode.ts'

const exposed = ['x-acs-request-id', markHeader, extensionHeader, clockHeader].join(', ')

export const isPreflight = ({ method, headers }: Request): boolean =>
  method === 'OPTIONS' && headers.has('origin') && headers.has('access-control-request-method')

/** Private networks: a page of a public site asks first whether it may reach this machine. */
export function answerPreflight({ headers }: Request): Response {
  const wanted = headers.get('access-control-request-headers')
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-max-age': '600',
      ...(wanted === null ? {} : { 'access-control-allow-headers': wanted, vary: 'access-control-request-headers' }),
      ...(headers.has('access-control-request-private-network')
        ? { 'access-control-allow-private-network': 'true' }
        : {}),
    },
  })
}

/** Marks an answer as one that every page may read, and says where the cloud's clock stands: no announcement reaches pages over HTTP. */
export function readableByAll(answer: Encoded | null, now: number): Encoded | null {
  if (answer === null) return null
  const { status, body } = answer
  const headers: Record<string, string> = Object.assign({}, answer.headers, readable)
  headers[clockHeader] = String(now)
  return { status, headers, body }
}

const readable: Readonly<Record<string, string>> = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': exposed,
}

/** Whether a request comes from no page at all, or from one of this server's own. */
export function isOwn({ url, headers }: Request): boolean {
  const { host, hostname } = new URL(url)
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  return (
    isNamedSafely(hostname) &&
    (origin === null || origin === `http://${host}`) &&
    (site === null || site === 'same-origin' || site === 'none')
  )
}

/** An address, or a name that means loopback everywhere: what a page was loaded under cannot then be a name that changed its address. */
const isNamedSafely = (hostname: string): boolean =>
  isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || hostname === 'localhost' || hostname.endsWith('.localhost')
