/** Key policies: document, strict parser, and the documents that the console writes (KMS user guide, Overview of key policies; Configure a key policy). */
import { accountArn, parsePrincipalArn } from './arn.ts'
import { conditionProblems, parseCondition, type Condition } from './conditions.ts'
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
  readonly Condition?: Condition
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
const statementElements = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'])
/** Known to policy languages, not evaluated by this build: refused when written, never ignored. */
const unsupportedElements = new Set(['NotAction', 'NotPrincipal', 'NotResource'])

/**
 * Everything that is wrong with a key policy's text, read strictly: what the evaluator cannot weigh is refused here (KMS API 2016-01-20,
 * SetKeyPolicy). A bare string is accepted where a list stands in the documentation (Principal.RAM, Action, Resource). `at` is a path such
 * as `Statement[1].Action[0]`.
 */
export function policyProblems(text: string): readonly Problem[] {
  const tooLarge = utf8.encode(text).length > limits.policyBytes ? [problem('tooLarge', '')] : []
  const value = parseJson(text)
  if (value === undefined) return [...tooLarge, problem('notJson', '')]
  return [...tooLarge, ...documentProblems(value)]
}

function documentProblems(value: unknown): readonly Problem[] {
  if (!isPlainObject(value)) return [problem('notObject', '')]
  const found = Object.keys(value)
    .filter((name) => name !== 'Version' && name !== 'Statement')
    .map((name) => problem('unknownElement', name))
  if (value.Version !== '1') found.push(problem('version', 'Version'))
  const { Statement } = value
  if (!Array.isArray(Statement) || Statement.length === 0) return [...found, problem('noStatement', 'Statement')]
  return [...found, ...Statement.flatMap((raw: unknown, index) => statementProblems(raw, `Statement[${index}]`))]
}

function statementProblems(raw: unknown, at: string): readonly Problem[] {
  if (!isPlainObject(raw)) return [problem('notObject', at)]
  const found: Problem[] = []
  for (const name of Object.keys(raw))
    if (unsupportedElements.has(name)) found.push(problem('unsupportedElement', `${at}.${name}`))
    else if (!statementElements.has(name)) found.push(problem('unknownElement', `${at}.${name}`))
  const { Sid, Effect, Principal, Action, Resource, Condition } = raw
  if (Sid !== undefined && !isSid(Sid)) found.push(problem('sid', `${at}.Sid`))
  if (Effect !== 'Allow' && Effect !== 'Deny') found.push(problem('effect', `${at}.Effect`))
  if (!isPlainObject(Principal) || Object.keys(Principal).some((name) => name !== 'RAM'))
    found.push(problem('principal', `${at}.Principal`))
  else found.push(...itemProblems(Principal.RAM, 'principal', `${at}.Principal.RAM`, isPrincipal))
  found.push(...itemProblems(Action, 'action', `${at}.Action`, isAction))
  const resources = textList(Resource)
  if (!resources || resources.some((resource) => resource !== '*')) found.push(problem('resource', `${at}.Resource`))
  if (Condition !== undefined) found.push(...conditionProblems(Condition, `${at}.Condition`))
  return found
}

/** A list of texts, and each of them. */
function itemProblems(
  value: unknown,
  reason: PolicyProblemReason,
  at: string,
  isItem: (text: string) => boolean,
): readonly Problem[] {
  const items = textList(value)
  if (!items) return [problem(reason, at)]
  return items.flatMap((item, index) => (isItem(item) ? [] : [problem(reason, `${at}[${index}]`)]))
}

const isPrincipal = (text: string): boolean => parsePrincipalArn(text) !== null
const isAction = (text: string): boolean => /^kms:(?:[A-Za-z]+\*?|\*)$/.test(text)

type TextOrList = string | readonly string[]

/** Reads a key policy strictly, see `policyProblems`; returns the first problem where there is one. Bare strings become lists. */
export function parsePolicy(text: string): KeyPolicy | Problem {
  const [first] = policyProblems(text)
  if (first) return first
  const { Statement } = JSON.parse(text) as {
    readonly Statement: readonly (Pick<PolicyStatement, 'Sid' | 'Effect'> & {
      readonly Principal: { readonly RAM: TextOrList }
      readonly Action: TextOrList
      readonly Condition?: unknown
    })[]
  }
  return {
    Version: '1',
    Statement: Statement.map(({ Sid, Effect, Principal, Action, Condition }) => ({
      ...(Sid === undefined ? {} : { Sid }),
      Effect,
      Principal: { RAM: asList(Principal.RAM) },
      Action: asList(Action),
      Resource: ['*'],
      ...(Condition === undefined ? {} : { Condition: parseCondition(Condition, '') as Condition }),
    })),
  }
}

const asList = (value: TextOrList): readonly string[] => (typeof value === 'string' ? [value] : value)

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
