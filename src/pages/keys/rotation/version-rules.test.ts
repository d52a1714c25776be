import { expect, test } from 'vitest'
import { limits } from '#src/api/contract/rules.ts'
import { versionRefusal, type VersionFacts, type VersionRefusal } from './version-rules.ts'

const lastAt = '2026-11-20T10:00:00Z'
const gapOver = Date.parse('2026-11-27T10:00:00Z')
const facts: VersionFacts = { now: gapOver, lastAt, count: 3, quota: { used: 3, total: 10 } }

test.each<[string, Partial<VersionFacts>, VersionRefusal | null]>([
  ['seven days after the last one', {}, null],
  ['a moment before', { now: gapOver - 1 }, { by: 'gap', until: gapOver }],
  ['the fiftieth was the last', { now: gapOver - 1, count: limits.versionsPerKey }, { by: 'count' }],
  ['a full instance', { quota: { used: 10, total: 10 } }, { by: 'quota' }],
  ['what is not known is not held against it', { lastAt: undefined, count: undefined, quota: undefined }, null],
])('%s', (_, part, refusal) => {
  expect(versionRefusal({ ...facts, ...part })).toEqual(refusal)
})
