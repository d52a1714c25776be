import { describe, expect, it } from 'vitest'
import {
  aliasNameOf,
  createKeyInput,
  defaultAccounts,
  emptyForm,
  inBothRoles,
  policyOf,
  type CreateForm,
} from './form-model.ts'

const own = '1203456789012345'
const other = '1309876543210987'
const form = (part: Partial<CreateForm>): CreateForm => ({ ...emptyForm, ...part })

describe('createKeyInput', () => {
  it('sends nothing for what was left empty', () => {
    expect(createKeyInput(form({ externalKeyId: 'hsm-1' }), 'kst-1', [own])).toEqual({
      DKMSInstanceId: 'kst-1',
      KeySpec: 'Aliyun_AES_256',
      KeyUsage: 'ENCRYPT/DECRYPT',
      ExternalKeyId: 'hsm-1',
    })
  })

  it('leaves blank tag rows out and keeps tags without a value', () => {
    const tags = [
      { key: 'env', value: 'prod' },
      { key: '', value: '' },
      { key: 'empty', value: '' },
    ]
    expect(createKeyInput(form({ tags }), 'kst-1', [own]).Tags).toEqual([
      { TagKey: 'env', TagValue: 'prod' },
      { TagKey: 'empty', TagValue: '' },
    ])
  })

  it('sends the very document that is shown', () => {
    const custom = form({ policy: 'custom', users: [`acs:ram::${own}:user/app`] })
    const { Policy = '' } = createKeyInput(custom, 'kst-1', [own])
    expect(JSON.parse(Policy)).toEqual(policyOf(custom, [own]))
  })
})

describe('the default statement', () => {
  const shared = (State: 'NotShared' | 'SharedByThisAccount' | 'SharedToThisAccount') => ({
    State,
    OwnerAccountId: State === 'SharedToThisAccount' ? other : own,
    Accounts: [],
  })

  it.each([
    [undefined, [own]],
    [shared('NotShared'), [own]],
    [shared('SharedByThisAccount'), [own]],
    [shared('SharedToThisAccount'), [other, own]],
  ])('of %j names %j', (sharing, accounts) => {
    expect(defaultAccounts(sharing, own)).toEqual(accounts)
  })
})

it('adds the fixed prefix to an alias', () => {
  expect(aliasNameOf(form({ alias: 'orders/db' }))).toBe('alias/orders/db')
  expect(aliasNameOf(emptyForm)).toBeNull()
})

it('names who both administers and uses the key', () => {
  expect(inBothRoles(form({ administrators: ['a', 'b'], users: ['b', 'c'] }))).toEqual(['b'])
})
