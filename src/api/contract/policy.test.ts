import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  crossAccountProblem,
  customPolicy,
  defaultPolicy,
  otherAccounts,
  parsePolicy,
  policyProblems,
  policyRoles,
} from './policy.ts'
import { isProblem, limits } from './rules.ts'

const own = '1203456789012345'
const other = '1309876543210987'
const statement = {
  Effect: 'Allow',
  Principal: { RAM: [`acs:ram::${own}:*`] },
  Action: ['kms:*'],
  Resource: ['*'],
}
const withStatement = (change: object): string =>
  JSON.stringify({ Version: '1', Statement: [{ ...statement, ...change }] })

describe('parsing a key policy', () => {
  it('reads back what the console writes, to the letter', () => {
    const principal = fc.stringMatching(/^acs:ram::[0-9]{16}:(user|role)\/[A-Za-z0-9._-]{1,64}$/)
    const list = fc.array(principal, { maxLength: 4 })
    fc.assert(
      fc.property(list, list, list, (administrator, user, crossAccountUser) => {
        const policy = customPolicy([own], { administrator, user, crossAccountUser })
        const text = JSON.stringify(policy)
        expect(JSON.stringify(parsePolicy(text))).toBe(text)
      }),
    )
  })

  it('accepts a bare text where the documentation shows a list', () => {
    const text = withStatement({ Principal: { RAM: `acs:ram::${own}:root` }, Action: 'kms:Encrypt', Resource: '*' })
    expect(parsePolicy(text)).toMatchObject({
      Statement: [{ Principal: { RAM: [`acs:ram::${own}:root`] }, Action: ['kms:Encrypt'], Resource: ['*'] }],
    })
  })

  it.each([
    ['notJson', '{', '$'],
    ['notObject', '[]', '$'],
    ['version', '{"Version":"2","Statement":[]}', 'Version'],
    ['noStatement', '{"Version":"1","Statement":[]}', 'Statement'],
    ['unknownElement', '{"Version":"1","Statement":[],"Id":"x"}', 'Id'],
    ['condition', withStatement({ Condition: {} }), 'Statement[0].Condition'],
    ['unsupportedElement', withStatement({ NotAction: ['kms:*'] }), 'Statement[0].NotAction'],
    ['unknownElement', withStatement({ Colour: 'red' }), 'Statement[0].Colour'],
    ['effect', withStatement({ Effect: 'allow' }), 'Statement[0].Effect'],
    ['principal', withStatement({ Principal: '*' }), 'Statement[0].Principal'],
    ['principal', withStatement({ Principal: { RAM: [] } }), 'Statement[0].Principal.RAM'],
    ['principal', withStatement({ Principal: { RAM: ['*'] } }), 'Statement[0].Principal.RAM[0]'],
    [
      'principal',
      withStatement({ Principal: { RAM: ['acs:ram::12034567****2345:user/a'] } }),
      'Statement[0].Principal.RAM[0]',
    ],
    ['action', withStatement({ Action: ['kms:Encrypt', 'oss:*'] }), 'Statement[0].Action[1]'],
    ['action', withStatement({ Action: ['kms:*crypt'] }), 'Statement[0].Action[0]'],
    ['resource', withStatement({ Resource: ['acs:kms:*:*:*'] }), 'Statement[0].Resource'],
    ['sid', withStatement({ Sid: 'x'.repeat(limits.sid + 1) }), 'Statement[0].Sid'],
    ['sid', withStatement({ Sid: 'é' }), 'Statement[0].Sid'],
  ])('refuses %s: %s', (reason, text, at) => {
    expect(parsePolicy(text)).toEqual({ code: 'policy', reason, at })
  })

  it('takes 32,768 bytes and refuses one more', () => {
    const bare = withStatement({})
    const padded = bare + ' '.repeat(limits.policyBytes - bare.length)
    expect(isProblem(parsePolicy(padded))).toBe(false)
    expect(parsePolicy(`${padded} `)).toMatchObject({ reason: 'tooLarge' })
  })
})

it('tells everything that is wrong at once, in the order of the statements', () => {
  const text = JSON.stringify({
    Version: 1,
    Statement: [
      { ...statement, Effect: 'Maybe', Action: ['oss:*', 'kms:Encrypt', 'kms:*x'], Colour: 'red' },
      { ...statement, Principal: { RAM: ['root', `acs:ram::${own}:user/a`] }, Resource: [] },
      7,
    ],
  })
  expect(policyProblems(text).map((problem) => ('at' in problem ? problem.at : ''))).toEqual([
    'Version',
    'Statement[0].Colour',
    'Statement[0].Effect',
    'Statement[0].Action[0]',
    'Statement[0].Action[2]',
    'Statement[1].Principal.RAM[0]',
    'Statement[1].Resource',
    'Statement[2]',
  ])
  const large = text + ' '.repeat(limits.policyBytes)
  expect(policyProblems(large)[0]).toMatchObject({ reason: 'tooLarge' })
  expect(policyProblems(large)).toHaveLength(9)
})

describe('documents of the console', () => {
  it('has the published numbers of actions', () => {
    expect([policyRoles.administrator.length, policyRoles.user.length, policyRoles.crossAccountUser.length]).toEqual([
      14, 11, 11,
    ])
  })

  it('writes the default statement alone when nobody is picked', () => {
    const nobody = { administrator: [], user: [], crossAccountUser: [] }
    expect(customPolicy([own], nobody)).toEqual(defaultPolicy([own]))
  })

  it('counts other accounts once, and only where they are allowed', () => {
    const policy = customPolicy([own], {
      administrator: [`acs:ram::${own}:user/a`],
      user: [],
      crossAccountUser: [`acs:ram::${other}:user/a`, `acs:ram::${other}:role/b`],
    })
    expect([...otherAccounts(policy, own)]).toEqual([other])
  })
})

describe('a cross-account user', () => {
  it.each([
    [`acs:ram::${other}:user/etl`, null],
    [`acs:ram::${other}:role/etl.prod_1-a`, null],
    [`acs:ram::${own}:user/etl`, 'ownAccount'],
    [`acs:ram::${other}:root`, 'root'],
    [`acs:ram::${other}:*`, 'everyone'],
    ['acs:ram::130987654321****:user/etl', 'masked'],
    ['acs:ram::130987654321:user/etl', 'accountDigits'],
    [`acs:ram::${other}:group/etl`, 'format'],
    [`acs:ram::${other}:user/`, 'name'],
    [`acs:ram::${other}:user/数据`, 'name'],
    [`acs:ram::${other}:user/a/b`, 'name'],
    [`arn:aws:iam::${other}:user/etl`, 'format'],
    ['', 'format'],
  ])('%s → %s', (text, reason) => {
    expect(crossAccountProblem(text, own)).toBe(reason)
  })
})
