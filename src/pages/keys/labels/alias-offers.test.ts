import { expect, it } from 'vitest'
import type { KeyFacts } from '#src/pages/keys/offers.ts'
import { gainingBlocker, losingBlocker } from './alias-offers.ts'

const facts: KeyFacts = { kind: 'external', state: 'PendingDeletion', isProtected: false, denied: [] }
const denied = [{ Action: 'UpdateAlias', NoPermissionType: 'ImplicitDeny' as const, PolicyType: 'RamPolicy' as const }]

it('lets a key that waits for its deletion give an alias away, but not take one', () => {
  expect(losingBlocker(facts)).toBeNull()
  expect(gainingBlocker(facts)).toEqual({ by: 'state', state: 'PendingDeletion' })
})

it('asks for the permission on both keys', () => {
  expect(losingBlocker({ ...facts, denied })).toMatchObject({ by: 'permission', permission: 'kms:UpdateAlias' })
  expect(gainingBlocker({ ...facts, state: 'Enabled', denied })).toMatchObject({ by: 'permission' })
})

it('leaves service keys alone', () => {
  expect(losingBlocker({ ...facts, kind: 'service' })).toEqual({ by: 'kind', kind: 'service' })
})
