/** Key policies: document, strict parser, and the documents that the console writes (KMS user guide, Overview of key policies; Configure a key policy). */
import { accountArn, parsePrincipalArn } from './arn.ts'
import {
  characterSets,
  isPlainObject,
  limits,
  parseJson,
  type CrossAccountReason,
  type PolicyProblemReason,
  type Problem,
} from './rules.ts'

export interface PolicyStatement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal: { readonly RAM: readonly string[] }
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
}

export interface KeyPolicy {
  readonly Version: '1'
  readonly Statement: readonly PolicyStatement[]
}

export const defaultSid = 'kms default key policy'

/** The actions of the console's three roles, in the order of its documentation (Manage external keys). */
const administratorActions = [
  'kms:List*',
  'kms:Describe*',
  'kms:Create*',
  'kms:Enable*',
  'kms:Disable*',
  'kms:Get*',
  'kms:Set*',
  'kms:Update*',
  'kms:Delete*',
  'kms:Cancel*',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:ImportKeyMaterial',
  'kms:ScheduleKeyDeletion',
] as const
const userActions = [
  'kms:Encrypt',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'kms:GenerateAndExportDataKey',
  'kms:AsymmetricEncrypt',
  'kms:AsymmetricDecrypt',
  'kms:DescribeKey',
  'kms:DescribeKeyVersion',
  'kms:ListKeyVersions',
  'kms:ListAliasesByKeyId',
  'kms:TagResource',
] as const

export const policyRoles = {
  administrator: administratorActions,
  user: userActions,
  crossAccountUser: userActions,
} as const

export type PolicyRole = 'administrator' | 'user' | 'crossAccountUser'

/** Principals picked in the panel, as ARNs. */
export type PolicyChoice = Readonly<Record<PolicyRole, readonly string[]>>

/** CreateKey's default: everything to the given accounts. One account normally, two for a key made on an instance shared to its maker. */
export function defaultPolicy(accountIds: readonly string[]): KeyPolicy {
  return {
    Version: '1',
    Statement: [
      {
        Sid: defaultSid,
        Effect: 'Allow',
        Principal: { RAM: accountIds.map(accountArn) },
        Action: ['kms:*'],
        Resource: ['*'],
      },
    ],
  }
}

/** The default statement, then one statement per role that somebody was picked for. */
export function customPolicy(accountIds: readonly string[], choice: PolicyChoice): KeyPolicy {
  const roles: readonly PolicyRole[] = ['administrator', 'user', 'crossAccountUser']
  return {
    Version: '1',
    Statement: [
      ...defaultPolicy(accountIds).Statement,
      ...roles
        .filter((role) => choice[role].length > 0)
        .map((role): PolicyStatement => ({
          Effect: 'Allow',
          Principal: { RAM: choice[role] },
          Action: policyRoles[role],
          Resource: ['*'],
        })),
    ],
  }
}

/** Accounts other than `ownAccountId` that any statement names: what the access management quota counts. */
export function otherAccounts(policy: KeyPolicy, ownAccountId: string): ReadonlySet<string> {
  const accounts = new Set<string>()
  for (const { Effect, Principal } of policy.Statement)
    for (const arn of Principal.RAM) {
      const account = parsePrincipalArn(arn)?.accountId
      if (Effect === 'Allow' && account !== undefined && account !== ownAccountId) accounts.add(account)
    }
  return accounts
}

const utf8 = new TextEncoder()
const statementElements = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource'])
/** Known to policy languages, not evaluated by this build: refused when written, never ignored. */
const unsupportedElements = new Set(['Condition', 'NotAction', 'NotPrincipal', 'NotResource'])

/**
 * Reads a key policy strictly: what the evaluator cannot weigh is refused here (KMS API 2016-01-20, SetKeyPolicy).
 * A bare string is accepted where a list stands in the documentation (Principal.RAM, Action, Resource). `at` is a path such as `Statement[1].Action[0]`.
 */
export function parsePolicy(text: string): KeyPolicy | Problem {
  if (utf8.encode(text).length > limits.policyBytes) return problem('tooLarge', '')
  const value = parseJson(text)
  if (value === undefined) return problem('notJson', '')
  if (!isPlainObject(value)) return problem('notObject', '')
  for (const name of Object.keys(value))
    if (name !== 'Version' && name !== 'Statement') return problem('unknownElement', name)
  if (value.Version !== '1') return problem('version', 'Version')
  if (!Array.isArray(value.Statement) || value.Statement.length === 0) return problem('noStatement', 'Statement')
  const statements: PolicyStatement[] = []
  for (const [index, raw] of (value.Statement as unknown[]).entries()) {
    const statement = parseStatement(raw, `Statement[${index}]`)
    if ('code' in statement) return statement
    statements.push(statement)
  }
  return { Version: '1', Statement: statements }
}

function parseStatement(raw: unknown, at: string): PolicyStatement | Problem {
  if (!isPlainObject(raw)) return problem('notObject', at)
  for (const name of Object.keys(raw)) {
    if (unsupportedElements.has(name)) return problem('unsupportedElement', `${at}.${name}`)
    if (!statementElements.has(name)) return problem('unknownElement', `${at}.${name}`)
  }
  const { Sid, Effect, Principal } = raw
  if (Sid !== undefined && !isSid(Sid)) return problem('sid', `${at}.Sid`)
  if (Effect !== 'Allow' && Effect !== 'Deny') return problem('effect', `${at}.Effect`)
  if (!isPlainObject(Principal) || Object.keys(Principal).some((name) => name !== 'RAM'))
    return problem('principal', `${at}.Principal`)
  const principals = textList(Principal.RAM)
  if (!principals) return problem('principal', `${at}.Principal.RAM`)
  for (const [index, arn] of principals.entries())
    if (!parsePrincipalArn(arn)) return problem('principal', `${at}.Principal.RAM[${index}]`)
  const actions = textList(raw.Action)
  if (!actions) return problem('action', `${at}.Action`)
  for (const [index, action] of actions.entries())
    if (!/^kms:(?:[A-Za-z]+\*?|\*)$/.test(action)) return problem('action', `${at}.Action[${index}]`)
  const resources = textList(raw.Resource)
  if (!resources || resources.some((resource) => resource !== '*')) return problem('resource', `${at}.Resource`)
  return {
    ...(Sid === undefined ? {} : { Sid }),
    Effect,
    Principal: { RAM: principals },
    Action: actions,
    Resource: ['*'],
  }
}

const isSid = (value: unknown): value is string =>
  typeof value === 'string' &&
  value.length <= limits.sid &&
  [...value].every((character) => characterSets.sid.one.test(character))

function textList(value: unknown): readonly string[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value]
  return list.length > 0 && list.every((item) => typeof item === 'string') ? list : null
}

const problem = (reason: PolicyProblemReason, at: string): Problem => ({
  code: 'policy',
  reason,
  at: at === '' ? '$' : at,
})

/**
 * A cross-account user as typed or pasted into the panel: exactly `acs:ram::<16 digits>:user/<name>` or `:role/<name>` of another account.
 * Returns the reason of the refusal, or null (Manage external keys, "Cross-account User").
 */
export function crossAccountProblem(text: string, ownAccountId: string): CrossAccountReason | null {
  const match = /^acs:ram::([^:]*):(.*)$/.exec(text)
  if (!match) return 'format'
  const [, accountId = '', principal = ''] = match
  if (accountId.includes('*')) return 'masked'
  if (!/^[0-9]{16}$/.test(accountId)) return 'accountDigits'
  if (principal === 'root') return 'root'
  if (principal === '*') return 'everyone'
  if (accountId === ownAccountId) return 'ownAccount'
  if (!/^(?:user|role)\//.test(principal)) return 'format'
  return parsePrincipalArn(text) ? null : 'name'
}

/** The RAM policy that the other account attaches on its side, so that its principals may use the key. */
export function crossAccountRamPolicy(keyArn: string): string {
  return JSON.stringify(
    {
      Version: '1',
      Statement: [{ Effect: 'Allow', Action: policyRoles.user, Resource: [keyArn] }],
    },
    null,
    2,
  )
}
