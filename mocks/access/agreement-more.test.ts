import { test } from 'vitest'
import { expectAgreement } from '#mocks/testing/access-property.ts'

test('so in other worlds', async () => {
  await expectAgreement(105, 20_161_126)
}, 600_000)
