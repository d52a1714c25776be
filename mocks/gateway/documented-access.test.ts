/** The documented access rules, case by case, asked of the signed API. */
import { describe, expect, test } from 'vitest'
import { assumptions } from '#src/api/contract/assumptions.ts'
import { documentedAccess } from '#mocks/testing/documented-access.ts'
import { documentedDefaults, documentedPolicies, documentedQuotas } from '#mocks/testing/documented-policies.ts'
import { ask, defaultOf, documentedWorld, instances, makeKey, setText, spend } from '#mocks/testing/documented-world.ts'
import { testCloud } from '#mocks/testing/client.ts'

const world = await documentedWorld()
const every = [...documentedAccess, ...documentedPolicies, ...documentedDefaults, ...documentedQuotas]

describe('the reading itself', () => {
  test('every case has a mark, and what is assumed stands in the list of assumptions', () => {
    const ids = new Set(assumptions.map(({ id }) => id))
    for (const { source, name } of every) {
      const [, assumed] = /^assumed: ([a-z-]+)$/.exec(source) ?? []
      if (assumed === undefined) expect(source, name).toMatch(/^\[(?:SEED|SDK|META24|(?:H:|GHDOC|DOC21) [^\]]+)\]/)
      else expect(ids, name).toContain(assumed)
    }
  })

  test('no case stands there twice, and both answers are expected often', () => {
    const questions = documentedAccess.map(({ source: _, name: __, ...question }) => JSON.stringify(question))
    expect(questions.filter((question, index) => questions.indexOf(question) !== index)).toEqual([])
    const allowed = documentedAccess.filter(({ expected }) => expected === 'allowed')
    expect(allowed.length).toBeGreaterThan(100)
    expect(documentedAccess.length - allowed.length).toBeGreaterThan(100)
  })
})

describe('who may do what', () => {
  test.each(documentedAccess)('$name, $source', async (documented) => {
    expect(await ask(world, documented)).toBe(documented.expected)
  })
})

describe("a key policy's document", () => {
  test.each(documentedPolicies)('$name, $source', async ({ text, expected }) => {
    expect(await setText(world, text)).toBe(expected)
  })

  test('only default is the name of a policy, [META24]', async () => {
    const cloud = await testCloud({ world })
    const KeyId = await makeKey(cloud, 'home', instances.plain)
    const as = { as: 'home' }
    const { Policy } = await cloud.ok('GetKeyPolicy', { KeyId, PolicyName: 'default' }, as)
    expect(await cloud.code('GetKeyPolicy', { KeyId, PolicyName: 'other' }, as)).toBe('Forbidden.ResourceNotFound')
    expect(await cloud.code('SetKeyPolicy', { KeyId, PolicyName: 'other', Policy }, as)).toBe(
      'Forbidden.ResourceNotFound',
    )
  })

  test('a default key has none, [META24]', async () => {
    const cloud = await testCloud({ world })
    const KeyId = await makeKey(cloud, 'home', null)
    const as = { as: 'home' }
    const Policy = documentedPolicies[0]!.text
    expect(await cloud.code('GetKeyPolicy', { KeyId }, as)).toBe('Forbidden.KeyPolicyUnSupported')
    expect(await cloud.code('SetKeyPolicy', { KeyId, Policy }, as)).toBe('Forbidden.KeyPolicyUnSupported')
  })
})

describe('the policy that a key is made with', () => {
  test.each(documentedDefaults)('$name, $source', async (documented) => {
    expect(await defaultOf(world, documented)).toEqual({
      Version: '1',
      Statement: [
        {
          Sid: 'kms default key policy',
          Effect: 'Allow',
          Principal: { RAM: documented.expected },
          Action: ['kms:*'],
          Resource: ['*'],
        },
      ],
    })
  })
})

describe('what naming other accounts costs', () => {
  test.each(documentedQuotas)('$name, $source', async (documented) => {
    expect(await spend(world, documented)).toBe(documented.expected)
  })
})
