import { describe, expect, it } from 'vitest'
import type { InstanceType } from '#src/api/contract/states.ts'
import { aliasNameOf, createKeyInput, defaultAccounts, emptyForm, policyOf, type CreateForm } from './form-model.ts'
import { defaultKeyTarget, type KeyTarget } from './panel-parts.ts'

const own = '1203456789012345'
const other = '1309876543210987'
const form = (part: Partial<CreateForm>): CreateForm => ({ ...emptyForm, ...part })

const on = (place: InstanceType): KeyTarget => ({
  place,
  instance: { InstanceId: 'kst-1', InstanceName: 'kms', Status: 'Connected', InstanceType: place },
})

describe('createKeyInput', () => {
  it('sends nothing for what was left empty', () => {
    expect(createKeyInput(form({ externalKeyId: 'hsm-1' }), on('External'), [own])).toEqual({
      DKMSInstanceId: 'kst-1',
      KeySpec: 'Aliyun_AES_256',
      KeyUsage: 'ENCRYPT/DECRYPT',
      ExternalKeyId: 'hsm-1',
    })
  })

  it('sends of each kind of key what its panel asks for, and nothing else of the form', () => {
    const filled = form({
      externalKeyId: 'hsm-1',
      spec: 'Aliyun_AES_128',
      storage: 'HsmEncryptedDatabase',
      rotation: { period: '30', days: '' },
      description: 'Orders',
      tags: [{ key: 'env', value: 'prod' }],
    })
    const symmetric = { DKMSInstanceId: 'kst-1', KeySpec: 'Aliyun_AES_128', KeyUsage: 'ENCRYPT/DECRYPT' }
    const described = { Description: 'Orders', Origin: 'Aliyun_KMS' }
    const rotating = { EnableAutomaticRotation: true, RotationInterval: '30d' }
    const Tags = [{ TagKey: 'env', TagValue: 'prod' }]
    expect(createKeyInput(filled, on('Software'), [own])).toEqual({ ...symmetric, ...described, ...rotating, Tags })
    expect(createKeyInput(filled, on('Hardware'), [own])).toEqual({
      ...symmetric,
      ...described,
      ...rotating,
      Tags,
      KeyStorageMechanism: 'HsmEncryptedDatabase',
    })
    expect(createKeyInput(filled, defaultKeyTarget, [own])).toEqual(described)
  })

  it('asks for no rotation of a key inside the HSM', () => {
    const inside = form({ storage: 'HsmInternal', rotation: { period: '30', days: '' } })
    expect(createKeyInput(inside, on('Hardware'), [own])).not.toHaveProperty('EnableAutomaticRotation')
    expect(createKeyInput(inside, on('Software'), [own])).toHaveProperty('EnableAutomaticRotation', true)
  })

  it('leaves blank tag rows out and keeps tags without a value', () => {
    const tags = [
      { key: 'env', value: 'prod' },
      { key: '', value: '' },
      { key: 'empty', value: '' },
    ]
    expect(createKeyInput(form({ tags }), on('External'), [own]).Tags).toEqual([
      { TagKey: 'env', TagValue: 'prod' },
      { TagKey: 'empty', TagValue: '' },
    ])
  })

  it('sends the very document that is shown', () => {
    const custom = form({ policy: 'custom', users: [`acs:ram::${own}:user/app`] })
    const { Policy = '' } = createKeyInput(custom, on('External'), [own])
    expect(JSON.parse(Policy)).toEqual(policyOf(custom, [own]))
  })
})

describe('the default statement', () => {
  const shared = (
    State: 'NotShared' | 'SharedByThisAccount' | 'SharedToThisAccount',
    Ownership: 'Joint' | 'Independent' = 'Joint',
  ) => ({
    State,
    Ownership,
    OwnerAccountId: State === 'SharedToThisAccount' ? other : own,
    Accounts: [],
  })

  it.each([
    [undefined, [own]],
    [shared('NotShared'), [own]],
    [shared('SharedByThisAccount'), [own]],
    [shared('SharedToThisAccount'), [other, own]],
    [shared('SharedByThisAccount', 'Independent'), [own]],
    [shared('SharedToThisAccount', 'Independent'), [own]],
  ])('of %j names %j', (sharing, accounts) => {
    expect(defaultAccounts(sharing, own)).toEqual(accounts)
  })
})

it('adds the fixed prefix to an alias', () => {
  expect(aliasNameOf(form({ alias: 'orders/db' }))).toBe('alias/orders/db')
  expect(aliasNameOf(emptyForm)).toBeNull()
})
