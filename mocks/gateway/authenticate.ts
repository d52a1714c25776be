/**
 * Step 3: who asks. The signature, ACS3-HMAC-SHA256 in a header or version 1.0 among the parameters, is computed anew and compared in
 * constant time. The order of refusals: access key, security token, time, nonce, signature.
 */
import { acs3Algorithm, canonicalRequest, stringToSign } from '#src/api/contract/acs3.ts'
import { limits } from '#src/api/contract/rules.ts'
import { hexBytes, noBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { verifyHmac } from '#mocks/crypto/hmac.ts'
import type { Caller } from '#mocks/kms/context.ts'
import { tokenPattern } from '#mocks/ram/sts.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { AccessKeyRow, CloudTables, SessionRow } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'
import type { SpanRecorder } from '#mocks/trace/trace.ts'
import { incomplete, readNonce, readTime, type Claim, type Credentials } from './claim.ts'
import type { Call } from './decode.ts'
import type { Nonces } from './nonces.ts'
import { v1Claim } from './signature-v1.ts'

export interface Gate {
  readonly tables: ReadTransaction<CloudTables>
  readonly nonces: Nonces
  /** Milliseconds since the epoch by the host's clock, which signature times are judged by. */
  readonly wallNow: () => number
  /** By the cloud's clock, which temporary credentials expire by. */
  readonly now: () => number
  /** Told whose access key it is, and how the signature was verified. */
  readonly span: Pick<SpanRecorder, 'tell'>
}

/** Throws the gateway's refusals; returns the account, RAM user or role that the credentials belong to. */
export async function authenticate(call: Call, gate: Gate): Promise<Caller> {
  const { nonces, wallNow, span } = gate
  const claim = claimOf(call)
  const { accessKeyId } = claim
  const credentials = await credentialsOf(accessKeyId, claim.token, gate)
  const { caller } = credentials
  span.tell({ accountId: caller.accountId, principalArn: caller.arn, accessKeyId })
  const date = claim.date()
  if (Math.abs(wallNow() - date) > limits.signatureSkewMs) throw new ServiceError('InvalidTimeStamp.Expired')
  const nonce = claim.nonce()
  if (nonces.isUsed(accessKeyId, nonce, date, wallNow())) throw new ServiceError('SignatureNonceUsed')
  await claim.verify(credentials, span)
  if (!nonces.take(accessKeyId, nonce, date, wallNow())) throw new ServiceError('SignatureNonceUsed')
  return caller
}

function claimOf(call: Call): Claim {
  const header = call.headers.get('authorization')
  if (header !== null) return acs3Claim(call, header)
  if (call.sent.has('Signature')) return v1Claim(call)
  throw new ServiceError('MissingAccessKeyId')
}

/** `token`: as sent; null: none. */
async function credentialsOf(accessKeyId: string, token: string | null, gate: Gate): Promise<Credentials> {
  const session = gate.tables.sessions.get(accessKeyId)
  if (session) return { key: session.key, v1Key: session.v1Key, caller: await sessionCaller(session, token, gate) }
  const accessKey = gate.tables.accessKeys.get(accessKeyId)
  if (!accessKey) throw new ServiceError('InvalidAccessKeyId.NotFound')
  if (token !== null) throw new ServiceError('InvalidSecurityToken.MismatchWithAccessKey')
  if (!accessKey.active) throw new ServiceError('InvalidAccessKeyId.Inactive')
  return { key: accessKey.key, v1Key: accessKey.v1Key, caller: callerOf(accessKey, gate.tables) }
}

/** The role, as long as it is the one that was assumed. */
async function sessionCaller(session: SessionRow, token: string | null, { tables, now }: Gate): Promise<Caller> {
  const { accessKeyId, accountId, roleArn, roleId, key, tokenTag, expiresAt } = session
  if (token === null) throw new ServiceError('MissingSecurityToken')
  if (!tokenPattern.test(token)) throw new ServiceError('InvalidSecurityToken.Malformed')
  if (!(await verifyHmac(key, tokenTag, utf8(token))))
    throw new ServiceError('InvalidSecurityToken.MismatchWithAccessKey')
  if (expiresAt <= now()) throw new ServiceError('InvalidSecurityToken.Expired')
  const role = tables.principals.get(roleArn)
  if (role?.id !== roleId) throw new ServiceError('InvalidAccessKeyId.NotFound')
  return { accountId, kind: 'role', arn: roleArn, name: role.name, accessKeyId, session: session.name }
}

function acs3Claim(call: Call, header: string): Claim {
  const { headers } = call
  const text = header.trim()
  const space = text.search(/\s/)
  if ((space < 0 ? text : text.slice(0, space)) !== acs3Algorithm) throw new ServiceError('InvalidSignatureMethod')
  const parts = partsOf(text.slice(acs3Algorithm.length))
  const accessKeyId = parts.get('Credential') ?? ''
  const names = parts.get('SignedHeaders') ?? ''
  const signature = parts.get('Signature') ?? ''
  if (accessKeyId === '') throw new ServiceError('MissingAccessKeyId')
  if (names === '' || signature === '') throw incomplete('SignedHeaders and Signature are needed.')
  const signedNames = new Set(names.toLowerCase().split(';'))
  return {
    accessKeyId,
    token: headers.get('x-acs-security-token'),
    date: () => readTime(headers.get('x-acs-date')),
    nonce: () => readNonce(headers.get('x-acs-signature-nonce')),
    verify: ({ key }, span) => verifySignature(call, key, signedNames, signature, span),
  }
}

/** Of `Name=value,Name=value`; white space is nothing anywhere. */
function partsOf(text: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>()
  for (const part of text.replace(/\s+/g, '').split(',')) {
    const equals = part.indexOf('=')
    if (equals < 0) parts.set(part, '')
    else parts.set(part.slice(0, equals), part.slice(equals + 1))
  }
  return parts
}

async function verifySignature(
  call: Call,
  key: CryptoKey,
  signedNames: ReadonlySet<string>,
  signature: string,
  span: Gate['span'],
): Promise<void> {
  const unsigned = unsignedOf(call.headers, signedNames)
  if (unsigned !== null) throw incomplete(`The header ${unsigned} must be signed.`)
  const headers = new Map<string, string>()
  for (const name of signedNames) {
    const value = name === 'host' ? call.host : call.headers.get(name)
    if (value === null) throw incomplete('A signed header is missing.')
    headers.set(name, value)
  }
  const payloadHash = await sha256Hex(call.body)
  const canonical = canonicalRequest({
    method: call.method,
    path: '/',
    query: call.query,
    headers,
    payloadHash,
  })
  const canonicalHash = await sha256Hex(canonical)
  const bodyMatches = call.headers.get('x-acs-content-sha256') === payloadHash
  const matches =
    bodyMatches && (await verifyHmac(key, hexBytes(signature) ?? noBytes, utf8(stringToSign(canonicalHash))))
  span.tell({
    signature: { version: '3', signedNames: [...signedNames], payloadHash, canonicalHash, bodyMatches, matches },
  })
  if (!matches) throw new ServiceError('SignatureDoesNotMatch')
}

/** The first header that has to be signed and is not; null: none. */
function unsignedOf(headers: Headers, signedNames: ReadonlySet<string>): string | null {
  for (const name of mandatoryHeaders) if (!signedNames.has(name)) return name
  for (const name of headers.keys())
    if ((name.startsWith('x-acs-') || name === 'content-type') && !signedNames.has(name)) return name
  return null
}

const mandatoryHeaders = ['host', 'x-acs-content-sha256']

/** The RAM user, or the account itself, that an access key belongs to. */
export function callerOf(accessKey: AccessKeyRow, tables: ReadTransaction<CloudTables>): Caller {
  const { accountId, accessKeyId, principalArn } = accessKey
  if (principalArn === null) {
    const name = tables.accounts.get(accountId)?.name ?? accountId
    return { accountId, kind: 'account', arn: `acs:ram::${accountId}:root`, name, accessKeyId }
  }
  const principal = tables.principals.get(principalArn)
  if (!principal) throw new ServiceError('InvalidAccessKeyId.NotFound')
  return { accountId, kind: principal.kind, arn: principalArn, name: principal.name, accessKeyId }
}
