import { beforeEach, describe, expect, test } from 'vitest'
import { ApiError } from '#src/api/api-error.ts'
import { clockHeader, type Change } from '#src/api/contract/backend.ts'
import { createHttpBackend } from './http-backend.ts'
import { identityOf, signIn, type SignedIn } from './sign-in.ts'

const accountId = '1203456789012345'
const arnOf = (name: string): string => `acs:ram::${accountId}:user/${name}`

/** Who the cloud says that the caller is. */
let caller = 'alice'
let now = 0
let clock: number | null = null
let kept: (SignedIn | null)[] = []
let begun = 0
let look: (() => void) | null = null

const fetch = async (): Promise<Response> =>
  Response.json(
    { RequestId: 'r', AccountId: accountId, Arn: arnOf(caller), IdentityType: 'RAMUser' },
    { headers: clock === null ? {} : { [clockHeader]: String(clock) } },
  )

const pair = { accessKeyId: 'LTAI-1', accessKeySecret: 'secret', securityToken: null }

async function backend() {
  const signedIn = await signIn({ address: 'http://cloud.test/', fetch }, pair)
  return createHttpBackend({
    address: 'http://cloud.test/',
    isOwnOrigin: true,
    fetch,
    signedIn,
    endsAt: 100,
    keep: async (next) => {
      kept.push(next)
      return now + 100
    },
    beginAnew: () => (begun += 1),
    wallNow: () => now,
    whileLookedAt: (_, work) => {
      look = work
      return () => (look = null)
    },
  })
}

beforeEach(() => {
  caller = 'alice'
  now = 0
  clock = null
  kept = []
  begun = 0
  look = null
})

test('whoever signed in is the one identity, and the key cannot be read', async () => {
  const { identities, credentials } = await backend()
  expect(await identities()).toMatchObject([{ name: 'alice', arn: arnOf('alice'), kind: 'user', accountId }])
  const { key, ...rest } = await credentials('LTAI-1')
  expect(key.extractable).toBe(false)
  expect(rest).toEqual({ accessKeyId: 'LTAI-1', securityToken: null })
  expect(JSON.stringify(await identities())).not.toContain('secret')
})

describe('after its time', () => {
  test('nothing is signed any more, and it is told as a session that has ended', async () => {
    const { credentials } = await backend()
    now = 100
    await expect(credentials('LTAI-1')).rejects.toMatchObject({ code: 'InvalidSecurityToken.Expired' })
  })

  test('the same person goes on with other credentials', async () => {
    const { credentials, identities, signIn } = await backend()
    now = 100
    await signIn!.again({ ...pair, accessKeyId: 'LTAI-2' })
    expect((await credentials('LTAI-1')).accessKeyId).toBe('LTAI-2')
    expect((await identities())[0]!.accessKeyId).toBe('LTAI-1')
    expect([kept.length, begun]).toEqual([1, 0])
  })

  test('another person begins anew', async () => {
    const { signIn } = await backend()
    caller = 'bob'
    await signIn!.again(pair)
    expect(kept[0]?.identity.name).toBe('bob')
    expect(begun).toBe(1)
  })
})

test('signing out forgets, and begins anew', async () => {
  const { signIn } = await backend()
  await signIn!.signOut()
  expect([kept, begun]).toEqual([[null], 1])
})

test('the clock is the cloud’s, and its jumps are told', async () => {
  const { now: cloudNow, fetch: ask, onChange } = await backend()
  const changes: Change[] = []
  onChange((change) => changes.push(change))
  clock = 500
  await ask('', {})
  expect([cloudNow(), changes]).toEqual([0, []])
  clock = 86_400_000
  await ask('', {})
  expect([cloudNow(), changes]).toEqual([86_400_000, [{ table: 'clock', ids: [] }]])
})

test('what others change is looked for while somebody listens', async () => {
  const { onChange } = await backend()
  const tables: string[] = []
  expect(look).toBeNull()
  const stop = onChange(({ table }) => tables.push(table))
  look!()
  expect(tables).toEqual(expect.arrayContaining(['keys', 'aliases', 'instances']))
  stop()
  expect(look).toBeNull()
})

describe('who it is', () => {
  const of = (Arn: string) => identityOf('id', { AccountId: accountId, Arn, IdentityType: '' })
  test.each([
    [`acs:ram::${accountId}:root`, 'account', 'root', `acs:ram::${accountId}:root`],
    [`acs:ram::${accountId}:user/alice`, 'user', 'alice', `acs:ram::${accountId}:user/alice`],
    [`acs:ram::${accountId}:assumed-role/vault/alice`, 'role', 'vault', `acs:ram::${accountId}:role/vault`],
  ])('%s is %s %s', (arn, kind, name, named) => {
    expect(of(arn)).toMatchObject({ kind, name, arn: named })
  })

  test('what has no known form is nobody, and an unreadable answer', async () => {
    expect(of('something')).toBeNull()
    caller = 'no such/name'
    await expect(signIn({ address: 'http://cloud.test/', fetch }, pair)).rejects.toBeInstanceOf(ApiError)
  })
})
