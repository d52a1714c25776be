import { beforeEach, describe, expect, test } from 'vitest'
import { extensionHeader, markHeader } from '#src/api/contract/backend.ts'
import { errors, type ErrorCode } from '#src/api/contract/errors.ts'
import { testCloud, type TestCloud } from '#mocks/testing/client.ts'
import type { Signed } from '#mocks/testing/sign.ts'
import { externalKeyId, instanceId, keyIds, region, smallWorld } from '#mocks/testing/small-world.ts'

let cloud: TestCloud
beforeEach(async () => {
  cloud = await testCloud({ world: await smallWorld() })
})

describe('the order of the steps', () => {
  interface Draft {
    as: string
    action: string
    readonly parameters: Map<string, string>
    /** After the signature. */
    spoil: (signed: Signed) => Signed
  }
  /** For each step, what makes a call of TagResources fail there, whatever else is wrong with it. */
  const defects: readonly { step: string; code: ErrorCode; apply: (draft: Draft) => void }[] = [
    {
      step: 'decode',
      code: 'ParseRequestParameterException',
      apply: (draft) => {
        const { spoil } = draft
        draft.spoil = (signed) => ({ ...spoil(signed), url: `${signed.url}?x=%` })
      },
    },
    { step: 'action known', code: 'InvalidAction.NotFound', apply: (draft) => (draft.action = 'MakeTea') },
    {
      step: 'authenticate',
      code: 'SignatureDoesNotMatch',
      apply: (draft) => {
        const { spoil } = draft
        draft.spoil = (signed) => spoil({ ...signed, headers: { ...signed.headers, 'x-acs-signature-nonce': 'other' } })
      },
    },
    {
      step: 'faults',
      code: 'Rejected.Throttling',
      apply: () => void cloud.cloud.lab.setFaults([{ id: 'f', hop: 'kms', kind: 'throttle' }]),
    },
    { step: 'validate', code: 'MissingParameter', apply: ({ parameters }) => parameters.delete('ResourceType') },
    {
      step: 'find',
      code: 'InvalidResourceId.NotFound',
      apply: ({ parameters }) => parameters.set('ResourceId.1', 'key-hzz000000000000000000'),
    },
    { step: 'authorise', code: 'Forbidden.NoPermission', apply: (draft) => (draft.as = 'nobody') },
    {
      step: 'state',
      code: 'Rejected.PendingDeletion',
      apply: ({ parameters }) => parameters.set('ResourceId.2', keyIds.pendingDeletion),
    },
    {
      step: 'act',
      code: 'InvalidParameter.TagKey',
      apply: ({ parameters }) => parameters.set('Tag.1.Key', 'acs:reserved'),
    },
  ]

  async function codeWith(applied: readonly (typeof defects)[number][]): Promise<string | undefined> {
    const draft: Draft = {
      as: 'admin',
      action: 'TagResources',
      parameters: new Map([
        ['RegionId', region],
        ['ResourceType', 'key'],
        ['ResourceId.1', keyIds.enabled],
        ['ResourceId.2', keyIds.disabled],
        ['Tag.1.Key', 'env'],
        ['Tag.1.Value', 'test'],
      ]),
      spoil: (signed) => signed,
    }
    await cloud.cloud.lab.setFaults([])
    for (const { apply } of applied) apply(draft)
    const signed = await cloud.signed('kms', draft.action, draft.parameters, { as: draft.as })
    return (await cloud.send(draft.spoil(signed))).body.Code
  }

  test('without a defect the call succeeds', async () => {
    expect(await codeWith([])).toBeUndefined()
  })

  test.each(defects.map((defect, index) => [defect.step, defects[index + 1]?.step ?? 'nothing', index] as const))(
    '%s comes before %s',
    async (_, __, index) => {
      expect(await codeWith(defects.slice(index, index + 2))).toBe(defects[index]!.code)
    },
  )

  test('of any set of defects the earliest step is told', async () => {
    for (let set = 1; set < 2 ** defects.length; set++) {
      const applied = defects.filter((_, index) => (set & (1 << index)) !== 0)
      expect(await codeWith(applied), applied.map(({ step }) => step).join(' + ')).toBe(applied[0]!.code)
    }
  }, 60_000)

  test('a refused call writes nothing', async () => {
    const before = cloud.cloud.dump()
    for (const defect of defects) await codeWith([defect])
    const { cloud: rows, vault } = cloud.cloud.dump()
    expect({ cloud: rows, vault }).toEqual({ cloud: before.cloud, vault: before.vault })
  })
})

describe('answers', () => {
  test('success carries the request ID, the mark and the extensions used', async () => {
    const { status, headers, body } = await cloud.call('DescribeKey', { KeyId: keyIds.enabled }, { as: 'reader' })
    expect(status).toBe(200)
    expect(headers.get(markHeader)).toBe('emulator/1')
    expect(headers.get('x-acs-request-id')).toBe(body.RequestId)
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(headers.get(extensionHeader)).toBe('KeyMetadata.ExternalKeyId')
    const plain = await cloud.call('ListAliases', {}, { as: 'reader' })
    expect(plain.headers.has(extensionHeader)).toBe(false)
  })

  test('a refusal carries the published fields, its status and the machine-readable detail', async () => {
    const { status, headers, body } = await cloud.call('DescribeKey', { KeyId: keyIds.enabled }, { as: 'nobody' })
    const arn = `acs:kms:${region}:1111111111111111:key/${keyIds.enabled}`
    expect(status).toBe(403)
    expect(headers.get(markHeader)).toBe('emulator/1')
    expect(body).toEqual({
      HttpStatus: 403,
      Code: 'Forbidden.NoPermission',
      Message: `This operation for ${arn} is forbidden by permission system.`,
      RequestId: headers.get('x-acs-request-id'),
      HostId: 'kms.cn-hangzhou.aliyuncs.com',
      Recommend: expect.stringContaining('Forbidden.NoPermission') as string,
      Detail: {
        Decision: {
          AuthAction: 'kms:DescribeKey',
          AuthPrincipal: 'acs:ram::1111111111111111:user/nobody',
          Resource: arn,
          NoPermissionType: 'ImplicitDeny',
          PolicyType: 'KeyPolicyAndRamPolicy',
          // Names the account only, which then decides by RAM.
          Statements: [{ PolicyType: 'KeyPolicy', PolicyName: 'default', Index: 0, Effect: 'Allow' }],
          Unmet: [],
          Missing: ['KeyPolicy', 'RamPolicy'],
        },
      },
    })
  })

  test('RAM refuses in its own words', async () => {
    expect(await cloud.code('ListUsers', {}, { as: 'reader' })).toBe('NoPermission')
  })

  test("another account's key does not exist by its ID, and is forbidden by its ARN", async () => {
    expect(await cloud.code('DescribeKey', { KeyId: keyIds.foreign }, { as: 'admin' })).toBe('Forbidden.KeyNotFound')
    const arn = `acs:kms:${region}:2222222222222222:key/${keyIds.foreign}`
    expect(await cloud.code('DescribeKey', { KeyId: arn }, { as: 'admin' })).toBe('Forbidden.NoPermission')
    expect(await cloud.code('DescribeKey', { KeyId: keyIds.foreign }, { as: 'stranger' })).toBeNull()
  })
})

describe('strict compatibility', () => {
  let strict: TestCloud
  beforeEach(async () => {
    strict = await testCloud({ world: await smallWorld(), strict: true })
  })

  test('extensions are unknown actions, refused parameters and absent fields', async () => {
    const known = { KmsInstanceId: instanceId, ExternalKeyId: [externalKeyId] }
    expect(await strict.code('DescribeExternalKeys', known)).toBe('InvalidAction.NotFound')
    const create = { DKMSInstanceId: instanceId, ExternalKeyId: externalKeyId }
    expect(await strict.code('CreateKey', create)).toBe('UnsupportedOperation')
    const { headers, body } = await strict.call('DescribeKey', { KeyId: keyIds.enabled })
    expect(body.KeyMetadata).not.toHaveProperty('ExternalKeyId')
    expect(headers.has(extensionHeader)).toBe(false)
    const { body: instance } = await strict.call('GetKmsInstance', { KmsInstanceId: instanceId })
    for (const field of ['InstanceType', 'ExternalProxy', 'Sharing'])
      expect(instance.KmsInstance).not.toHaveProperty(field)
  })

  test('refusals have no detail', async () => {
    const { body } = await strict.call('DescribeKey', { KeyId: keyIds.enabled }, { as: 'nobody' })
    expect(body).not.toHaveProperty('Detail')
  })
})

describe('faults of the gateway', () => {
  const encrypt = { KeyId: keyIds.enabled, Plaintext: 'aGVsbG8=' }

  test('throttling and failing have their statuses; `times` and `action` narrow them', async () => {
    await cloud.cloud.lab.setFaults([
      { id: 'a', hop: 'kms', kind: 'throttle', times: 1 },
      { id: 'b', hop: 'kms', kind: 'error', action: 'Encrypt' },
    ])
    expect((await cloud.call('ListKeys', {})).status).toBe(429)
    expect((await cloud.call('ListKeys', {})).status).toBe(200)
    expect((await cloud.call('Encrypt', encrypt)).status).toBe(503)
  })

  test('latency is waited for', async () => {
    await cloud.cloud.lab.setFaults([{ id: 'a', hop: 'kms', kind: 'latency', ms: 400 }])
    await cloud.ok('ListKeys', {})
    expect(cloud.runtime.pauses).toContain(400)
  })

  test('unreachable: the connection breaks and nothing is done', async () => {
    await cloud.cloud.lab.setFaults([{ id: 'a', hop: 'kms', kind: 'unreachable' }])
    const before = cloud.cloud.dump().cloud
    expect((await cloud.call('DisableKey', { KeyId: keyIds.enabled })).status).toBe(0)
    expect(cloud.cloud.dump().cloud).toEqual(before)
  })

  test('lost answer: the connection breaks and it is done', async () => {
    await cloud.cloud.lab.setFaults([{ id: 'a', hop: 'kms', kind: 'lostAnswer', times: 1 }])
    expect((await cloud.call('DisableKey', { KeyId: keyIds.enabled })).status).toBe(0)
    const { KeyMetadata } = await cloud.ok('DescribeKey', { KeyId: keyIds.enabled })
    expect(KeyMetadata.KeyState).toBe('Disabled')
  })

  test('what no hop knows is refused by the lab', async () => {
    const { lab } = cloud.cloud
    await expect(lab.setFaults([{ id: 'a', hop: 'kms', kind: 'refuseCredential' }])).rejects.toThrow(RangeError)
    await expect(lab.setFaults([{ id: 'a', hop: 'kms', kind: 'latency' }])).rejects.toThrow(RangeError)
    await expect(lab.setFaults([{ id: 'a', hop: 'kms', kind: 'error', times: 0 }])).rejects.toThrow(RangeError)
    expect(await lab.faults()).toEqual([])
  })
})

test('every code has one status, the one of the table', async () => {
  const { status, body } = await cloud.call('DescribeKey', { KeyId: 'key-hzz000000000000000000' })
  expect(status).toBe(errors[body.Code!].status)
})
