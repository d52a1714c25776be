import { expect, test } from 'vitest'
import { preferredLanguage } from './languages.ts'

test.each([
  [null, ['zh-CN', 'en'], 'zh'],
  [null, ['zh-Hant-TW'], 'zh'],
  [null, ['de-DE', 'fr'], 'en'],
  [null, ['de-DE', 'zh'], 'zh'],
  [null, [], 'en'],
  ['en', ['zh-CN'], 'en'],
  ['xx', ['zh-CN'], 'zh'],
] as const)('remembered %s and browser %s give %s', (remembered, browser, expected) => {
  expect(preferredLanguage(remembered, browser)).toBe(expected)
})
