import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { actions } from '#src/api/contract/actions.ts'
import { assumptions } from '#src/api/contract/assumptions.ts'
import { notForExternalKeys, publishedActions } from '#src/api/contract/published.ts'
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

test('what an external key cannot do is published and not done', () => {
  for (const name of notForExternalKeys) {
    expect(publishedActions).toContain(name)
    expect(Object.keys(actions)).not.toContain(name)
  }
})

test('each assumption has a name of its own', () => {
  expect(new Set(assumptions.map(({ id }) => id)).size).toBe(assumptions.length)
})
