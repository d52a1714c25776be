/**
 * Panel and API never disagree: what the panel's validation accepts, CreateKey and CreateAlias do not refuse for that field, and the other
 * way round. The real client speaks to the emulator. Rules that need state are asked where that state refuses everything: a request that
 * gets so far passed every rule before it, and nothing is made.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ApiError } from '#src/api/api-error.ts'
import { createClient, type Client } from '#src/api/client.ts'
import { writeInput } from '#src/api/contract/params.ts'
import { actions } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { limits } from '#src/api/contract/rules.ts'
import { build } from '#mocks/scenarios/build.ts'
import { defaultPlan, instancePlans } from '#mocks/scenarios/default.ts'
import { accounts, aliases, externalKeys, identities, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { testRuntime, testStart } from '#mocks/testing/runtime.ts'
import { rotationPeriods } from '#src/pages/keys/rotation/rotation-choice.ts'
import { aliasNameOf, createKeyInput, emptyForm, type CreateForm } from './form-model.ts'
import {
  defaultKeyTarget,
  partNames,
  partsOf,
  targetOf,
  type KeyPlace,
  type KeyTarget,
  type PartName,
} from './panel-parts.ts'
import { fieldOf } from './refusals.ts'
import { problemsOf, wrongFields, type FieldName } from './validation.ts'

const region = instances.payments.region
const own = accounts.main.accountId
const call = { region }

interface World extends TestCloud {
  readonly client: Client
  readonly target: (instance: string) => KeyTarget
}

/** The default world, but that no software or hardware instance is connected. */
const unconnected = () =>
  build(
    {
      ...defaultPlan,
      instances: instancePlans.map((plan) =>
        plan.type === 'External' ? plan : { ...plan, status: 'Disconnected' as const },
      ),
    },
    { seed: 1, now: testStart, runtime: testRuntime() },
  )

async function world(scenario?: string): Promise<World> {
  const test = await testCloud(scenario === undefined ? { world: await unconnected() } : { scenario })
  const { accessKeyId } = identities.account
  const client = createClient({
    fetch: (url, init) => test.cloud.fetch(new Request(url, init)),
    address: 'https://console.test/',
    credentials: async () => ({ accessKeyId, key: await test.cloud.signingKey(accessKeyId), securityToken: null }),
    wallNow: test.runtime.wallNow,
    nonce: test.runtime.uuid,
    sleep: test.runtime.sleep,
  })
  const { KmsInstances } = await test.ok('ListKmsInstances', {}, call)
  const targets = new Map<string, KeyTarget>()
  for (const { KmsInstanceId } of KmsInstances.KmsInstance) {
    const { KmsInstance } = await test.ok('GetKmsInstance', { KmsInstanceId }, call)
    const target = targetOf(KmsInstance)
    if (target) targets.set(KmsInstance.InstanceName, target)
  }
  function target(name: string): KeyTarget {
    const found = targets.get(name)
    if (!found) throw new Error(`There is no instance ${name}.`)
    return found
  }
  return { ...test, client, target }
}

const validForm: CreateForm = {
  ...emptyForm,
  externalKeyId: externalKeys.ready[0],
  storage: 'HsmEncryptedDatabase',
}
const wrongIn = (form: CreateForm, place: KeyPlace = 'External'): readonly FieldName[] =>
  wrongFields(problemsOf(form, { place, ownAccountId: own, accountIds: [own] }))

const reserved = ['acs', 'acs:', 'aliyun', 'alias/', 'acs/x', 'aliyunTag']
const odd = [
  '',
  ' ',
  '🔑',
  'ключ',
  'مفتاح',
  '密钥',
  'a\u0000b',
  'a\tb',
  'a\nb',
  '\uD800',
  'a\uDC00b',
  '＿',
  '\u202Eabc',
]

/** Text around a rule: at its limit and one beyond, of its characters or not. */
const textAround = (max: number, allowed: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.string({ unit: fc.constantFrom(...allowed), maxLength: 12 }),
    fc.constantFrom(1, max - 1, max, max + 1).map((length) => (allowed[0] ?? '').repeat(length)),
    fc.constantFrom(...reserved, ...odd),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc
      .tuple(fc.constantFrom(...reserved, ...odd), fc.string({ unit: fc.constantFrom(...allowed), maxLength: 4 }))
      .map((parts) => parts.join('')),
  )

const letters = 'abcXYZ019'
const tagText = textAround(limits.tagKey.max, `${letters}/\\_-.+=:@`)

const fields = {
  externalKeyId: textAround(limits.externalKeyId.max, `${letters}._-`).map((externalKeyId) => ({ externalKeyId })),
  description: textAround(limits.description, `${letters} .,é密🔑`).map((description) => ({ description })),
  tags: fc.array(fc.record({ key: tagText, value: tagText }), { maxLength: 21, size: 'max' }).map((tags) => ({ tags })),
  manyTags: fc
    .integer({ min: 19, max: 21 })
    .map((count) => ({ tags: Array.from({ length: count }, (_, index) => ({ key: `key${index}`, value: '' })) })),
  repeatedTags: fc
    .array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 4 })
    .map((keys) => ({ tags: keys.map((key) => ({ key, value: 'v' })) })),
  rotation: fc
    .record({
      period: fc.constantFrom(...rotationPeriods, 'custom' as const),
      days: fc.oneof(
        fc.integer({ min: -2, max: 400 }).map(String),
        fc.constantFrom('7', '365', '366', '6.5', '30d', '1e2', ' 14', ...odd),
      ),
    })
    .map((rotation) => ({ rotation })),
} satisfies Record<string, fc.Arbitrary<Partial<CreateForm>>>

/** The part of the panel that a case is about. */
const partOfCase = (name: string): PartName =>
  partNames.find((part) => part === name) ?? (name.endsWith('Tags') ? 'tags' : 'policy')

/**
 * Where the rules of single fields are asked: CreateKey on an instance that is not connected, and in a region that has its default key.
 * `passedAllRules`: the refusal that comes after them.
 */
const places: readonly { place: KeyPlace; instance: string | null; passedAllRules: ErrorCode }[] = [
  { place: 'External', instance: instances.archive.name, passedAllRules: 'Forbidden.DKMSInstanceStateInvalid' },
  { place: 'Software', instance: instances.software.name, passedAllRules: 'Forbidden.DKMSInstanceStateInvalid' },
  { place: 'Hardware', instance: instances.hardware.name, passedAllRules: 'Forbidden.DKMSInstanceStateInvalid' },
  { place: 'Default', instance: null, passedAllRules: 'Rejected.LimitExceeded' },
]
type Place = (typeof places)[number]
const [external] = places as [Place, ...Place[]]
const casesOf = (place: KeyPlace) =>
  Object.entries(fields).filter(([name]) => partsOf(place).includes(partOfCase(name)))

let cloud: World
beforeAll(async () => {
  cloud = await world()
})

const inputOf = (form: CreateForm, { instance }: Place) =>
  createKeyInput(form, instance === null ? defaultKeyTarget : cloud.target(instance), [own])

/** What CreateKey says of a form; null: nothing was wrong with it. */
async function refusalOf(form: CreateForm, place: Place = external): Promise<ApiError | null> {
  const result = await cloud.client.call('CreateKey', inputOf(form, place), call)
  if (result.ok) throw new Error('A key was made where none can be.')
  return result.error.code === place.passedAllRules ? null : result.error
}

/** Text that UTF-8 cannot carry: a browser would send U+FFFD in its place, another client may send its bytes as they are. */
async function refusalOfBytes(form: CreateForm, place: Place): Promise<string | undefined> {
  const parameters = writeInput(actions.CreateKey.params, inputOf(form, place))
  const signed = await cloud.signed('kms', 'CreateKey', parameters, call)
  const { body } = await cloud.send({ ...signed, body: signed.body.replaceAll('%EF%BF%BD', '%ED%A0%80') })
  return body.Code
}

describe.each(places)('CreateKey refuses a field exactly where the panel does: $place', (place) => {
  const asked = casesOf(place.place)

  it('has a case for every part that can be wrong', () => {
    const fixed: readonly PartName[] = ['keyType', 'specAndUsage', 'storage', 'origin', 'alias', 'policy']
    const parts = new Set(asked.map(([name]) => partOfCase(name)))
    expect([...parts].sort()).toEqual(
      partsOf(place.place)
        .filter((part) => !fixed.includes(part))
        .sort(),
    )
  })

  it.each(asked)('%s', async (_, arbitrary) => {
    let refused = 0
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(arbitrary, async (part) => {
        const form: CreateForm = { ...validForm, ...part }
        const wrong = wrongIn(form, place.place)
        if (!form.description.isWellFormed()) {
          expect(wrong).toEqual(['description'])
          expect(await refusalOfBytes(form, place)).toBe('ParseRequestParameterException')
          return
        }
        const error = await refusalOf(form, place)
        expect(error && fieldOf(error), error?.message).toBe(wrong[0] ?? null)
        if (error) refused++
        else accepted++
      }),
      { numRuns: 120, seed: 20_261_123 },
    )
    expect(Math.min(refused, accepted), 'both sides were met').toBeGreaterThan(0)
  })

  it('for all fields at once: the one that the API names is wrong in the panel too', async () => {
    const form = fc
      .tuple(fields.externalKeyId, fields.description, fields.repeatedTags, fields.rotation)
      .map((parts): CreateForm => Object.assign({}, validForm, ...parts) as CreateForm)
      .filter(({ description }) => description.isWellFormed())
    await fc.assert(
      fc.asyncProperty(form, async (given) => {
        const error = await refusalOf(given, place)
        const wrong = wrongIn(given, place.place)
        if (error) expect(wrong).toContain(fieldOf(error))
        else expect(wrong).toEqual([])
      }),
      { numRuns: 120, seed: 20_261_123 },
    )
  })
})

it('a key inside the HSM is asked for without rotation, whatever was chosen before', async () => {
  const hardware = places.find(({ place }) => place === 'Hardware') ?? external
  const form: CreateForm = { ...validForm, storage: 'HsmInternal', rotation: { period: 'custom', days: '1' } }
  expect(wrongIn(form, 'Hardware')).toEqual([])
  expect(await refusalOf(form, hardware)).toBeNull()
})

describe('a custom policy', () => {
  const name = fc.oneof(
    fc.string({ unit: fc.constantFrom(...letters, '.', '_', '-'), minLength: 1, maxLength: 64 }),
    fc.constantFrom('', 'x'.repeat(64), 'x'.repeat(65), 'a b', '名', '🔑', '*', 'root'),
  )
  const account = fc.constantFrom(own, accounts.partner.accountId, '119285303511****', '12', '')
  const principal = fc.oneof(
    fc
      .tuple(account, fc.constantFrom('user/', 'role/', 'group/', ''), name)
      .map(([accountId, kind, rest]) => `acs:ram::${accountId}:${kind}${rest}`),
    fc.constantFrom(`acs:ram::${accounts.partner.accountId}:root`, `acs:ram::${accounts.partner.accountId}:*`, 'x', ''),
  )
  const good = fc
    .integer({ min: 0, max: 999 })
    .map((number) => `acs:ram::${own}:user/someone-with-a-long-name-${number}`)
  const goodElsewhere = good.map((arn) => arn.replace(own, accounts.partner.accountId))
  const some = (arn: fc.Arbitrary<string>) =>
    fc.uniqueArray(fc.oneof({ arbitrary: arn, weight: 3 }, principal), { maxLength: 3 })
  const policy = fc.record({ administrators: some(good), users: some(good), crossAccountUsers: some(goodElsewhere) })

  // One way only: the panel leaves out what policies may name beyond RAM users and roles, and advises against a policy for nobody.
  it('that the panel accepts, CreateKey accepts', async () => {
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(policy, async (lists) => {
        const form: CreateForm = { ...validForm, policy: 'custom', ...lists }
        if (wrongIn(form).length > 0) return
        accepted++
        expect(await refusalOf(form)).toBeNull()
      }),
      { numRuns: 300, seed: 20_261_123 },
    )
    expect(accepted).toBeGreaterThan(20)
  })

  it('is too large for both at the same size', async () => {
    const sizes = [300, 400, 500, 520, 540, 560, 580, 600, 700]
    const verdicts = new Set<FieldName | null>()
    for (const size of sizes) {
      const users = Array.from({ length: size }, (_, index) => `acs:ram::${own}:user/someone-with-a-long-name-${index}`)
      const form: CreateForm = { ...validForm, policy: 'custom', users }
      const error = await refusalOf(form)
      const field = error && fieldOf(error)
      verdicts.add(field)
      expect(wrongIn(form)).toEqual(field === null ? [] : ['policy'])
    }
    expect(verdicts).toEqual(new Set([null, 'policy']))
  })
})

describe('CreateAlias refuses an alias exactly where the panel does', () => {
  it('of any text', async () => {
    // On a key pending deletion every alias that is well written is refused for the key's state.
    const { Aliases } = await cloud.ok('ListAliases', { PageSize: 100 }, call)
    const pending = Aliases.Alias.find(({ AliasName }) => AliasName === aliases.pendingDeletion)
    await fc.assert(
      fc.asyncProperty(textAround(limits.aliasName.max, `${letters}_/-`), async (alias) => {
        const form: CreateForm = { ...validForm, alias }
        const AliasName = aliasNameOf(form)
        if (AliasName === null) return
        const result = await cloud.client.call('CreateAlias', { KeyId: pending?.KeyId ?? '', AliasName }, call)
        const error = result.ok ? null : result.error
        if (wrongIn(form).includes('alias')) expect(error && fieldOf(error)).toBe('alias')
        else expect(error?.code).toBe('Rejected.StateModifiedFailed')
      }),
      { numRuns: 200, seed: 20_261_123 },
    )
  })
})

describe('a refusal that needs state lands on its field', () => {
  const stranger = 'acs:ram::1500000000000001:user/someone'

  it.each<[string, string | undefined, string, Partial<CreateForm>, FieldName | null]>([
    [
      'an external key that the manager does not know',
      undefined,
      'payments',
      { externalKeyId: externalKeys.unknown },
      'externalKeyId',
    ],
    ['a disabled external key', undefined, 'payments', { externalKeyId: externalKeys.disabled }, 'externalKeyId'],
    [
      'an external key that may not decrypt',
      undefined,
      'payments',
      { externalKeyId: externalKeys.encryptOnly },
      'externalKeyId',
    ],
    ['a proxy out of reach', 'proxy-down', 'payments', {}, 'externalKeyId'],
    [
      'a full quota',
      'quota-full',
      'payments',
      { policy: 'custom', crossAccountUsers: [stranger] },
      'crossAccountUsers',
    ],
    ['an instance that is not connected', undefined, 'archive', {}, null],
  ])('%s', async (_, scenario, instance, part, field) => {
    const { client, target } = scenario === undefined ? cloud : await world(scenario)
    const where = target(instances[instance as keyof typeof instances].name)
    const result = await client.call('CreateKey', createKeyInput({ ...validForm, ...part }, where, [own]), call)
    if (result.ok) throw new Error('A key was made.')
    expect(fieldOf(result.error), result.error.message).toBe(field)
  })

  it('an alias that is in use', async () => {
    const { Aliases } = await cloud.ok('ListAliases', { PageSize: 100 }, call)
    const [first] = Aliases.Alias
    const input = { KeyId: first?.KeyId ?? '', AliasName: first?.AliasName ?? '' }
    const result = await cloud.client.call('CreateAlias', input, call)
    expect(!result.ok && fieldOf(result.error)).toBe('alias')
  })
})
