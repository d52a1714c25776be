import { expect, test } from 'vitest'
import { fuzz } from '#mocks/testing/fuzz.ts'

test('thousands of requests that are almost right get answers of the contract, and none breaks the cloud', async () => {
  const { codes } = await fuzz(1, 2000)
  // The requests reach every step; otherwise this would prove little.
  for (const code of [
    'success',
    'ParseRequestParameterException',
    'InvalidAction.NotFound',
    'SignatureDoesNotMatch',
    'IncompleteSignature',
    'MissingParameter',
    'InvalidParameter',
    'Forbidden.KeyNotFound',
    'Forbidden.NoPermission',
  ])
    expect([...codes.keys()]).toContain(code)
}, 120_000)
