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
  readonly tell: SpanRecorder['tell']
}

/** Throws the gateway's refusals; returns the account, RAM user or role that the credentials belong to. */
export async function authenticate(call: Call, gate: Gate): Promise<Caller> {
  const { nonces, wallNow, tell } = gate
  const claim = claimOf(call)
  const { accessKeyId } = claim
  const credentials = await credentialsOf(accessKeyId, claim.token, gate)
  const { caller } = credentials
  tell({ accountId: caller.accountId, principalArn: caller.arn, accessKeyId })
  const date = claim.date()
  if (Math.abs(wallNow() - date) > limits.signatureSkewMs) throw new ServiceError('InvalidTimeStamp.Expired')
  const nonce = claim.nonce()
  if (nonces.isUsed(accessKeyId, nonce, date, wallNow())) throw new ServiceError('SignatureNonceUsed')
  await claim.verify(credentials, tell)
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
  const [algorithm = '', ...rest] = header.trim().split(/\s+/)
  if (algorithm !== acs3Algorithm) throw new ServiceError('InvalidSignatureMethod')
  const parts = new Map(
    rest
      .join('')
      .split(',')
      .map((part) => {
        const [name = '', ...value] = part.split('=')
        return [name, value.join('=')]
      }),
  )
  const [accessKeyId = '', names = '', signature = ''] = ['Credential', 'SignedHeaders', 'Signature'].map(
    (name) => parts.get(name) ?? '',
  )
  if (accessKeyId === '') throw new ServiceError('MissingAccessKeyId')
  if (names === '' || signature === '') throw incomplete('SignedHeaders and Signature are needed.')
  const signedNames = new Set(names.toLowerCase().split(';'))
  return {
    accessKeyId,
    token: headers.get('x-acs-security-token'),
    date: () => readTime(headers.get('x-acs-date')),
    nonce: () => readNonce(headers.get('x-acs-signature-nonce')),
    verify: ({ key }, tell) => verifySignature(call, key, signedNames, signature, tell),
  }
}

async function verifySignature(
  call: Call,
  key: CryptoKey,
  signedNames: ReadonlySet<string>,
  signature: string,
  tell: SpanRecorder['tell'],
): Promise<void> {
  const mandatory = [...call.headers.keys()].filter((name) => name.startsWith('x-acs-') || name === 'content-type')
  const unsigned = ['host', 'x-acs-content-sha256', ...mandatory].find((name) => !signedNames.has(name))
  if (unsigned !== undefined) throw incomplete(`The header ${unsigned} must be signed.`)
  const headers = new Map([...signedNames].map((name) => [name, name === 'host' ? call.host : call.headers.get(name)]))
  const absent = [...headers].find(([, value]) => value === null)
  if (absent) throw incomplete('A signed header is missing.')
  const payloadHash = await sha256Hex(call.body)
  const canonical = canonicalRequest({
    method: call.method,
    path: '/',
    query: call.query,
    headers: headers as ReadonlyMap<string, string>,
    payloadHash,
  })
  const canonicalHash = await sha256Hex(utf8(canonical))
  const bodyMatches = call.headers.get('x-acs-content-sha256') === payloadHash
  const matches =
    bodyMatches && (await verifyHmac(key, hexBytes(signature) ?? noBytes, utf8(stringToSign(canonicalHash))))
  tell({ signature: { version: '3', signedNames: [...signedNames], payloadHash, canonicalHash, bodyMatches, matches } })
  if (!matches) throw new ServiceError('SignatureDoesNotMatch')
}

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
