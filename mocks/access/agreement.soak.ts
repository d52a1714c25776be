import { test } from 'vitest'
import { expectAgreement } from '#mocks/testing/access-property.ts'

test.each(Array.from({ length: 5 }, (_, index) => index + 1))(
  'seed %i',
  async (seed) => {
    await expectAgreement(200, seed)
  },
  1_200_000,
)
