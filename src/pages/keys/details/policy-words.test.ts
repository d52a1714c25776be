import { expect, it } from 'vitest'
import { customPolicy, defaultPolicy, parsePolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { policyInWords } from './policy-words.ts'

const account = '1203456789012345'

it('names the default policy as everything for the account', () => {
  expect(policyInWords(defaultPolicy([account]))).toMatchObject([
    { effect: 'Allow', kind: 'everything', principals: [{ kind: 'account', accountId: account }] },
  ])
})

it('recognises the roles that the panel writes, whatever the order of their actions', () => {
  const policy = customPolicy([account], {
    administrator: [`acs:ram::${account}:user/admin`],
    user: [`acs:ram::${account}:role/app`],
    crossAccountUser: ['acs:ram::1309876543210987:user/etl'],
  })
  const shuffled: KeyPolicy = {
    ...policy,
    Statement: policy.Statement.map((statement) => ({ ...statement, Action: statement.Action.toReversed() })),
  }
  for (const document of [policy, shuffled])
    expect(policyInWords(document).map(({ kind }) => kind)).toEqual(['everything', 'administrator', 'user', 'user'])
})

it('shows any other set of actions as it is', () => {
  const policy = parsePolicy(
    JSON.stringify({
      Version: '1',
      Statement: [
        {
          Effect: 'Deny',
          Principal: { RAM: [`acs:ram::${account}:user/x`] },
          Action: ['kms:Encrypt'],
          Resource: ['*'],
        },
      ],
    }),
  )
  expect(policyInWords(policy as KeyPolicy)).toMatchObject([
    { effect: 'Deny', kind: 'other', actions: ['kms:Encrypt'] },
  ])
})

it('tells conditions, operator by operator and key by key', () => {
  const policy = parsePolicy(
    JSON.stringify({
      Version: '1',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { RAM: [`acs:ram::${account}:user/x`] },
          Action: ['kms:Encrypt'],
          Resource: ['*'],
          Condition: {
            IpAddress: { 'acs:SourceIp': ['10.0.0.0/8', '192.0.2.1'] },
            Bool: { 'acs:SecureTransport': true },
          },
        },
      ],
    }),
  )
  expect(policyInWords(policy as KeyPolicy)[0]?.conditions).toEqual([
    { operator: 'IpAddress', key: 'acs:SourceIp', values: ['10.0.0.0/8', '192.0.2.1'] },
    { operator: 'Bool', key: 'acs:SecureTransport', values: ['true'] },
  ])
})
