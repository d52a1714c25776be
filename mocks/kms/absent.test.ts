/** Actions that this build never carries out (contract/absent.ts). KMS user guide, Manage external keys. */
import { beforeAll, describe, expect, test } from 'vitest'
import { absentActions, type AbsentAction } from '#src/api/contract/absent.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import { keyIds, smallWorld } from '#mocks/testing/small-world.ts'

let cloud: TestCloud
const defaultKey = 'key-hzz69a5412800000000009'
beforeAll(async () => {
  const world = await smallWorld()
  const own = world.cloud.keys[0]!
  const keys = [...world.cloud.keys, { ...own, keyId: defaultKey, instanceId: null, externalKeyId: null, policy: null }]
  cloud = await testCloud({ world: { ...world, cloud: { ...world.cloud, keys } } })
})

/** As published for an external key, or, in brackets, for the nearest action. */
const external: Readonly<Record<AbsentAction, ErrorCode>> = {
  GetParametersForImport: 'Unsupported.Origin',
  ImportKeyMaterial: 'Unsupported.Origin',
  DeleteKeyMaterial: 'Unsupported.Origin',
  GetPublicKey: 'Rejected.UnsupportedOperation',
  AsymmetricEncrypt: 'Rejected.UnsupportedOperation',
  AsymmetricDecrypt: 'Rejected.UnsupportedOperation',
  AsymmetricSign: 'Rejected.UnsupportedOperation',
  AsymmetricVerify: 'Rejected.UnsupportedOperation',
  GenerateMac: 'UnsupportedOperation',
  VerifyMac: 'UnsupportedOperation',
}

describe.each(Object.keys(absentActions) as AbsentAction[])('%s', (name) => {
  test.each([keyIds.enabled, keyIds.disabled, keyIds.pendingDeletion])(
    'of an external key is never possible, whatever its state (%s)',
    async (KeyId) => {
      expect(await cloud.code(name, { KeyId }, { as: 'admin' })).toBe(external[name])
    },
  )

  test('of another key is refused by name', async () => {
    const { status, body } = await cloud.call(name, { KeyId: defaultKey }, { as: 'admin' })
    expect(status).toBe(400)
    expect(body.Code).toBe('UnsupportedOperation')
    expect(body.Message).toContain(name)
  })

  test('is found and authorised first', async () => {
    expect(await cloud.code(name, { KeyId: 'key-unknown' })).toBe('Forbidden.KeyNotFound')
    expect(await cloud.code(name, { KeyId: keyIds.enabled }, { as: 'nobody' })).toBe('Forbidden.NoPermission')
  })
})
