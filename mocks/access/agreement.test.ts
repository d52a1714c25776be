import { test } from 'vitest'
import { expectAgreement } from '#mocks/testing/access-property.ts'

/** 5,250 tuples, and as many in `agreement-more.test.ts`, so that two cores share them. */
test('what is explained is what the gateway does, and what is proposed turns it', async () => {
  await expectAgreement(105, 20_160_120)
}, 600_000)
