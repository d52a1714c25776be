import { expect, test } from 'vitest'
import { keyPermissions } from '#src/api/contract/access.ts'
import { columnsOf, headsOf } from './columns.ts'

test('every permission of a key has its column, group by group', () => {
  const columns = columnsOf(keyPermissions)
  expect(columns.map(({ permission }) => permission).toSorted()).toEqual(keyPermissions.toSorted())
  expect(columns.every(({ permission, at }) => keyPermissions[at] === permission)).toBe(true)
  expect(headsOf(columns).map(({ group }) => group)).toEqual(['cryptography', 'manage', 'read', 'labels', 'versions'])
  expect(headsOf(columns).reduce((sum, { count }) => sum + count, 0)).toBe(keyPermissions.length)
  expect(columns.filter(({ group }) => group === 'manage').map(({ name }) => name)).toEqual([
    'EnableKey',
    'DisableKey',
    'ScheduleKeyDeletion',
    'CancelKeyDeletion',
    'SetDeletionProtection',
    'SetKeyPolicy',
    'UpdateKeyDescription',
    'ImportKeyMaterial',
    'DeleteKeyMaterial',
  ])
})

test('one group, one permission, and one that is not known', () => {
  expect(columnsOf(keyPermissions, 'read').map(({ name }) => name)).toEqual([
    'DescribeKey',
    'GetKeyPolicy',
    'GetParametersForImport',
  ])
  expect(columnsOf(keyPermissions, 'kms:Decrypt').map(({ name }) => name)).toEqual(['Decrypt'])
  expect(columnsOf(['kms:New', 'kms:Encrypt', 'kms:EnableKey'])).toEqual([
    { permission: 'kms:Encrypt', name: 'Encrypt', group: 'cryptography', at: 1 },
    { permission: 'kms:EnableKey', name: 'EnableKey', group: 'manage', at: 2 },
    { permission: 'kms:New', name: 'New', group: 'manage', at: 0 },
  ])
})
