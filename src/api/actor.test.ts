import { beforeEach, expect, test } from 'vitest'
import { createActor, type Actor, type RememberedActor } from './actor.ts'
import { ApiError } from './api-error.ts'
import type { ApiResult, Client } from './client.ts'
import type { Credentials, Identity } from './contract/backend.ts'
import type { RoleSession, RoleToAssume } from './role-session.ts'

const accountId = '1203456789012345'
const user = (name: string): Identity => ({
  accessKeyId: `LTAI-${name}`,
  accountId,
  accountName: 'example-main',
  kind: 'user',
  name,
  arn: `acs:ram::${accountId}:user/${name}`,
  about: name,
  assumableRoles: [],
})
const [alice, bob] = [user('alice'), user('bob')] as const
const role: RoleToAssume = { roleArn: `acs:ram::${accountId}:role/vault`, sessionName: 'alice', seconds: 900 }

let now = 0
let remembered: RememberedActor | null = null
/** What STS answers next, in this order. */
let answers: ApiResult<RoleSession>[] = []
/** Code of the next refusal of any other call; null: it succeeds. */
let refusal: string | null = null
/** Access keys of the calls so far. */
let signedWith: string[] = []
/** Of an identity that signed in. */
let credentialsEnded = false
let renewedAs: string | null = null

const sessionNamed = (accessKeyId: string, expiresAt: number): ApiResult<RoleSession> => ({
  ok: true,
  data: { credentials: { accessKeyId, key: {} as CryptoKey, securityToken: 't' }, arn: '', expiresAt },
  requestId: null,
})
const refused = (code: string): ApiError => new ApiError({ kind: 'refused', action: 'Any', message: code, code })

const clientWith = (credentials: () => Promise<Credentials>): Client => ({
  call: async () => {
    try {
      signedWith.push((await credentials()).accessKeyId)
    } catch (error) {
      return { ok: false, error: error as ApiError }
    }
    return refusal === null ? { ok: true, data: {} as never, requestId: null } : { ok: false, error: refused(refusal) }
  },
})

const actor = (identities: readonly Identity[] = [alice, bob]): Actor =>
  createActor({
    identities,
    remembered,
    remember: (actor) => {
      remembered = actor
    },
    credentials: async (accessKeyId) => {
      if (credentialsEnded) throw refused('InvalidSecurityToken.Expired')
      return { accessKeyId: renewedAs ?? accessKeyId, key: {} as CryptoKey, securityToken: null }
    },
    clientWith,
    assumeRole: async () => answers.shift()!,
    now: () => now,
  })
const ask = (who: Actor) => who.current().client.call('ListKeys', {}, { region: 'cn-hangzhou' })

beforeEach(() => {
  now = 0
  remembered = null
  answers = []
  refusal = null
  signedWith = []
  credentialsEnded = false
  renewedAs = null
})

test('the first identity acts, or the one that is remembered', async () => {
  expect(actor().current().acting).toMatchObject({ id: 'LTAI-alice', name: 'alice', role: null })
  remembered = { accessKeyId: 'LTAI-bob', role: null }
  const bobs = actor()
  await ask(bobs)
  expect(signedWith).toEqual(['LTAI-bob'])
  remembered = { accessKeyId: 'LTAI-nobody', role }
  expect(actor().current().acting).toMatchObject({ id: 'LTAI-alice', role: null })
})

test('a role signs with its own credentials until it is left, and names alone are remembered', async () => {
  const who = actor()
  answers = [sessionNamed('STS.1', 100)]
  expect(await who.assume(role)).toMatchObject({ ok: true })
  expect(who.current()).toMatchObject({
    acting: { kind: 'role', name: 'vault', arn: role.roleArn, own: alice },
    standing: { at: 'ready', expiresAt: 100 },
  })
  await ask(who)
  expect(remembered).toEqual({ accessKeyId: 'LTAI-alice', role })
  who.leaveRole()
  await ask(who)
  expect(signedWith).toEqual(['STS.1', 'LTAI-alice'])
  expect(remembered).toEqual({ accessKeyId: 'LTAI-alice', role: null })
})

test('a refusal of the role changes nothing', async () => {
  const who = actor()
  const before = who.current()
  const error = refused('NoPermission')
  answers = [{ ok: false, error }]
  expect(await who.assume(role)).toEqual({ ok: false, error })
  expect(who.current()).toBe(before)
})

test('a session ends by the cloud’s clock, and the same client goes on when the role is assumed again', async () => {
  const who = actor()
  answers = [sessionNamed('STS.1', 100), sessionNamed('STS.2', 200)]
  await who.assume(role)
  const { client } = who.current()
  now = 99
  who.checkTime()
  expect(who.current().standing.at).toBe('ready')
  now = 100
  who.checkTime()
  expect(who.current().standing).toEqual({ at: 'ended', why: 'expired' })
  await who.assume(role)
  expect(who.current()).toMatchObject({ client, standing: { at: 'ready', expiresAt: 200 } })
  await ask(who)
  expect(signedWith).toEqual(['STS.2'])
})

test.each([
  ['InvalidSecurityToken.Expired', 'expired'],
  ['InvalidAccessKeyId.NotFound', 'roleGone'],
])('an answer that says %s ends the session', async (code, why) => {
  const who = actor()
  answers = [sessionNamed('STS.1', 100)]
  await who.assume(role)
  refusal = code
  await ask(who)
  const { standing } = who.current()
  expect(standing).toEqual({ at: 'ended', why })
  await ask(who)
  expect(who.current().standing).toBe(standing)
})

test('an answer to credentials that are no longer used ends nothing', async () => {
  const who = actor()
  answers = [sessionNamed('STS.1', 100), sessionNamed('STS.2', 200)]
  await who.assume(role)
  refusal = 'InvalidSecurityToken.Expired'
  const late = ask(who)
  await who.assume(role)
  await late
  expect(who.current().standing).toEqual({ at: 'ready', expiresAt: 200 })
})

test('after a reload the role is assumed when it is first needed, once', async () => {
  remembered = { accessKeyId: 'LTAI-alice', role }
  answers = [sessionNamed('STS.9', 100)]
  const who = actor()
  expect(who.current()).toMatchObject({ acting: { kind: 'role' }, standing: { at: 'assuming' } })
  who.resume()
  await Promise.all([ask(who), ask(who)])
  expect(signedWith).toEqual(['STS.9', 'STS.9'])
  expect(who.current().standing).toEqual({ at: 'ready', expiresAt: 100 })
})

test('where that is refused, the identity acts itself and is told', async () => {
  remembered = { accessKeyId: 'LTAI-alice', role }
  const error = refused('EntityNotExist.Role')
  answers = [{ ok: false, error }]
  const who = actor()
  expect(await ask(who)).toEqual({ ok: false, error })
  expect(who.current()).toMatchObject({ acting: { id: 'LTAI-alice', role: null }, notResumed: { role, error } })
  expect(remembered).toEqual({ accessKeyId: 'LTAI-alice', role: null })
  await ask(who)
  expect(signedWith).toEqual(['LTAI-alice'])
})

test('an identity that is deleted while it acts is told, and another takes its place', async () => {
  const who = actor()
  who.setIdentities([bob])
  expect(who.current()).toMatchObject({ acting: { name: 'alice' }, standing: { at: 'ended', why: 'identityGone' } })
  who.actAs('LTAI-bob')
  expect(who.current()).toMatchObject({ acting: { name: 'bob' }, standing: { at: 'ready' } })
})

test('a role goes on without the identity that assumed it, which is told when the role is left', async () => {
  const who = actor()
  answers = [sessionNamed('STS.1', 100)]
  await who.assume(role)
  who.setIdentities([bob])
  expect(who.current().standing.at).toBe('ready')
  who.leaveRole()
  expect(who.current().standing).toEqual({ at: 'ended', why: 'identityGone' })
})

test('an identity whose credentials end is asked for others, and goes on as the same', async () => {
  const who = actor()
  await ask(who)
  credentialsEnded = true
  await ask(who)
  expect(who.current().standing).toEqual({ at: 'ended', why: 'expired' })
  const before = who.current()
  credentialsEnded = false
  renewedAs = 'LTAI-alice-2'
  who.renew()
  expect(who.current()).toMatchObject({ acting: before.acting, standing: { at: 'ready', expiresAt: null } })
  expect(who.current().client).toBe(before.client)
  await ask(who)
  expect(signedWith).toEqual(['LTAI-alice', 'LTAI-alice-2'])
})

test('credentials of the identity do not renew a role that has ended', async () => {
  const who = actor()
  answers = [sessionNamed('STS.1', 100)]
  await who.assume(role)
  now = 100
  who.checkTime()
  who.renew()
  expect(who.current().standing).toEqual({ at: 'ended', why: 'expired' })
})

test('a secret that is another one now ends the identity', async () => {
  const who = actor()
  refusal = 'SignatureDoesNotMatch'
  await ask(who)
  expect(who.current().standing).toEqual({ at: 'ended', why: 'identityGone' })
})
