/** What is published about a key policy's document, about the policy that a key is made with, and about what naming other accounts costs. Marks: `documented-access.ts`. */
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { home, principals } from './documented-access.ts'

export interface DocumentedPolicy {
  readonly source: string
  readonly name: string
  /** As it is sent. */
  readonly text: string
  readonly expected: 'allowed' | ErrorCode
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

const statement = {
  Effect: 'Allow',
  Principal: { RAM: [principals.home] },
  Action: ['kms:*'],
  Resource: ['*'],
} as const satisfies Json
const document = (...statements: readonly Json[]): string => JSON.stringify({ Version: '1', Statement: statements })
/** One statement, with these elements otherwise. */
const changed = (elements: { readonly [name: string]: Json }): string => document({ ...statement, ...elements })
const without = (...names: readonly string[]): string =>
  document(Object.fromEntries(Object.entries(statement).filter(([name]) => !names.includes(name))))
const principal = (RAM: Json): string => changed({ Principal: { RAM } })
/** A document of this many bytes, by the blanks in it. */
const ofBytes = (bytes: number): string => document(statement).padEnd(bytes, ' ')
const condition = (operator: string, key: string, value: Json): string =>
  changed({ Condition: { [operator]: { [key]: value } } })
/** Fewer characters than the limit, more bytes. */
const wide = condition('StringEquals', 'kms:tag/env', '\u5bc6'.repeat(11_000))

type Row = readonly [name: string, text: string, expected?: 'bad']
const rows = (source: string, ...group: readonly Row[]): readonly DocumentedPolicy[] =>
  group.map(([name, text, expected]) => ({
    source,
    name,
    text,
    expected: expected === 'bad' ? 'InvalidParameter' : 'allowed',
  }))

const overview = '[H: Overview of key policies]'

export const documentedPolicies: readonly DocumentedPolicy[] = [
  ...rows(
    '[SDK]',
    ['the default policy', changed({ Sid: 'kms default key policy' })],
    ['two statements', document(statement, { ...statement, Principal: { RAM: [principals.user] } })],
    ['32,768 bytes', ofBytes(32_768)],
    ['32,769 bytes', ofBytes(32_769), 'bad'],
    ['32,768 bytes are not characters', wide, 'bad'],
    ['no JSON', '{"Version":"1",', 'bad'],
    ['a list', '[]', 'bad'],
    ['a text', '"*"', 'bad'],
    ['Resource by ARN', changed({ Resource: [`acs:kms:cn-hangzhou:${home}:key/key-hzz66600a1b2c3d4e5f6g`] }), 'bad'],
    ['Resource * and another', changed({ Resource: ['*', `acs:kms:*:${home}:key/*`] }), 'bad'],
    ['no Resource', without('Resource'), 'bad'],
    ['a Sid of 128 characters', changed({ Sid: 's'.repeat(128) })],
    ['a Sid of 129 characters', changed({ Sid: 's'.repeat(129) }), 'bad'],
    ['a Sid of every sort of character', changed({ Sid: 'aZ09_/+=.@-' })],
    ['a Sid with a sign', changed({ Sid: 'orders#1' }), 'bad'],
    ['a Sid with a line end', changed({ Sid: 'orders\n1' }), 'bad'],
    ['a Sid in Chinese', changed({ Sid: '\u8ba2\u5355' }), 'bad'],
    ['a Sid that is no text', changed({ Sid: 1 }), 'bad'],
    ['no Sid', document(statement)],
    ['the sample with spaces', changed({ Sid: 'Enable RAM User Permissions' })],
    ['a principal that is a bare text', principal(principals.home)],
    ['the account as :root', principal([principals['home:root']])],
  ),
  ...rows(
    overview,
    ['Version 2', JSON.stringify({ Version: '2', Statement: [statement] }), 'bad'],
    ['Version as a number', JSON.stringify({ Version: 1, Statement: [statement] }), 'bad'],
    ['no Version', JSON.stringify({ Statement: [statement] }), 'bad'],
    ['no Statement', JSON.stringify({ Version: '1' }), 'bad'],
    ['an empty Statement', document(), 'bad'],
    ['a Statement that is no object', document('Allow'), 'bad'],
    ['Deny', document(statement, { ...statement, Effect: 'Deny', Principal: { RAM: [principals.user] } })],
    ['Effect in lower case', changed({ Effect: 'allow' }), 'bad'],
    ['another Effect', changed({ Effect: 'Audit' }), 'bad'],
    ['no Effect', without('Effect'), 'bad'],
    ['a user', principal([principals.user])],
    ['a role', principal([principals.role])],
    ["another account's user and role", principal([principals['other-user'], principals['other-role']])],
    ['no Principal', without('Principal'), 'bad'],
    ['no principals', principal([]), 'bad'],
    ['everybody', principal(['*']), 'bad'],
    ['Principal *', changed({ Principal: '*' }), 'bad'],
    ['a service', changed({ Principal: { Service: ['ecs.aliyuncs.com'] } }), 'bad'],
    ['any account', principal(['acs:ram::*:root']), 'bad'],
    ['an account of fifteen digits', principal(['acs:ram::111111111111111:user/alice']), 'bad'],
    ['an account ID alone', principal([home]), 'bad'],
    ['users by a pattern', principal([`acs:ram::${home}:user/al*`]), 'bad'],
    ['all users', principal([`acs:ram::${home}:user/*`]), 'bad'],
    ['a user without a name', principal([`acs:ram::${home}:user/`]), 'bad'],
    ['a group', principal([`acs:ram::${home}:group/team`]), 'bad'],
    ['an ARN of KMS', principal([`acs:kms::${home}:user/alice`]), 'bad'],
    ['an ARN of another cloud', principal([`arn:aws:iam::${home}:user/alice`]), 'bad'],
    ['one good principal and a bad one', principal([principals.user, '*']), 'bad'],
    ['one action', changed({ Action: ['kms:Encrypt'] })],
    ['a suffix', changed({ Action: ['kms:Describe*'] })],
    ['no Action', without('Action'), 'bad'],
    ['no actions', changed({ Action: [] }), 'bad'],
    ['an action of ECS', changed({ Action: ['ecs:StartInstance'] }), 'bad'],
    ['every action of every product', changed({ Action: ['*'] }), 'bad'],
    ['an action without its product', changed({ Action: ['Encrypt'] }), 'bad'],
    ['one good action and a bad one', changed({ Action: ['kms:Encrypt', 'ram:*'] }), 'bad'],
  ),
  ...rows(
    '[H: Configure a key policy]',
    ['an action outside the list', changed({ Action: ['kms:GenerateMac'] })],
    ['an action that there is not', changed({ Action: ['kms:Scramble'] })],
  ),
  ...rows(
    'assumed: policy-conditions',
    ['NotAction', document({ ...statement, NotAction: ['kms:Encrypt'] }), 'bad'],
    ['NotPrincipal', document({ ...statement, NotPrincipal: { RAM: [principals.user] } }), 'bad'],
    ['NotResource', document({ ...statement, NotResource: ['*'] }), 'bad'],
    ['an unknown element', changed({ Note: 'for orders' }), 'bad'],
    ['an element in lower case', changed({ condition: {} }), 'bad'],
    ['StringEquals', condition('StringEquals', 'kms:tag/env', 'prod')],
    ['StringLike', condition('StringLike', 'kms:tag/env', ['prod*', 'test*'])],
    ['IpAddress', condition('IpAddress', 'acs:SourceIp', '10.0.0.0/8')],
    ['Bool', condition('Bool', 'acs:SecureTransport', 'true')],
    ['DateLessThan', condition('DateLessThan', 'acs:CurrentTime', '2026-12-31T00:00:00Z')],
    ['an operator that there is not', condition('StringMatches', 'kms:tag/env', 'prod'), 'bad'],
    ['a key that there is not', condition('StringEquals', 'kms:Caller', 'prod'), 'bad'],
    ['a condition that is no object', changed({ Condition: 'always' }), 'bad'],
    ['no network', condition('IpAddress', 'acs:SourceIp', '10.0.0.0/33'), 'bad'],
    ['no address', condition('IpAddress', 'acs:SourceIp', 'office'), 'bad'],
    ['no time', condition('DateLessThan', 'acs:CurrentTime', 'tomorrow'), 'bad'],
    ['neither true nor false', condition('Bool', 'acs:SecureTransport', 'perhaps'), 'bad'],
  ),
]

export interface DocumentedDefault {
  readonly source: string
  readonly name: string
  /** The account that makes the key. */
  readonly owner: 'home' | 'other'
  readonly on: 'plain' | 'joint' | 'independent'
  /** Principals of the one statement. */
  readonly expected: readonly string[]
}

/** Whom the policy names that a key is made with. */
export const documentedDefaults: readonly DocumentedDefault[] = [
  { source: '[SEED]', name: 'not shared', owner: 'home', on: 'plain', expected: [principals.home] },
  { source: '[SEED]', name: "shared, the sharer's key", owner: 'home', on: 'joint', expected: [principals.home] },
  {
    source: '[SEED]',
    name: "shared, the receiver's key",
    owner: 'other',
    on: 'joint',
    expected: [principals.home, principals.other],
  },
  {
    source: 'assumed: shared-default-policy',
    name: "shared and independent, the receiver's key",
    owner: 'other',
    on: 'independent',
    expected: [principals.other],
  },
]

export interface DocumentedQuota {
  readonly source: string
  readonly name: string
  readonly on: 'plain' | 'tight' | 'joint'
  readonly quota: number
  /** Whom policies name, one after the other: of a key each, or of one key. */
  readonly named: readonly (readonly string[])[]
  readonly keys: 'each' | 'one'
  /** Minutes before the last policy. */
  readonly wait: number
  readonly expected: 'allowed' | 'Rejected.ShareQuotaExceedLimit'
}

const refused = 'Rejected.ShareQuotaExceedLimit'
const [user, role, third] = [principals['other-user'], principals['other-role'], principals['third-user']]
const quotas = (
  source: string,
  ...group: readonly (readonly [
    name: string,
    on: DocumentedQuota['on'],
    quota: number,
    named: DocumentedQuota['named'],
    expected: DocumentedQuota['expected'],
    more?: Partial<DocumentedQuota>,
  ])[]
): readonly DocumentedQuota[] =>
  group.map(([name, on, quota, named, expected, more]) => ({
    source,
    name,
    on,
    quota,
    named,
    expected,
    keys: 'each',
    wait: 0,
    ...more,
  }))

/** What naming other accounts costs of the access management quota: the answer to the last policy. */
export const documentedQuotas: readonly DocumentedQuota[] = [
  ...quotas(
    '[GHDOC Share a KMS instance across multiple accounts]',
    ["the instance's own VPC takes the preset quota", 'tight', 1, [[user]], refused],
    ['one account beside the VPC', 'tight', 2, [[user]], 'allowed'],
    ['two accounts beside the VPC', 'tight', 2, [[user, third]], refused],
    ['an account that is shared to counts', 'joint', 1, [[third]], refused],
    ['an account that is shared to, and another', 'joint', 2, [[third]], 'allowed'],
  ),
  ...quotas(
    '[SEED]',
    ['the own account costs nothing', 'tight', 1, [[principals.user, principals.role, principals.home]], 'allowed'],
    ['two principals of an account cost one', 'plain', 1, [[user, role]], 'allowed'],
    ['an account in the policies of two keys costs one', 'plain', 1, [[user], [role]], 'allowed'],
    ['two accounts in the policies of two keys cost two', 'plain', 1, [[user], [third]], refused],
    ['what was withdrawn is not back at once', 'plain', 1, [[user], [third]], refused, { keys: 'one' }],
    ['what was withdrawn is back later', 'plain', 1, [[user], [], [third]], 'allowed', { keys: 'one', wait: 6 }],
    ['what was withdrawn is not back soon', 'plain', 1, [[user], [], [third]], refused, { keys: 'one', wait: 4 }],
  ),
  ...quotas('assumed: quota-once', [
    'an account that is shared to is not counted twice',
    'joint',
    1,
    [[user]],
    'allowed',
  ]),
]
