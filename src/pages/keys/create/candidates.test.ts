import { expect, it } from 'vitest'
import { candidatesOf } from './candidates.ts'

const key = (KeyId: string, CreationDate: string) => ({ KeyId, Arn: `acs:kms:${KeyId}`, CreationDate, AliasNames: [] })

it('puts the newest first and marks what was made since the request, to the second', () => {
  const keys = [key('old', '2026-11-23T09:59:59Z'), key('new', '2026-11-23T10:00:00Z')]
  expect(candidatesOf(keys, Date.parse('2026-11-23T10:00:00.900Z'))).toMatchObject([
    { keyId: 'new', sinceRequest: true },
    { keyId: 'old', sinceRequest: false },
  ])
})
