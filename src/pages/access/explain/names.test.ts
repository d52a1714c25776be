import { expect, test } from 'vitest'
import { permissionNamed, principalCalled, principalNamed } from './names.ts'

const own = '1203456789012345'

test.each([
  [' user/li ', `acs:ram::${own}:user/li`],
  ['role/etl', `acs:ram::${own}:role/etl`],
  ['acs:ram::1309876543210987:user/etl', 'acs:ram::1309876543210987:user/etl'],
  ['acs:ram::1309876543210987:assumed-role/etl/nightly', 'acs:ram::1309876543210987:role/etl'],
  ['li', 'li'],
])('principal %s', (typed, arn) => {
  expect(principalNamed(typed, own)).toBe(arn)
})

test.each([
  ['Decrypt ', 'kms:Decrypt'],
  ['kms:Decrypt', 'kms:Decrypt'],
  ['ram:ListUsers', 'ram:ListUsers'],
  ['', ''],
])('permission %s', (typed, permission) => {
  expect(permissionNamed(typed)).toBe(permission)
})

test('a bare name is whoever alone is called so', () => {
  const [li, etl, etlRole] = ['user/li', 'user/etl', 'role/etl'].map((name) => ({
    value: principalNamed(name, own),
    label: name.split('/')[1]!,
  }))
  const listed = [li!, etl!, etlRole!]
  expect(principalCalled(' li', listed)).toBe(li!.value)
  expect(principalCalled('etl', listed)).toBeUndefined()
  expect(principalCalled('l', listed)).toBeUndefined()
})
