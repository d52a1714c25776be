/** AWS Signature Version 4 (AWS4-HMAC-SHA256): what is signed, signing it, and judging a signature. */
import { percentEncode } from '#src/api/contract/acs3.ts'
import { hexBytes, hex, utf8 } from './bytes.ts'
import { sha256Hex } from './hash.ts'
import { hmac, hmacChain, importHmacKey, verifyHmac } from './hmac.ts'

const algorithm = 'AWS4-HMAC-SHA256'
const terminator = 'aws4_request'

/** What a signature is good for. `date` is `YYYYMMDD`. */
export interface SigV4Scope {
  readonly date: string
  readonly region: string
  readonly service: string
}

export interface SigV4Request {
  readonly method: string
  /** As sent; its characters are not encoded again. */
  readonly path: string
  readonly query: Iterable<readonly [string, string]>
  /** Exactly the headers that are signed, lower-case names. */
  readonly headers: ReadonlyMap<string, string>
  /** Lower-case hex SHA-256 of the body. */
  readonly payloadHash: string
}

export interface SigV4Authorization {
  readonly accessKeyId: string
  readonly scope: SigV4Scope
  readonly signedHeaders: readonly string[]
  /** 64 hex digits. */
  readonly signature: string
}

/** The key that a credential signs with, `AWS4<secret>`: the secret itself is kept nowhere. */
export const importSigV4Secret = (secret: string): Promise<CryptoKey> => importHmacKey(utf8(`AWS4${secret}`))

/** `YYYYMMDDTHHMMSSZ` of a time in ms since the epoch. */
export const amzDate = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** The time of an `x-amz-date`, ms since the epoch; null where it is none. */
export function amzDateTime(text: string): number | null {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)?.slice(1)
  if (!parts) return null
  const [year, month, day, hour, minute, second] = parts.map(Number) as [number, number, number, number, number, number]
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  return amzDate(time) === text ? time : null
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export function canonicalRequest({ method, path, query, headers, payloadHash }: SigV4Request): string {
  const names = [...headers.keys()].sort(byText)
  return [
    method,
    path,
    [...query]
      .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
      .sort(byText)
      .join('&'),
    ...names.map((name) => `${name}:${headers.get(name)!.trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    payloadHash,
  ].join('\n')
}

const scopeText = ({ date, region, service }: SigV4Scope): string => [date, region, service, terminator].join('/')

export async function stringToSign(request: SigV4Request, scope: SigV4Scope): Promise<string> {
  const date = request.headers.get('x-amz-date') ?? ''
  return [algorithm, date, scopeText(scope), await sha256Hex(utf8(canonicalRequest(request)))].join('\n')
}

/** HMAC chain from the credential's key over date, region, service and `aws4_request`. */
export const scopedKey = (secretKey: CryptoKey, { date, region, service }: SigV4Scope): Promise<CryptoKey> =>
  hmacChain(secretKey, [date, region, service, terminator])

/** The `authorization` header of a request. Its signed headers must hold `host` and `x-amz-date`. */
export async function authorization(
  request: SigV4Request,
  scope: SigV4Scope,
  { accessKeyId, signingKey }: { accessKeyId: string; signingKey: CryptoKey },
): Promise<string> {
  const signature = await hmac(await scopedKey(signingKey, scope), utf8(await stringToSign(request, scope)))
  const signedHeaders = [...request.headers.keys()].sort(byText).join(';')
  return `${algorithm} Credential=${accessKeyId}/${scopeText(scope)}, SignedHeaders=${signedHeaders}, Signature=${hex(signature)}`
}

/** The parts of an `authorization` header; null where it is not one of this algorithm. */
export function parseAuthorization(header: string): SigV4Authorization | null {
  const match =
    /^AWS4-HMAC-SHA256 +Credential=([^/\s,]+)\/(\d{8})\/([^/\s,]+)\/([^/\s,]+)\/aws4_request, *SignedHeaders=([a-z0-9;-]+), *Signature=([0-9a-f]{64})$/.exec(
      header,
    )
  if (!match) return null
  const [accessKeyId, date, region, service, signedHeaders, signature] = match.slice(1) as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  return { accessKeyId, scope: { date, region, service }, signedHeaders: signedHeaders.split(';'), signature }
}

/** Whether the signature is that of the request, by the credential's key. Constant time. */
export async function verifySigV4(
  request: SigV4Request,
  { scope, signature }: Pick<SigV4Authorization, 'scope' | 'signature'>,
  signingKey: CryptoKey,
): Promise<boolean> {
  const bytes = hexBytes(signature)
  if (!bytes) return false
  return verifyHmac(await scopedKey(signingKey, scope), bytes, utf8(await stringToSign(request, scope)))
}
