import { expect, test } from 'vitest'
import type { KeyFacts } from '#src/pages/keys/offers.ts'
import { isReached, mainVerb, menuVerbs, verbBlocker } from './verbs.ts'

const facts: KeyFacts = { kind: 'external', state: 'Enabled', isProtected: false, denied: [] }

test.each([
  ['Enabled', false, 'disable', ['protect', 'scheduleDeletion']],
  ['Enabled', true, 'disable', ['reword', 'unprotect', 'scheduleDeletion']],
  ['Disabled', false, 'enable', ['protect', 'scheduleDeletion']],
  ['PendingDeletion', false, 'cancelDeletion', ['enable', 'protect']],
  ['PendingImport', false, 'enable', ['protect', 'scheduleDeletion']],
] as const)('of a key that is %s (protected: %s)', (state, isProtected, main, menu) => {
  expect(mainVerb({ state })).toBe(main)
  expect(menuVerbs({ state, isProtected })).toEqual(menu)
})

test('protection keeps no verb from its dialog, which has the switch; a missing permission does', () => {
  expect(verbBlocker('scheduleDeletion', { ...facts, isProtected: true })).toBeNull()
  const denial = { Action: 'SetDeletionProtection', NoPermissionType: 'ImplicitDeny', PolicyType: 'RamPolicy' } as const
  expect(verbBlocker('unprotect', { ...facts, isProtected: true, denied: [denial] })?.by).toBe('permission')
})

test('what waits for its deletion can be neither enabled nor protected', () => {
  const pending: KeyFacts = { ...facts, state: 'PendingDeletion' }
  for (const verb of menuVerbs(pending)) expect(verbBlocker(verb, pending)?.by, verb).toBe('state')
  expect(verbBlocker('cancelDeletion', pending)).toBeNull()
})

test('a verb is pointless once somebody else was faster', () => {
  expect(isReached('disable', { state: 'Disabled', isProtected: false })).toBe(true)
  expect(isReached('unprotect', { state: 'Enabled', isProtected: true })).toBe(false)
  expect(isReached('cancelDeletion', { state: 'Enabled', isProtected: false })).toBe(true)
})
