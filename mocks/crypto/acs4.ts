/**
 * ACS4-HMAC-SHA256, Alibaba Cloud's request signature, version 4: as its published gateway clients sign. What is signed stands as in version 3;
 * the key is bound to a day, a region and a product, and neither date nor scope is part of the text.
 */
import { canonicalRequest, type SignableRequest } from '#src/api/contract/acs3.ts'
import { hex, hexBytes, utf8 } from './bytes.ts'
import { sha256Hex } from './hash.ts'
import { hmac, hmacChain, importHmacKey, verifyHmac } from './hmac.ts'

const algorithm = 'ACS4-HMAC-SHA256'
const terminator = 'aliyun_v4_request'

/** What a signature is good for. `date` is `YYYYMMDD`. */
export interface Acs4Scope {
  readonly date: string
  readonly region: string
  readonly product: string
}

export interface Acs4Authorization {
  readonly accessKeyId: string
  readonly scope: Acs4Scope
  readonly signedHeaders: readonly string[]
  /** 64 hex digits. */
  readonly signature: string
}

/** The key that a credential signs with, `aliyun_v4<secret>`: the secret itself is kept nowhere. */
export const importAcs4Secret = (secret: string): Promise<CryptoKey> => importHmacKey(utf8(`aliyun_v4${secret}`))

const scopedKey = (secretKey: CryptoKey, { date, region, product }: Acs4Scope): Promise<CryptoKey> =>
  hmacChain(secretKey, [date, region, product, terminator])

const textToSign = async (request: SignableRequest) =>
  `${algorithm}\n${await sha256Hex(utf8(canonicalRequest(request)))}`

/** The `authorization` header of a request. */
export async function acs4Authorization(
  request: SignableRequest,
  scope: Acs4Scope,
  { accessKeyId, signingKey }: { accessKeyId: string; signingKey: CryptoKey },
): Promise<string> {
  const signature = await hmac(await scopedKey(signingKey, scope), utf8(await textToSign(request)))
  const names = [...request.headers.keys()].sort().join(';')
  const { date, region, product } = scope
  return `${algorithm} Credential=${accessKeyId}/${date}/${region}/${product}/${terminator},SignedHeaders=${names},Signature=${hex(signature)}`
}

const header =
  /^ACS4-HMAC-SHA256 +Credential=([^/\s,]+)\/(\d{8})\/([^/\s,]+)\/([^/\s,]+)\/aliyun_v4_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})$/

/** The parts of an `authorization` header; null where it is not one of this algorithm. */
export function parseAcs4Authorization(text: string): Acs4Authorization | null {
  const parts = header.exec(text)
  if (!parts) return null
  const [accessKeyId, date, region, product, names, signature] = parts.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return { accessKeyId, scope: { date, region, product }, signedHeaders: names.split(';'), signature }
}

/** Whether the signature is that of the request, by the credential's key. Constant time. */
export async function verifyAcs4(
  request: SignableRequest,
  { scope, signature }: Pick<Acs4Authorization, 'scope' | 'signature'>,
  signingKey: CryptoKey,
): Promise<boolean> {
  const bytes = hexBytes(signature)
  if (!bytes) return false
  return verifyHmac(await scopedKey(signingKey, scope), bytes, utf8(await textToSign(request)))
}
