import { expect, test } from 'vitest'
import type { ActionName } from '#src/api/contract/actions.ts'
import { missingValues } from '#src/api/contract/missing-values.ts'
import { instances } from '#mocks/scenarios/names.ts'
import { testCloud } from '#mocks/testing/client.ts'
import { instanceNamed } from '#mocks/testing/rows.ts'
import { wrappingParameters } from '#mocks/testing/wrapping.ts'

const cloud = await testCloud()
const software = 'alias/apps/sessions'
const { CiphertextBlob } = await cloud.ok('GenerateDataKey', { KeyId: software })

/** Input that would be taken, but for one value. */
const otherwise: Partial<Record<ActionName, Readonly<Record<string, string>>>> = {
  CreateKey: { DKMSInstanceId: instanceNamed(cloud.cloud, instances.hardware.name).instanceId },
  GenerateAndExportDataKey: { KeyId: software, ...wrappingParameters },
  ExportDataKey: { CiphertextBlob, ...wrappingParameters },
}

const cases = Object.entries(missingValues).flatMap(([name, parameters]) =>
  Object.entries(parameters).flatMap(([parameter, values]) =>
    values.map((value) => [name as ActionName, parameter, value] as const),
  ),
)

test('there are some', () => {
  expect(cases).toContainEqual(['CreateKey', 'KeySpec', 'RSA_2048'])
  expect(cases).not.toContainEqual(['CreateKey', 'KeySpec', 'Aliyun_AES_128'])
})

test.each(cases)('%s with %s %s is refused by name', async (name, parameter, value) => {
  const input = Object.entries({ ...otherwise[name], [parameter]: value })
  const { body } = await cloud.send(await cloud.signed('kms', name, input))
  expect(body).toMatchObject({ Code: 'UnsupportedOperation', Detail: { Parameter: parameter } })
  const accepted = await cloud.send(await cloud.signed('kms', name, Object.entries(otherwise[name] ?? {})))
  expect(accepted.status).toBe(200)
})
