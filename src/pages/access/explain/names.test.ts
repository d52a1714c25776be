import { expect, test } from 'vitest'
import { permissionNamed, principalNamed } from './names.ts'

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
