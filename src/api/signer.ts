import { acs3Algorithm, canonicalRequest, stringToSign } from './contract/acs3.ts'
import { products, type Product } from './contract/action.ts'
import type { Credentials } from './contract/backend.ts'

const utf8 = new TextEncoder()

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function sha256Hex(text: string): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', utf8.encode(text)))
}

export const formContentType = 'application/x-www-form-urlencoded; charset=utf-8'

/** The non-extractable key of a secret. Nobody keeps the text. */
export const signingKeyOf = (secret: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', utf8.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])

export interface Unsigned {
  readonly product: Product
  readonly region: string
  readonly action: string
  readonly body: string
  readonly credentials: Credentials
  /** Milliseconds since the epoch by the host's clock. */
  readonly time: number
  readonly nonce: string
}

/**
 * The headers of a signed RPC request (ACS3-HMAC-SHA256, "Request body and signature mechanism V3"). It is signed for the product's logical
 * host and path `/`, wherever the request is sent: browsers forbid a `host` header, so the receiver derives it from the path.
 */
export async function signedHeaders(request: Unsigned): Promise<Record<string, string>> {
  const { accessKeyId, key, securityToken } = request.credentials
  const sent = {
    'content-type': formContentType,
    'x-acs-action': request.action,
    'x-acs-version': products[request.product].version,
    'x-acs-date': new Date(request.time).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': request.nonce,
    'x-acs-content-sha256': await sha256Hex(request.body),
    ...(securityToken === null ? {} : { 'x-acs-security-token': securityToken }),
  }
  const headers = new Map(Object.entries(sent)).set('host', products[request.product].host(request.region))
  const canonical = canonicalRequest({
    method: 'POST',
    path: '/',
    query: [],
    headers,
    payloadHash: sent['x-acs-content-sha256'],
  })
  const signature = hex(await crypto.subtle.sign('HMAC', key, utf8.encode(stringToSign(await sha256Hex(canonical)))))
  return {
    ...sent,
    authorization: `${acs3Algorithm} Credential=${accessKeyId},SignedHeaders=${[...headers.keys()].sort().join(';')},Signature=${signature}`,
  }
}
