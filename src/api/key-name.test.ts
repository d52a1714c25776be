import { expect, it } from 'vitest'
import { keyNameOf } from './key-name.ts'

it.each([
  ['', ''],
  [' alias/orders/db ', 'alias/orders/db'],
  ['orders/db', 'alias/orders/db'],
  ['orders', 'alias/orders'],
  ['key-hzz6661a2b3c4d5e6f7g8h', 'key-hzz6661a2b3c4d5e6f7g8h'],
  ['key-Rotation', 'alias/key-Rotation'],
  ['05754286-3ba2-4fa6-8d41-4323aca6aaaa', '05754286-3ba2-4fa6-8d41-4323aca6aaaa'],
  ['acs:kms:cn-hangzhou:1203456789012345:key/key-hzz1', 'acs:kms:cn-hangzhou:1203456789012345:key/key-hzz1'],
])('takes %j for %j', (text, name) => {
  expect(keyNameOf(text)).toBe(name)
})
