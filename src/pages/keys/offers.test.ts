import { expect, test } from 'vitest'
import { blockerOf, kindOfKey, type Denial, type KeyFacts } from './offers.ts'

const facts: KeyFacts = { kind: 'external', state: 'Enabled', isProtected: false, denied: [] }
const denial: Denial = { Action: 'ScheduleKeyDeletion', NoPermissionType: 'ImplicitDeny', PolicyType: 'RamPolicy' }

test.each([
  ['an enabled key can be disabled', 'DisableKey', {}, null],
  ['and is enabled already', 'EnableKey', {}, { by: 'already', state: 'Enabled' }],
  ['protection blocks the deletion', 'ScheduleKeyDeletion', { isProtected: true }, { by: 'protection' }],
  [
    'a missing permission comes before what the person could switch',
    'ScheduleKeyDeletion',
    { isProtected: true, denied: [denial] },
    { by: 'permission', permission: 'kms:ScheduleKeyDeletion', denial },
  ],
  ['permissions that are not known block nothing', 'ScheduleKeyDeletion', { denied: null }, null],
  [
    'the state comes before the permission',
    'ScheduleKeyDeletion',
    { state: 'PendingDeletion', denied: [denial] },
    { by: 'state', state: 'PendingDeletion' },
  ],
  ['an external key never rotates', 'CreateKeyVersion', { state: 'Disabled' }, { by: 'kind', kind: 'external' }],
  [
    'a key inside the HSM neither',
    'UpdateRotationPolicy',
    { kind: 'hardware', storage: 'HsmInternal', state: 'Disabled' },
    { by: 'storage' },
  ],
  ['one in the database does', 'UpdateRotationPolicy', { kind: 'hardware', storage: 'HsmEncryptedDatabase' }, null],
  ['and can be disabled like any', 'DisableKey', { kind: 'hardware', storage: 'HsmInternal' }, null],
  ['a service key is nobody’s to change', 'DisableKey', { kind: 'service' }, { by: 'kind', kind: 'service' }],
] as const)('%s', (_, action, more, expected) => {
  expect(blockerOf(action, { ...facts, ...more })).toEqual(expected)
})

test('the kind of a key is told from its metadata', () => {
  const base = {
    KeyId: 'k',
    Arn: 'a',
    KeySpec: 's',
    KeyUsage: 'u',
    KeyState: 'Enabled',
    Creator: 'c',
    CreationDate: 'd',
  } as const
  expect(kindOfKey(base, false)).toBe('default')
  expect(kindOfKey(base, true)).toBe('service')
  expect(kindOfKey({ ...base, DKMSInstanceId: 'i', ExternalKeyId: 'e' }, false)).toBe('external')
  expect(kindOfKey({ ...base, DKMSInstanceId: 'i', ProtectionLevel: 'HSM' }, false)).toBe('hardware')
  expect(kindOfKey({ ...base, DKMSInstanceId: 'i', ProtectionLevel: 'SOFTWARE' }, false)).toBe('software')
})
