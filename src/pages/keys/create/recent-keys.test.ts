import { expect, it } from 'vitest'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { candidatesOf } from './recent-keys.ts'

const key = (KeyId: string, CreationDate: string): KeyMetadata => ({
  KeyId,
  Arn: `acs:kms:cn-hangzhou:1203456789012345:key/${KeyId}`,
  KeySpec: 'Aliyun_AES_256',
  KeyUsage: 'ENCRYPT/DECRYPT',
  KeyState: 'Enabled',
  Creator: '1203456789012345',
  CreationDate,
})

it('puts the newest first and marks what was made since the request, to the second', () => {
  const keys = [key('old', '2026-11-23T09:59:59Z'), key('new', '2026-11-23T10:00:00Z')]
  expect(candidatesOf(keys, Date.parse('2026-11-23T10:00:00.900Z'))).toMatchObject([
    { keyId: 'new', sinceRequest: true },
    { keyId: 'old', sinceRequest: false },
  ])
})
