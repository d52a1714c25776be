import { acs3Algorithm, canonicalRequest, stringToSign } from '#src/api/contract/acs3.ts'
import { globalRegion, products, type Product } from '#src/api/contract/action.ts'
import { utf8, hex } from '#mocks/crypto/bytes.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { hmac } from '#mocks/crypto/hmac.ts'

export interface Unsigned {
  readonly product: Product
  readonly region: string
  readonly action: string
  readonly parameters: Iterable<readonly [string, string]>
  readonly accessKeyId: string
  readonly key: CryptoKey
  readonly securityToken?: string | undefined
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly nonce: string
  /** Where an official client would send it: to this address, signed for the host in it. Left out: to the console's path. */
  readonly address?: string
}

export interface Signed {
  readonly url: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string
}

/** A request as the console sends it: signed with ACS3-HMAC-SHA256, every parameter in the form body. */
export async function sign(request: Unsigned): Promise<Signed> {
  const { regional, version, host } = products[request.product]
  const body = new URLSearchParams([...request.parameters].map(([name, value]) => [name, value])).toString()
  const sent = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-acs-action': request.action,
    'x-acs-content-sha256': await sha256Hex(utf8(body)),
    'x-acs-date': new Date(request.time).toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': request.nonce,
    ...(request.securityToken === undefined ? {} : { 'x-acs-security-token': request.securityToken }),
    'x-acs-version': version,
  }
  const { address } = request
  const headers = new Map(
    Object.entries({ host: address === undefined ? host(request.region) : new URL(address).host, ...sent }),
  )
  const payloadHash = sent['x-acs-content-sha256']
  const canonical = canonicalRequest({ method: 'POST', path: '/', query: [], headers, payloadHash })
  const signature = hex(await hmac(request.key, utf8(stringToSign(await sha256Hex(utf8(canonical))))))
  const signedNames = [...headers.keys()].sort().join(';')
  return {
    url: address ?? `https://console.test/api/${request.product}/${regional ? request.region : globalRegion}/`,
    method: 'POST',
    headers: {
      ...sent,
      authorization: `${acs3Algorithm} Credential=${request.accessKeyId},SignedHeaders=${signedNames},Signature=${signature}`,
    },
    body,
  }
}
