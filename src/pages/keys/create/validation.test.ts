import { describe, expect, it } from 'vitest'
import { limits } from '#src/api/contract/rules.ts'
import { emptyForm, type CreateForm } from './form-model.ts'
import type { KeyPlace } from './panel-parts.ts'
import { problemsOf, wrongFields } from './validation.ts'

const own = '1203456789012345'
const other = '1309876543210987'
const good: CreateForm = { ...emptyForm, externalKeyId: 'hsm-1' }
const at = (place: KeyPlace) => ({ place, ownAccountId: own, accountIds: [own] })
const wrong = (part: Partial<CreateForm>, place: KeyPlace = 'External') =>
  wrongFields(problemsOf({ ...good, ...part }, at(place)))
const rows = (...keys: string[]) => keys.map((key) => ({ key, value: 'v' }))

it('asks for the external key ID alone', () => {
  expect(wrong({})).toEqual([])
  expect(wrong({ externalKeyId: '' })).toEqual(['externalKeyId'])
})

it.each<[string, Partial<CreateForm>]>([
  ['externalKeyId', { externalKeyId: 'a/b' }],
  ['alias', { alias: 'acs/x' }],
  ['tags', { tags: rows('env', 'env') }],
  ['tags', { tags: rows(...Array.from({ length: 21 }, (_, index) => `k${index}`)) }],
  ['description', { description: 'x'.repeat(limits.description + 1) }],
  ['policy', { policy: 'custom' }],
  ['administrators', { policy: 'custom', administrators: ['key-admin'] }],
  ['users', { policy: 'custom', users: [`acs:ram::${other}:user/app`] }],
  ['crossAccountUsers', { policy: 'custom', crossAccountUsers: [`acs:ram::${own}:user/app`] }],
])('refuses at %s', (field, part) => {
  expect(wrong(part)).toEqual([field])
})

it('names everything that is wrong at once, in the order of the panel', () => {
  expect(wrong({ externalKeyId: '', alias: '名', description: '\uD800', policy: 'custom' })).toEqual([
    'externalKeyId',
    'alias',
    'description',
    'policy',
  ])
})

it('asks only for what the panel of the place shows', () => {
  const nothingAsked = {
    externalKeyId: '',
    tags: rows('twice', 'twice'),
    policy: 'custom',
    rotation: { period: 'custom', days: '6' },
  } as const
  expect(wrong(nothingAsked)).toEqual(['externalKeyId', 'tags', 'policy'])
  expect(wrong(nothingAsked, 'Software')).toEqual(['tags', 'rotation', 'policy'])
  expect(wrong(nothingAsked, 'Hardware')).toEqual(['tags', 'policy'])
  expect(wrong({ ...nothingAsked, storage: 'HsmEncryptedDatabase' }, 'Hardware')).toEqual([
    'tags',
    'rotation',
    'policy',
  ])
  expect(wrong(nothingAsked, 'Default')).toEqual([])
})

describe('tags', () => {
  it('does not count blank rows, and names rows by their place among all', () => {
    const tags = [
      { key: '', value: '' },
      { key: 'ok', value: '' },
      { key: '', value: 'lost' },
      { key: 'a b', value: '值' },
    ]
    expect(problemsOf({ ...good, tags }, at('External')).tagRows).toMatchObject([
      { row: 2, part: 'key', problem: { code: 'required' } },
      { row: 3, part: 'key', problem: { code: 'characters' } },
      { row: 3, part: 'value', problem: { code: 'characters' } },
    ])
  })
})

describe('custom policy', () => {
  it('is not weighed while the default policy is chosen', () => {
    expect(wrong({ administrators: ['nonsense'], crossAccountUsers: ['nonsense'] })).toEqual([])
  })

  it('advises the default policy where nobody is picked', () => {
    expect(problemsOf({ ...good, policy: 'custom' }, at('External')).policy).toBe('nobody')
  })

  it('allows one principal in both lists', () => {
    const both = [`acs:ram::${own}:user/app`]
    expect(wrong({ policy: 'custom', administrators: both, users: both })).toEqual([])
  })

  it('refuses a document beyond the limit', () => {
    const many = Array.from({ length: 800 }, (_, index) => `acs:ram::${own}:user/someone-with-a-name-${index}`)
    expect(problemsOf({ ...good, policy: 'custom', users: many }, at('External')).policy).toMatchObject({
      reason: 'tooLarge',
    })
  })
})
