import { expect, test } from 'vitest'
import type { Client } from './client.ts'
import { assumeRole } from './role-session.ts'

const role = { roleArn: 'acs:ram::1203456789012345:role/order-app', sessionName: 'night', seconds: 3600 }

/** A client that answers AssumeRole alone. */
const answering = (data: object): Client => ({ call: async () => ({ ok: true, data: data as never, requestId: 'r' }) })

test('the secret becomes a key that cannot be read, and is in nothing that is handed on', async () => {
  const result = await assumeRole(
    answering({
      Credentials: {
        AccessKeyId: 'STS.N1',
        AccessKeySecret: 'secret-0001',
        SecurityToken: 'CAIS1',
        Expiration: '2024-06-01T09:00:00Z',
      },
      AssumedRoleUser: { Arn: 'acs:ram::1203456789012345:assumed-role/order-app/night', AssumedRoleId: '1:night' },
    }),
    role,
  )
  if (!result.ok) throw result.error
  const { credentials, expiresAt } = result.data
  expect(credentials).toMatchObject({ accessKeyId: 'STS.N1', securityToken: 'CAIS1' })
  expect(credentials.key.extractable).toBe(false)
  expect(JSON.stringify(result)).not.toContain('secret-0001')
  expect(expiresAt).toBe(Date.UTC(2024, 5, 1, 9))
})
