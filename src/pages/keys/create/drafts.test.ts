import { expect, it } from 'vitest'
import { draftOf, dropDraft } from './drafts.ts'
import { emptyForm } from './form-model.ts'
import { idle } from './submission.ts'

it('keeps what was typed per identity and instance until it is dropped', () => {
  draftOf('AK1', 'kst-1').keepForm({ ...emptyForm, alias: 'kept' })
  expect(draftOf('AK1', 'kst-1').form().alias).toBe('kept')
  expect(draftOf('AK2', 'kst-1').form()).toBe(emptyForm)
  expect(draftOf('AK1', 'kst-2').form()).toBe(emptyForm)
  dropDraft('AK1', 'kst-1')
  expect(draftOf('AK1', 'kst-1').form()).toBe(emptyForm)
})

it('keeps how far it came, and tells those who listen', () => {
  const draft = draftOf('AK3', 'kst-1')
  let told = 0
  const stop = draft.subscribe(() => told++)
  draft.dispatch({ type: 'start', at: 1 })
  stop()
  draft.dispatch({ type: 'made', key: { keyId: 'k', arn: 'a' }, aliasName: null })
  expect(told).toBe(1)
  expect(draftOf('AK3', 'kst-1').submission().at).toBe('done')
  dropDraft('AK3', 'kst-1')
  expect(draftOf('AK3', 'kst-1').submission()).toBe(idle)
})
