import { describe, expect, it } from 'vitest'
import { accountArn, userArn } from '#src/api/contract/arn.ts'
import { parsePolicy, policyRoles } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import { completionsAt, type Vocabulary } from './completions.ts'

const own = '1203456789012345'
const vocabulary: Vocabulary = {
  principals: [
    { arn: accountArn(own), kind: 'account', detail: '' },
    { arn: userArn(own, 'li'), kind: 'user', detail: 'Li Ming' },
  ],
  roleNames: { administrator: 'Administrators', user: 'Users' },
  conditionKey: (key) => `asks ${key}`,
}

/** `|` is the caret. */
const completing = (marked: string) => completionsAt(marked.replace('|', ''), marked.indexOf('|'), vocabulary)
const labels = (marked: string) => completing(marked)?.options.map(({ label }) => label)

/** The text after the completion with this label was taken. */
function taken(marked: string, label: string): string {
  const text = marked.replace('|', '')
  const { place, options } = completing(marked)!
  const option = options.find((one) => one.label === label)!
  return text.slice(0, place.from) + option.text + text.slice(place.to)
}

const inStatement = (inner: string): string => `{"Version":"1","Statement":[{${inner}}]}`

describe('offers', () => {
  it.each([
    ['{|}', ['Version', 'Statement']],
    ['{"Version":"1",|}', ['Statement']],
    [inStatement('|'), ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']],
    [inStatement('"Effect":"Allow","|","Action":[]'), ['Sid', 'Principal', 'Resource', 'Condition']],
    [inStatement('"|Eff":"Allow"'), ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']],
    [inStatement('"Eff|":"Allow"'), ['Effect']],
    [inStatement('"Principal":{"RAM":["ming|"]}'), [userArn(own, 'li')]],
    [inStatement('"Action":["schedule|"]'), ['kms:ScheduleKeyDeletion']],
    [inStatement('"Effect":"|"'), ['Allow', 'Deny']],
    [inStatement('"Effect":|'), ['Allow', 'Deny']],
    [inStatement('"Principal":{|}'), ['RAM']],
    [inStatement('"Principal":|'), ['{ RAM }']],
    [inStatement('"Principal":{"RAM":[|]}'), [accountArn(own), userArn(own, 'li')]],
    [inStatement(`"Principal":{"RAM":["${accountArn(own)}","acs:|"]}`), [userArn(own, 'li')]],
    [inStatement('"Resource":[|]'), ['*']],
    [inStatement('"Condition":{"dateless|"}'), ['DateLessThan', 'DateLessThanEquals']],
    [inStatement('"Condition":{"IpAddress":{|}}'), ['acs:SourceIp', 'acs:VpcSourceIp']],
    [inStatement('"Condition":{"StringLike":{|}}'), ['kms:tag/', 'acs:SourceVpc']],
    [inStatement('"Condition":{"Bool":{"acs:SecureTransport":|}}'), ['true', 'false']],
    [inStatement('"Condition":{"IpAddress":{"acs:SourceIp":["|"]}}'), ['10.0.0.0/8']],
    ['{"Version":|', ['1']],
    ['{"Statement":[|', ['{ Effect, Principal, Action, Resource }']],
    ['|', ['{ Version, Statement }']],
  ])('%s', (marked, expected) => {
    expect(labels(marked)).toEqual(expected)
  })

  it('the roles, every wildcard of theirs and every published action, without what is there', () => {
    const offered = labels(inStatement('"Action":["kms:Encrypt", |]'))!
    expect(offered.slice(0, 3)).toEqual(['Administrators', 'Users', 'kms:*'])
    for (const action of ['kms:List*', 'kms:ScheduleKeyDeletion', 'kms:GetKeyPolicy', 'kms:ReEncryptFrom'])
      expect(offered).toContain(action)
    expect(offered).not.toContain('kms:Encrypt')
    expect(new Set(offered).size).toBe(offered.length)
    expect(labels(inStatement('"Action":"|"'))).not.toContain('Administrators')
  })

  it.each([
    '{"Version":"1"|}',
    '{"Version"|}',
    inStatement('"Colour":[|]'),
    inStatement('"Sid":"|"'),
    inStatement('"Condition":{"Nothing":{|}}'),
    inStatement('"Condition":{"StringEquals":{"kms:tag/a/b":"|"}}'),
  ])('nothing at %s', (marked) => expect(completing(marked)).toBeNull())
})

it('replaces the whole text that the caret stands in, and only it', () => {
  expect(taken(inStatement('"Effect":"|Allow", "Sid":"x"'), 'Deny')).toBe(inStatement('"Effect":"Deny", "Sid":"x"'))
  expect(taken('{"Ver|":"1"}', 'Version')).toBe('{"Version":"1"}')
  expect(taken('{ver|', 'Version')).toBe('{"Version": "1"')
})

it('writes a condition step by step', () => {
  const operator = taken(inStatement('"Condition":{|}'), 'StringEquals')
  expect(operator).toBe(inStatement('"Condition":{"StringEquals": {  }}'))
  const key = completing(inStatement('"Condition":{"StringEquals":{|}}'))!.options[0]!
  expect(key).toMatchObject({ detail: 'asks kms:tag/', text: '"kms:tag/": ""', caret: '"kms:tag/'.length })
})

it('a role puts all its actions into the list', () => {
  const text = taken(
    inStatement('"Effect":"Allow","Principal":{"RAM":["acs:ram::1203456789012345:*"]},"Action":[|],"Resource":["*"]'),
    'Users',
  )
  expect(parsePolicy(text)).toMatchObject({ Statement: [{ Action: policyRoles.user }] })
})

it('a document can be written from completions alone', () => {
  let marked = '|'
  const take = (label: string): void => {
    const { place, options } = completing(marked)!
    const { text, caret = text.length } = options.find((option) => option.label === label)!
    const whole = marked.replace('|', '')
    marked = `${whole.slice(0, place.from)}${text.slice(0, caret)}|${text.slice(caret)}${whole.slice(place.to)}`
  }
  take('{ Version, Statement }')
  take('{ Effect, Principal, Action, Resource }')
  take(userArn(own, 'li'))
  marked = marked.replace('|', '').replace('"Action": []', '"Action": [|]')
  take('kms:Decrypt')
  expect(isProblem(parsePolicy(marked.replace('|', '')))).toBe(false)
})
