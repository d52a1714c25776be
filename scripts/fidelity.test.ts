import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { actions } from '#src/api/contract/actions.ts'
import { assumptions } from '#src/api/contract/assumptions.ts'
import { publishedActions } from '#src/api/contract/published.ts'
import { fidelityPath, fidelityText } from './fidelity.ts'

test('docs/fidelity.md says what the contract says: npm run fidelity writes it', () => {
  expect(readFileSync(fidelityPath, 'utf8')).toBe(fidelityText)
})

test('every published action stands in the document once', () => {
  expect(new Set(publishedActions).size).toBe(publishedActions.length)
  for (const name of publishedActions) expect(fidelityText.split(`| \`${name}\` | `).length, name).toBeGreaterThan(1)
})

test('an action that no client publishes is marked as an extension', () => {
  const unpublished = Object.entries(actions).filter(
    ([name, { product }]) => product === 'kms' && !publishedActions.includes(name),
  )
  expect(unpublished.filter(([, action]) => !('extension' in action)).map(([name]) => name)).toEqual([])
})

test('an action that is never carried out counts as missing, and says what an external key answers', () => {
  expect(fidelityText).toContain('| `ImportKeyMaterial` | missing | `Unsupported.Origin` |  |')
  expect(fidelityText).toContain('| `CreateKeyVersion` | done | `Rejected.UnsupportedOperation` |  |')
  expect(fidelityText).toContain('| `ScheduleKeyDeletion` | done |  |  |')
  expect(fidelityText).toContain('| `CreateSecret` | missing |  |  |')
})

test('each assumption has a name of its own', () => {
  expect(new Set(assumptions.map(({ id }) => id)).size).toBe(assumptions.length)
})
