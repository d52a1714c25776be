/** What an explanation is asked: by whom, about whom, and which decisions of the gateway answer it. */
import { keyPermissions, principalOf, type Principal } from '#src/api/contract/access.ts'
import { actions } from '#src/api/contract/actions.ts'
import { aliasArn, allAliasesArn, allKeysArn } from '#src/api/contract/arn.ts'
import type { AccessDetail } from '#src/api/contract/errors.ts'
import type { Circumstances, Context, Resource } from '#mocks/kms/context.ts'
import { aliasId } from '#mocks/kms/find.ts'
import { actionOf } from '#mocks/kms/obstacles.ts'
import { keyResource } from '#mocks/kms/visible.ts'
import { evaluate, type Decision, type Question } from '#mocks/ram/evaluate.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { KeyRow } from '#mocks/store/rows.ts'

interface AskedCircumstances {
  readonly SourceIp?: string | undefined
  readonly SecureTransport?: boolean | undefined
  readonly At?: string | undefined
}

/** Of the request that is asked about: what is not told is as with the asker, now. */
export function circumstancesOf(ctx: Context, { SourceIp, SecureTransport, At }: AskedCircumstances): Circumstances {
  const at = At === undefined ? ctx.now : Date.parse(At)
  if (Number.isNaN(at)) throw invalidParameter('At', { code: 'malformed', reason: 'shape' })
  return {
    now: at,
    sourceIp: SourceIp ?? ctx.circumstances.sourceIp,
    secureTransport: SecureTransport ?? ctx.circumstances.secureTransport,
  }
}

export function principalNamed(arn: string): Principal {
  const principal = principalOf(arn)
  if (!principal) throw invalidParameter('PrincipalArn', { code: 'malformed', reason: 'shape' })
  return principal
}

const permissionPattern = /^[a-z]+:[A-Za-z]+$/

/** `kms:Decrypt`, of whatever service. */
export function checkPermissionShape(permission: string): void {
  if (!permissionPattern.test(permission)) throw invalidParameter('Permission', { code: 'malformed', reason: 'shape' })
}

export function checkPermission(permission: string): void {
  checkPermissionShape(permission)
  const known = keyPermissions.includes(permission) || actionOf(permission) !== null
  if (!known) throw invalidParameter('Permission', { code: 'malformed', reason: 'shape' })
}

export const denied = ({ arn }: Resource, Decision: AccessDetail): ServiceError =>
  new ServiceError('Forbidden.NoPermission', { resource: arn }, { Decision })

/**
 * About others one needs to see the policies that decide: the key's, and of one's own account's users and roles what is attached to them
 * (assumed). What another account attaches to its own cannot be seen in the real cloud; here the emulator tells.
 */
export function mayAskAbout(ctx: Context, principal: Principal, key: KeyRow | null): void {
  const { caller } = ctx
  if (principal.arn === caller.arn) return
  const asked: readonly (readonly [string, Resource])[] = [
    ...(key ? [['kms:GetKeyPolicy', keyResource(key)] as const] : []),
    ...(principal.accountId === caller.accountId && principal.kind !== 'account'
      ? [
          [
            principal.kind === 'user' ? 'ram:ListPoliciesForUser' : 'ram:ListPoliciesForRole',
            plain(caller.accountId, principal.arn),
          ] as const,
        ]
      : []),
  ]
  for (const [permission, resource] of asked) {
    const denial = ctx.denial(permission, resource)
    if (denial) throw denied(resource, denial)
  }
}

export const plain = (accountId: string, arn: string): Resource => ({ arn, accountId, policy: null, tags: [] })
const aboutAliases: ReadonlySet<string> = new Set(['alias', 'aliasAndKey'])

/** What a permission is asked for, in the gateway's order. `aliasName` null: any alias. */
export function resourcesOf(
  ctx: Context,
  { accountId }: Principal,
  permission: string,
  key: KeyRow | null,
  aliasName: string | null,
): readonly Resource[] {
  const { region, db } = ctx
  const name = actionOf(permission)
  const subject = name === null ? 'key' : actions[name].subject
  const keys = key ? [keyResource(key)] : []
  if (aboutAliases.has(subject)) {
    const alias = aliasName === null ? undefined : db.read.aliases.get(aliasId(region, accountId, aliasName))
    const before = name === 'UpdateAlias' && alias && alias.keyId !== key?.keyId ? db.read.keys.get(alias.keyId) : null
    const arn = aliasArn(region, accountId, aliasName ?? 'alias/*')
    return [plain(accountId, arn), ...keys, ...(before ? [keyResource(before)] : [])]
  }
  if (subject === 'keys') return [plain(accountId, allKeysArn(region, accountId))]
  if (subject === 'aliases') return [plain(accountId, allAliasesArn(region, accountId))]
  if (keys.length > 0) return keys
  const [service = 'kms'] = permission.split(':')
  const arn = service === 'kms' ? `acs:kms:${region}:${accountId}:*` : `acs:${service}:*:${accountId}:*`
  return [plain(accountId, arn)]
}

export interface Decisive {
  /** All that must be allowed. */
  readonly questions: readonly Question[]
  /** The one that counts: the first that is denied, or else the last. */
  readonly question: Question
  readonly decision: Decision
}

export function decisive(questions: readonly Question[]): Decisive {
  const decided = questions.map((question) => ({ question, decision: evaluate(question) }))
  return { questions, ...(decided.find(({ decision }) => decision.verdict === 'deny') ?? decided.at(-1)!) }
}
