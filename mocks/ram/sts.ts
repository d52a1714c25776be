/** Who asks, and temporary credentials: STS API 2015-04-01. */
import { assumedRoleArn } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { hmac, importHmacKey } from '#mocks/crypto/hmac.ts'
import { importV1Secret } from '#mocks/crypto/hmac-sha1.ts'
import type { Caller, Circumstances, Context, Rules } from '#mocks/kms/context.ts'
import { wireTime } from '#mocks/kms/time.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, PrincipalRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'
import { denialOf } from './access.ts'
import type { PolicyTables } from './attached.ts'
import { trusts } from './trust.ts'

const identityTypes = { account: 'Account', user: 'RAMUser', role: 'AssumedRoleUser' } as const satisfies Record<
  Caller['kind'],
  string
>

/** How long the row of credentials that have expired is kept: so long they are told apart from such that never were. */
const rememberedMs = 24 * 60 * 60_000

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const randomText = ({ runtime }: Context, length: number): string =>
  Array.from(runtime.randomBytes(length), (byte) => letters[byte % letters.length]).join('')

/** Assumed: `CAIS` and Base64. What is of another form is malformed rather than another's. */
export const tokenPattern = /^CAIS[A-Za-z0-9+/]{128}$/

/** Whether somebody may assume a role: by the caller's own policies and by the role's trust policy, both. */
export const mayAssume = (
  caller: Caller,
  { arn, role }: PrincipalRow,
  circumstances: Circumstances,
  tables: PolicyTables,
): boolean =>
  caller.kind !== 'account' &&
  role !== null &&
  trusts(role.trust, caller) &&
  denialOf(
    caller,
    'sts:AssumeRole',
    { arn, accountId: caller.accountId, policy: null, tags: [] },
    circumstances,
    tables,
  ) === null

/** Throws the refusal of what the permission does not settle: the account itself, a role that is not there or trusts others. */
function roleFor(
  { caller, db }: Context,
  arn: string,
): PrincipalRow & { readonly role: NonNullable<PrincipalRow['role']> } {
  if (caller.kind === 'account')
    throw new ServiceError(
      'NoPermission',
      { reason: 'Roles may not be assumed by root accounts.' },
      { Reason: 'AccountItself' },
    )
  const principal = db.read.principals.get(arn)
  if (!principal?.role) throw new ServiceError('EntityNotExist.Role')
  if (!trusts(principal.role.trust, caller))
    throw new ServiceError('NoPermission', { reason: 'The role does not trust the caller.' }, { Reason: 'TrustPolicy' })
  return { ...principal, role: principal.role }
}

function forgetExpired(tx: Pick<WriteTransaction<CloudTables>, 'sessions'>, now: number): void {
  for (const { accessKeyId, expiresAt } of tx.sessions.values())
    if (expiresAt + rememberedMs < now) tx.sessions.delete(accessKeyId)
}

export const stsRules = {
  GetCallerIdentity: ({ caller, db }) => {
    const { accountId, kind, arn, name, session } = caller
    const id = db.read.principals.get(arn)?.id ?? accountId
    const IdentityType = identityTypes[kind]
    if (session === undefined) return { AccountId: accountId, Arn: arn, IdentityType, PrincipalId: id, UserId: id }
    return {
      AccountId: accountId,
      Arn: assumedRoleArn(accountId, name, session),
      IdentityType,
      PrincipalId: `${id}:${session}`,
      RoleId: id,
    }
  },
  /** The secret and the token leave with the answer and are kept nowhere. */
  AssumeRole: async (ctx, { RoleArn, RoleSessionName, DurationSeconds = limits.sessionSeconds.preset }) => {
    const { id, accountId, arn, name, role } = roleFor(ctx, RoleArn)
    const { min } = limits.sessionSeconds
    const max = role.maxSessionMs / 1000
    if (DurationSeconds > max) throw invalidParameter('DurationSeconds', { code: 'outOfRange', min, max })
    const AccessKeyId = `STS.N${randomText(ctx, 24)}`
    const AccessKeySecret = randomText(ctx, 44)
    const SecurityToken = `CAIS${encodeBase64(ctx.runtime.randomBytes(96))}`
    const key = await importHmacKey(utf8(AccessKeySecret))
    const v1Key = await importV1Secret(AccessKeySecret)
    const tokenTag = await hmac(key, utf8(SecurityToken))
    const expiresAt = ctx.now + DurationSeconds * 1000
    ctx.db.write((tx) => {
      forgetExpired(tx, ctx.now)
      tx.sessions.put({
        accessKeyId: AccessKeyId,
        accountId,
        roleArn: arn,
        roleId: id,
        name: RoleSessionName,
        key,
        v1Key,
        tokenTag,
        expiresAt,
      })
    })
    return {
      Credentials: { AccessKeyId, AccessKeySecret, SecurityToken, Expiration: wireTime(expiresAt) },
      AssumedRoleUser: {
        Arn: assumedRoleArn(accountId, name, RoleSessionName),
        AssumedRoleId: `${id}:${RoleSessionName}`,
      },
    }
  },
} satisfies Rules<'GetCallerIdentity' | 'AssumeRole'>
