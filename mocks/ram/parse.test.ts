import { describe, expect, test } from 'vitest'
import { parseRamPolicy } from './parse.ts'
import { systemPolicies } from './system-policies.ts'

const statement = { Effect: 'Allow', Action: ['kms:*'], Resource: ['*'] }
const policy = (change: object): string =>
  JSON.stringify({ Version: '1', Statement: [statement, { ...statement, ...change }] })

test('reads bare texts as lists of one', () => {
  expect(parseRamPolicy(policy({ Action: '*', Resource: 'acs:kms:*:1203456789012345:key/*' }))).toEqual({
    Version: '1',
    Statement: [statement, { Effect: 'Allow', Action: ['*'], Resource: ['acs:kms:*:1203456789012345:key/*'] }],
  })
})

test.each(Object.entries(systemPolicies))('%s can be evaluated', (_, document) => {
  expect(parseRamPolicy(JSON.stringify(document))).toEqual(document)
})

describe('refuses what cannot be evaluated', () => {
  test.each([
    ['{', 'notJson', '$'],
    ['[]', 'notObject', '$'],
    [JSON.stringify({ Version: '2', Statement: [statement] }), 'version', 'Version'],
    [JSON.stringify({ Version: '1', Statement: [] }), 'noStatement', 'Statement'],
    [JSON.stringify({ Version: '1', Statement: [statement], Id: 'x' }), 'unknownElement', 'Id'],
    [policy({ Condition: {} }), 'condition', 'Statement[1].Condition'],
    [policy({ NotAction: ['kms:Encrypt'] }), 'unsupportedElement', 'Statement[1].NotAction'],
    [policy({ Sid: 'x' }), 'unknownElement', 'Statement[1].Sid'],
    [policy({ Effect: 'Maybe' }), 'effect', 'Statement[1].Effect'],
    [policy({ Action: [] }), 'action', 'Statement[1].Action[0]'],
    [policy({ Action: ['kms:Encrypt', 'Encrypt'] }), 'action', 'Statement[1].Action[1]'],
    [policy({ Action: ['kms:Encryp?'] }), 'action', 'Statement[1].Action[0]'],
    [policy({ Resource: ['arn:aws:kms'] }), 'resource', 'Statement[1].Resource[0]'],
    [policy({ Resource: ['acs:kms:*:1203456789012345:key/?'] }), 'resource', 'Statement[1].Resource[0]'],
    [policy({ Resource: undefined }), 'resource', 'Statement[1].Resource[0]'],
  ])('%s', (text, reason, at) => {
    expect(parseRamPolicy(text)).toEqual({ code: 'policy', reason, at })
  })
})
