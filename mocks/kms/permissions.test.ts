import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { actions, type Input } from '#src/api/contract/actions.ts'
import { defaultPolicy, policyRoles, type KeyPolicy } from '#src/api/contract/policy.ts'
import { stateTable, type StateAction } from '#src/api/contract/states.ts'
import { accounts, aliases, identities, instances } from '#mocks/scenarios/names.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { instanceNamed, keyNamed, storedRows } from '#mocks/testing/rows.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { encodeBlob } from './blob.ts'
import { keyActionNames } from './permissions.ts'
import { arnOfKey } from './visible.ts'

let cloud: TestCloud
beforeAll(async () => {
  cloud = await testCloud()
})

const bytes = (length: number) => new Uint8Array(length)
const blobOf = (keyId: string): string =>
  encodeBlob({
    keyId,
    versionId: null,
    sealed: { iv: bytes(12), tag: bytes(16), metadata: bytes(0), ciphertext: bytes(8) },
  })

/** Inputs that reach the permission; what happens after it is not this test's concern. */
const inputs = (key: KeyRow, aliasName: string) => {
  const { keyId: KeyId, region: RegionId } = key
  const blob = { CiphertextBlob: blobOf(KeyId) }
  const one = { RegionId, ResourceType: 'key' as const, ResourceId: [KeyId] }
  const wrapping = {
    PublicKeyBlob: 'AAAA',
    WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
    WrappingKeySpec: 'RSA_2048',
  } as const
  return {
    DescribeKey: { KeyId },
    GenerateDataKey: { KeyId },
    GenerateDataKeyWithoutPlaintext: { KeyId },
    Encrypt: { KeyId, Plaintext: 'aGVsbG8=' },
    Decrypt: blob,
    UpdateKeyDescription: { KeyId, Description: '' },
    EnableKey: { KeyId },
    DisableKey: { KeyId },
    ScheduleKeyDeletion: { KeyId, PendingWindowInDays: 366 },
    CancelKeyDeletion: { KeyId },
    CreateAlias: { KeyId, AliasName: aliasName },
    DeleteAlias: { AliasName: aliasName },
    UpdateAlias: { KeyId, AliasName: aliasName },
    TagResource: { KeyId, Tags: [] },
    UntagResource: { KeyId, TagKeys: [] },
    ListResourceTags: { KeyId },
    CreateKeyVersion: { KeyId },
    DescribeKeyVersion: { KeyId, KeyVersionId: 'none' },
    ListKeyVersions: { KeyId },
    UpdateRotationPolicy: { KeyId, EnableAutomaticRotation: false },
    GetParametersForImport: { KeyId },
    ImportKeyMaterial: { KeyId },
    DeleteKeyMaterial: { KeyId },
    ListAliasesByKeyId: { KeyId },
    TagResources: { ...one, Tag: [{ Key: 'a', Value: 'b' }] },
    UntagResources: { ...one, TagKey: ['a'] },
    ListTagResources: one,
    GetKeyPolicy: { KeyId },
    SetKeyPolicy: { KeyId, Policy: JSON.stringify(key.policy ?? defaultPolicy([key.accountId])) },
    SetDeletionProtection: { KeyId, EnableDeletionProtection: false },
    GenerateAndExportDataKey: { KeyId, ...wrapping },
    ExportDataKey: { ...blob, ...wrapping },
    ReEncrypt: { ...blob, DestinationKeyId: KeyId },
  } satisfies { [N in (typeof keyActionNames)[number]]?: Input<N> }
}

test('tells about every action of the table of states that a key is asked for', () => {
  const others = Object.keys(stateTable).filter((name) => !(keyActionNames as readonly string[]).includes(name))
  expect(others).toEqual(['CreateKey', 'ListKeys', 'ListAliases'])
})

/** What it says of a key; undefined: nothing. */
async function told(key: KeyRow, as: string) {
  const { Keys } = await cloud.ok('DescribeKeyPermissions', { KeyId: [key.keyId] }, { as, region: key.region })
  return Keys.Key[0]?.Denied
}

/**
 * What the API itself says about the permission on the key: a denial, null where it got past, undefined where it was denied something else
 * first (the alias, or opening the source of a ReEncrypt) or the account could not make the alias.
 */
async function done(name: StateAction, key: KeyRow, as: string, aliasName: string) {
  const input = inputs(key, aliasName)[name as keyof ReturnType<typeof inputs>]
  const { body } = await cloud.call(name, input as Input<StateAction>, { as, region: key.region })
  if (body.Code === 'Forbidden.AliasNotFound') return undefined
  const decision = body.Code === 'Forbidden.NoPermission' ? body.Detail!.Decision! : null
  if (!decision) return null
  const { AuthAction, Resource, NoPermissionType, PolicyType } = decision
  const isAbout = AuthAction === actions[name].permission && Resource === arnOfKey(key)
  return isAbout ? { Action: name, NoPermissionType, PolicyType } : undefined
}

const actionPatterns = ['kms:*', ...policyRoles.administrator, ...policyRoles.user, 'kms:ReEncryptTo', 'kms:Tag*']
const principals = ['*', 'root', 'user/key-operator', 'user/intern', 'user/crypto-app', 'user/orders-service']
const statement = fc.record({
  Effect: fc.constantFrom('Allow' as const, 'Allow' as const, 'Deny' as const),
  Principal: fc
    .subarray(principals, { minLength: 1 })
    .map((names) => ({ RAM: names.map((name) => `acs:ram::${accounts.main.accountId}:${name}`) })),
  Action: fc.subarray(actionPatterns, { minLength: 1, maxLength: 6 }),
  Resource: fc.constant(['*']),
})
const policy: fc.Arbitrary<KeyPolicy> = fc
  .array(statement, { minLength: 1, maxLength: 4 })
  .map((Statement) => ({ Version: '1', Statement }))

describe('what it says is what the API then does', () => {
  const callers = Object.keys(identities)
  const named = [
    aliases.working,
    aliases.pendingDeletion,
    aliases.disabled,
    aliases.onSharedInstance,
    'alias/apps/config',
    'alias/acs/oss',
  ]

  let round = 0
  test('for any policy, caller, key and action', { timeout: 60_000 }, async () => {
    let denials = 0
    let grants = 0
    await fc.assert(
      fc.asyncProperty(policy, fc.constantFrom(...callers), fc.constantFrom(...named), async (Policy, as, alias) => {
        const before = keyNamed(cloud.cloud, alias)
        // The account may lock itself out, and then nobody changes it again: that is a policy like any other.
        await cloud.call(
          'SetKeyPolicy',
          { KeyId: before.keyId, Policy: JSON.stringify(Policy) },
          { as: 'account', region: before.region },
        )
        const key = keyNamed(cloud.cloud, alias)
        const aliasName = `alias/test/${(round += 1)}`
        await cloud.call(
          'CreateAlias',
          { AliasName: aliasName, KeyId: key.keyId },
          { as: 'account', region: key.region },
        )
        const said = await told(key, as)
        if (!said) {
          expect(await cloud.code('DescribeKey', { KeyId: key.keyId }, { as, region: key.region })).toBe(
            'Forbidden.KeyNotFound',
          )
          return
        }
        for (const name of keyActionNames) {
          const denial = await done(name, key, as, aliasName)
          if (denial === undefined) continue
          expect(said.find(({ Action }) => Action === name) ?? null, `${as} ${name}`).toEqual(denial)
          if (denial) denials += 1
          else grants += 1
        }
        expect(cloud.defects).toEqual([])
      }),
      { numRuns: 25 },
    )
    expect(Math.min(denials, grants)).toBeGreaterThan(100)
  })

  test('keys that one may not see are left out, as the API does not find them', async () => {
    const { instanceId } = instanceNamed(cloud.cloud, instances.settlement.name)
    const ofPartner = storedRows(cloud.cloud, 'keys').find(
      (key) => key.instanceId === instanceId && key.accountId === accounts.partner.accountId,
    )!
    const elsewhere = storedRows(cloud.cloud, 'keys').find(({ region }) => region === 'cn-shanghai')!
    const KeyId = [ofPartner.keyId, elsewhere.keyId, 'key-none', keyNamed(cloud.cloud, 'alias/payments/ledger').keyId]
    const { Keys } = await cloud.ok('DescribeKeyPermissions', { KeyId }, { as: 'account' })
    expect(Keys.Key).toEqual([{ KeyId: KeyId[3], Denied: [] }])
    expect(await cloud.code('DescribeKey', { KeyId: ofPartner.keyId }, { as: 'account' })).toBe('Forbidden.KeyNotFound')
  })
})

test('a key is told once, and 50 in one call', async () => {
  const ids = storedRows(cloud.cloud, 'keys').map(({ keyId }) => keyId)
  const { Keys } = await cloud.ok('DescribeKeyPermissions', { KeyId: [ids[0]!, ids[0]!, ids[1]!] })
  expect(Keys.Key.map(({ KeyId }) => KeyId)).toEqual([ids[0], ids[1]])
  const many = Array.from({ length: 51 }, (_, index) => `key-${index}`)
  expect(await cloud.code('DescribeKeyPermissions', { KeyId: many.slice(0, 50) })).toBeNull()
  expect(await cloud.code('DescribeKeyPermissions', { KeyId: many })).toBe('InvalidParameter')
})
