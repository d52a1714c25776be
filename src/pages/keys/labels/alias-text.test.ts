import { expect, it } from 'vitest'
import { accountOfAlias, pastedAlias } from './alias-text.ts'

it.each([
  [' alias/orders/db\n', 'orders/db'],
  ['orders', 'orders'],
  ['alias/', ''],
])('drops the fixed prefix of the pasted %j', (text, suffix) => {
  expect(pastedAlias(text)).toBe(suffix)
})

it('reads whose alias it is from its ARN', () => {
  expect(accountOfAlias('acs:kms:cn-hangzhou:1203456789012345:alias/orders/db')).toBe('1203456789012345')
  expect(accountOfAlias('alias/orders/db')).toBeNull()
})
