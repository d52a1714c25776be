/** Every cell of the table of states, for every kind of key, asked of the emulator over its gateway. What to expect is put down by hand. */
import { beforeAll, describe, expect, test } from 'vitest'
import { actions, isActionName, type ActionName } from '#src/api/contract/actions.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { keyKinds, kindRefusal, type KeyKind } from '#src/api/contract/kinds.ts'
import { keyStates, stateRefusal, stateTable, type KeyState, type StateAction } from '#src/api/contract/states.ts'
import type { World } from '#mocks/scenarios/world.ts'
import type { KeyRow } from '#mocks/store/rows.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { documentedActions, documentedOfKind, documentedOfState, notBuilt } from '#mocks/testing/documented.ts'
import { kindsWorld, keyOf, otherKeyId, versionOf } from '#mocks/testing/kinds-world.ts'
import { refusalOf } from '#mocks/testing/refusal.ts'
import { externalKeyId, instanceId, keyArnOf, region } from '#mocks/testing/small-world.ts'
import { wrappingParameters } from '#mocks/testing/wrapping.ts'

describe('the contract says what is published', () => {
  const stateActions = Object.keys(stateTable) as StateAction[]

  test('of the same actions', () => {
    expect(stateActions.toSorted()).toEqual(documentedActions.toSorted())
  })

  test.each(stateActions)('%s', (name) => {
    for (const state of keyStates) expect(stateRefusal(name, state), state).toBe(documentedOfState(name, state))
    for (const kind of keyKinds) {
      // Of an external key the code for what this build does with no key stands with the action.
      if (!notBuilt.has(name)) expect(kindRefusal(name, kind), kind).toBe(documentedOfKind(name, kind))
    }
  })
})

/** What a cell is asked with. `blob` was sealed with the key while that was possible. */
type Ask = (cell: { keyId: string; kind: KeyKind; blob: string }) => Readonly<Record<string, string>>

const json = (value: unknown): string => JSON.stringify(value)
const policy = json({
  Version: '1',
  Statement: [
    { Effect: 'Allow', Principal: { RAM: ['acs:ram::1111111111111111:*'] }, Action: ['kms:*'], Resource: ['*'] },
  ],
})
const keyAlone: Ask = ({ keyId }) => ({ KeyId: keyId })
const resources: Ask = ({ keyId }) => ({
  RegionId: region,
  ResourceType: 'key',
  'ResourceId.1': otherKeyId,
  'ResourceId.2': keyId,
})

const asks: Readonly<Partial<Record<ActionName, Ask>>> = {
  CreateKey: () => ({ DKMSInstanceId: instanceId, ExternalKeyId: externalKeyId }),
  ListKeys: () => ({}),
  DescribeKey: keyAlone,
  EnableKey: keyAlone,
  DisableKey: keyAlone,
  UpdateKeyDescription: ({ keyId }) => ({ KeyId: keyId, Description: 'x' }),
  ScheduleKeyDeletion: ({ keyId }) => ({ KeyId: keyId, PendingWindowInDays: '7' }),
  CancelKeyDeletion: keyAlone,
  SetDeletionProtection: ({ keyId }) => ({ ProtectedResourceArn: keyArnOf(keyId), EnableDeletionProtection: 'true' }),
  GetKeyPolicy: keyAlone,
  SetKeyPolicy: ({ keyId }) => ({ KeyId: keyId, Policy: policy }),
  CreateAlias: ({ keyId }) => ({ KeyId: keyId, AliasName: 'alias/new' }),
  /** The alias names another key: the target's state decides. */
  UpdateAlias: ({ keyId }) => ({ KeyId: keyId, AliasName: 'alias/other' }),
  DeleteAlias: ({ kind }) => ({ AliasName: `alias/${kind}` }),
  ListAliases: () => ({}),
  ListAliasesByKeyId: keyAlone,
  TagResource: ({ keyId }) => ({ KeyId: keyId, Tags: json([{ TagKey: 'a', TagValue: 'b' }]) }),
  UntagResource: ({ keyId }) => ({ KeyId: keyId, TagKeys: json(['a']) }),
  ListResourceTags: keyAlone,
  TagResources: (cell) => ({ ...resources(cell), 'Tag.1.Key': 'a', 'Tag.1.Value': 'b' }),
  UntagResources: (cell) => ({ ...resources(cell), 'TagKey.1': 'a' }),
  ListTagResources: resources,
  Encrypt: ({ keyId }) => ({ KeyId: keyId, Plaintext: 'aGVsbG8=' }),
  Decrypt: ({ blob }) => ({ CiphertextBlob: blob }),
  GenerateDataKey: keyAlone,
  GenerateDataKeyWithoutPlaintext: keyAlone,
  GenerateAndExportDataKey: ({ keyId }) => ({ KeyId: keyId, ...wrappingParameters }),
  ExportDataKey: ({ blob }) => ({ CiphertextBlob: blob, ...wrappingParameters }),
  ReEncrypt: ({ blob }) => ({ CiphertextBlob: blob, DestinationKeyId: otherKeyId }),
  ListKeyVersions: keyAlone,
  DescribeKeyVersion: ({ keyId, kind }) => ({ KeyId: keyId, KeyVersionId: versionOf(kind) }),
  CreateKeyVersion: keyAlone,
  UpdateRotationPolicy: ({ keyId }) => ({ KeyId: keyId, EnableAutomaticRotation: 'false' }),
  ...Object.fromEntries([...notBuilt].map((name) => [name, keyAlone])),
}
const asked = Object.keys(asks).filter(isActionName)

test('every action on keys is asked', () => {
  const onKeys = Object.entries(actions).filter(
    ([, action]) =>
      action.product === 'kms' && !('extension' in action) && !['none', 'account', 'instance'].includes(action.subject),
  )
  expect(asked.toSorted()).toEqual(onKeys.map(([name]) => name).toSorted())
})

/** A world in which the key of that kind is in that state, and a ciphertext of it. */
async function prepare(kind: KeyKind, state: KeyState): Promise<{ world: World; blob: string }> {
  const before = await testCloud({ world: await kindsWorld() })
  const keyId = keyOf(kind)
  const { CiphertextBlob: blob } = await before.ok('Encrypt', { KeyId: keyId, Plaintext: 'aGVsbG8=' })
  const dump = before.cloud.dump()
  const { cloud, vault } = dump as unknown as World
  const changed = (row: KeyRow): KeyRow => ({
    ...row,
    state,
    ...(state === 'PendingDeletion'
      ? { deleteAt: before.cloud.now() + 86_400_000, deletionScheduledAt: before.cloud.now() }
      : {}),
    ...(kind === 'service' ? { creatorType: 'Service' } : {}),
  })
  const keys = cloud.keys.map((row) => (row.keyId === keyId ? changed(row) : row))
  return { world: { cloud: { ...cloud, keys }, vault }, blob }
}

/** Whatever becomes of one key, these work. */
const aboutNoKey: ReadonlySet<ActionName> = new Set(['CreateKey', 'ListKeys', 'ListAliases', 'ListTagResources'])

function expected(name: ActionName, kind: KeyKind, state: KeyState): ErrorCode | null {
  if (aboutNoKey.has(name)) return null
  return (
    documentedOfKind(name, kind) ??
    documentedOfState(name, state) ??
    (notBuilt.has(name) ? 'UnsupportedOperation' : null)
  )
}

describe.each(keyKinds)('a key of the kind %s', (kind) => {
  describe.each(keyStates)('that is %s', (state) => {
    let prepared: Awaited<ReturnType<typeof prepare>>
    let shared: TestCloud
    beforeAll(async () => {
      prepared = await prepare(kind, state)
      shared = await testCloud(prepared)
    })

    const send = async (cloud: TestCloud, name: ActionName, parameters: Readonly<Record<string, string>>) =>
      cloud.send(await cloud.signed('kms', name, Object.entries(parameters)))
    const check = async (name: ActionName, parameters: Readonly<Record<string, string>>) => {
      const code = expected(name, kind, state)
      // What is refused writes nothing, so that one cloud serves them all.
      if (code !== null) expect((await refusalOf(shared, () => send(shared, name, parameters))).code).toBe(code)
      else {
        const { status, body } = await send(await testCloud(prepared), name, parameters)
        expect({ status, code: body.Code }).toEqual({ status: 200 })
      }
    }

    test.each(asked)('%s', async (name) => {
      await check(name, asks[name]!({ keyId: keyOf(kind), kind, blob: prepared.blob }))
    })

    test('ReEncrypt to it', async () => {
      const { CiphertextBlob } = await shared.ok('Encrypt', { KeyId: otherKeyId, Plaintext: 'aGVsbG8=' })
      await check('ReEncrypt', { CiphertextBlob, DestinationKeyId: keyOf(kind) })
    })
  })
})
