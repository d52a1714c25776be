import { describe, expect, test } from 'vitest'
import { ApiError } from './api-error.ts'
import type { ApiResult, Client } from './client.ts'
import { assumeRole, renewing, type RoleSession } from './role-session.ts'

const role = { roleArn: 'acs:ram::1203456789012345:role/order-app', sessionName: 'night' }

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

describe('renewing', () => {
  const minute = 60_000
  let now = 0
  const sessionUntil = (expiresAt: number): ApiResult<RoleSession> => ({
    ok: true,
    data: {
      credentials: { accessKeyId: `until ${expiresAt}`, key: {} as CryptoKey, securityToken: 't' },
      arn: '',
      expiresAt,
    },
    requestId: null,
  })

  function assumed(answers: ApiResult<RoleSession>[]) {
    let count = 0
    now = 0
    const credentials = renewing(
      async () => answers[count++]!,
      () => now,
    )
    return { names: async () => (await credentials()).accessKeyId, count: () => count }
  }

  test('asks once for all that want them at the same time, and uses them until shortly before their end', async () => {
    const { names, count } = assumed([sessionUntil(60 * minute), sessionUntil(120 * minute)])
    expect(count()).toBe(0)
    expect(await Promise.all([names(), names(), names()])).toEqual(Array(3).fill(`until ${60 * minute}`))
    now = 58 * minute
    expect(await names()).toBe(`until ${60 * minute}`)
    expect(count()).toBe(1)
    now = 59 * minute
    expect(await Promise.all([names(), names(), names()])).toEqual(Array(3).fill(`until ${120 * minute}`))
    expect(count()).toBe(2)
  })

  test('a refusal is told, and the next asks again', async () => {
    const error = new ApiError({ kind: 'refused', action: 'AssumeRole', message: 'no', code: 'NoPermission' })
    const { names } = assumed([{ ok: false, error }, sessionUntil(60 * minute)])
    await expect(names()).rejects.toBe(error)
    expect(await names()).toBe(`until ${60 * minute}`)
  })
})
