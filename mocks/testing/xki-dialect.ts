/** Asking a proxy in the dialect xki as a client of one's own. */
import { acs4Authorization, importAcs4Secret } from '#mocks/crypto/acs4.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { amzDate } from '#mocks/crypto/sigv4.ts'
import { testStart } from './runtime.ts'
import { instanceWith, proxyHost, xkiWorld, type Credential, type WorldOptions } from './xki-world.ts'

export const xkiPrefix = '/hyok/xki'
export const xkiBase = `${xkiPrefix}/kms/xki/v1`

export const xkiCredential: Credential = {
  accessKeyId: 'XKICREDENTIALNUMBERONE',
  signingKey: await importAcs4Secret('a secret of the proxy, at least 43 characters'),
}

/** The instance of `xkiWorld`, connected in this dialect. */
export const xkiInstance = instanceWith({ uriPathPrefix: xkiPrefix, dialect: 'xki', ...xkiCredential })

export async function xkiDialectWorld(options: WorldOptions = {}) {
  const world = await xkiWorld(options)
  world.store.write((tx) => tx.credentials.put({ ...xkiCredential, uriPathPrefix: xkiPrefix, dialect: 'xki' }))
  return world
}

export interface XkiSigning {
  readonly time?: number
  readonly with?: Credential
  readonly product?: string
  /** More headers, signed too; undefined: left out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Sent, and left out of the signature. */
  readonly unsigned?: readonly string[]
}

export async function signedXki(path: string, body: string, options: XkiSigning = {}): Promise<Request> {
  const url = new URL(`https://${proxyHost}${path}`)
  const bytes = utf8(body)
  const payloadHash = await sha256Hex(bytes)
  const date = amzDate(options.time ?? testStart)
  const credential = options.with ?? xkiCredential
  const sent = Object.entries({
    'content-type': 'application/json',
    'x-acs-accesskey-id': credential.accessKeyId,
    'x-acs-action': 'POST',
    'x-acs-content-sha256': payloadHash,
    'x-acs-date': date,
    'x-acs-signature-nonce': 'nonce-1',
    'x-acs-version': '1.0.0',
    ...options.headers,
  }).filter((header): header is [string, string] => header[1] !== undefined)
  const headers = new Map([...sent, ['host', url.host] as const])
  for (const name of options.unsigned ?? []) headers.delete(name)
  const scope = { date: date.slice(0, 8), region: 'cn-hangzhou', product: options.product ?? 'kms' }
  const request = { method: 'POST', path: url.pathname, query: url.searchParams, headers, payloadHash }
  const authorization = await acs4Authorization(request, scope, credential)
  return new Request(url, { method: 'POST', headers: [...sent, ['authorization', authorization]], body: bytes })
}
