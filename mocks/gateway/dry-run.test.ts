/** KMS API 2016-01-20, DryRun of the cryptography: never carried out, always answered with an error that says what would have come. */
import { beforeEach, describe, expect, test } from 'vitest'
import { actions, isActionName, type ActionName } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { testCloud, type CallOptions, type TestCloud } from '#mocks/testing/client.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { account, keyIds, otherAccount, region, smallWorld } from '#mocks/testing/small-world.ts'
import { keyArn } from '#src/api/contract/arn.ts'
import { wrappingParameters } from '#mocks/testing/wrapping.ts'

let cloud: TestCloud
let blob: string
beforeEach(async () => {
  cloud = await testCloud({ world: await smallWorld() })
  blob = (await cloud.ok('Encrypt', { KeyId: keyIds.enabled, Plaintext: 'aGVsbG8=' })).CiphertextBlob
})

const input = (name: ActionName, keyId: string): Readonly<Record<string, string>> => {
  const given: Readonly<Record<string, string>> = {
    KeyId: keyId,
    Plaintext: 'aGVsbG8=',
    CiphertextBlob: blob,
    DestinationKeyId: keyId,
    ...wrappingParameters,
  }
  return Object.fromEntries(
    Object.entries(given).filter(([parameter]) => Object.hasOwn(actions[name].params, parameter)),
  )
}

async function ask(name: ActionName, parameters: Readonly<Record<string, string>>, options: CallOptions = {}) {
  return cloud.send(await cloud.signed('kms', name, Object.entries(parameters), { as: 'admin', ...options }))
}

const dry = { DryRun: 'true' }
const cryptography = Object.keys(actions)
  .filter(isActionName)
  .filter((name) => Object.hasOwn(actions[name].params, 'DryRun'))

test('every implemented action of the cryptography takes it', () => {
  expect(cryptography.toSorted()).toEqual([
    'Decrypt',
    'Encrypt',
    'ExportDataKey',
    'GenerateAndExportDataKey',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'ReEncrypt',
  ])
})

describe.each(cryptography)('%s', (name) => {
  test('would have succeeded: nothing is carried out, and the key manager is not asked', async () => {
    expect(await refusalOf(cloud, () => ask(name, { ...input(name, keyIds.enabled), ...dry }))).toEqual({
      code: 'DryRunOperationError',
      parameter: undefined,
    })
    expect(cloud.cloud.dump().trace[0]?.children).toEqual([])
  })

  test('would have been denied', async () => {
    const { status, body } = await ask(name, { ...input(name, keyIds.enabled), ...dry }, { as: 'nobody' })
    expect(status).toBe(403)
    expect(body.Code).toBe('AccessDeniedError')
    expect(body.Message).toContain(`key/${keyIds.enabled} is forbidden by permission system`)
    expect(body.Detail).toMatchObject({
      WouldBe: 'Forbidden.NoPermission',
      Decision: { NoPermissionType: 'ImplicitDeny' },
    })
  })

  test('a parameter is missing', async () => {
    const { status, body } = await ask(name, dry)
    expect(status).toBe(400)
    expect(body).toMatchObject({
      Code: 'ValidationError',
      Detail: { WouldBe: 'MissingParameter', Parameter: Object.keys(actions[name].params)[1] },
    })
  })

  test('one that cannot be read is an error of its own', async () => {
    const { body } = await ask(name, { ...input(name, keyIds.enabled), DryRun: 'yes' })
    expect(body).toMatchObject({ Code: 'InvalidParameter', Detail: { Parameter: 'DryRun' } })
  })
})

const wouldBe: readonly [string, ActionName, Readonly<Record<string, string>>, ErrorCode][] = [
  ['a disabled key', 'Encrypt', { KeyId: keyIds.disabled }, 'Rejected.Disabled'],
  [
    'a key that waits for its deletion',
    'GenerateDataKey',
    { KeyId: keyIds.pendingDeletion },
    'Rejected.PendingDeletion',
  ],
  ['an unknown key', 'Encrypt', { KeyId: 'key-unknown' }, 'Forbidden.KeyNotFound'],
  ['an unknown alias', 'Encrypt', { KeyId: 'alias/unknown' }, 'Forbidden.AliasNotFound'],
  ['text that is no ciphertext', 'Decrypt', { CiphertextBlob: 'aGVsbG8=' }, 'InvalidParameter'],
  ['a disabled destination', 'ReEncrypt', { DestinationKeyId: keyIds.disabled }, 'Rejected.Disabled'],
]
test.each(wouldBe)('%s: %s would have been refused', async (_, name, change, code) => {
  const { body } = await ask(name, { ...input(name, keyIds.enabled), ...dry, ...change })
  expect(body.Code).toBe('ValidationError')
  expect(body.Detail?.WouldBe).toBe(code)
})

test("another account's key, by its ARN", async () => {
  const KeyId = keyArn(region, otherAccount, keyIds.foreign)
  const { body } = await ask('Encrypt', { ...input('Encrypt', KeyId), ...dry })
  expect(body).toMatchObject({ Code: 'AccessDeniedError', Detail: { WouldBe: 'Forbidden.NoPermission' } })
})

test('who asks and how often is weighed before', async () => {
  const parameters = { ...input('Encrypt', keyIds.enabled), ...dry }
  const signed = await cloud.signed('kms', 'Encrypt', Object.entries(parameters))
  expect((await cloud.send({ ...signed, body: `${signed.body}&X=1` })).body.Code).toBe('SignatureDoesNotMatch')
  await cloud.cloud.lab.setFaults([{ id: 'f', hop: 'kms', kind: 'throttle' }])
  expect((await ask('Encrypt', parameters)).body.Code).toBe('Rejected.Throttling')
})

test('false is no dry run', async () => {
  const { status, body } = await ask('Encrypt', { ...input('Encrypt', keyIds.enabled), DryRun: 'false' })
  expect(status).toBe(200)
  expect(body.KeyId).toBe(keyIds.enabled)
})

test('an action that has no dry run is carried out', async () => {
  expect((await ask('DisableKey', { KeyId: keyIds.enabled, ...dry })).status).toBe(200)
  const { KeyMetadata } = await cloud.ok('DescribeKey', { KeyId: keyIds.enabled })
  expect(KeyMetadata.KeyState).toBe('Disabled')
  expect(KeyMetadata.Creator).toBe(account)
})
