import { describe, expect, it } from 'vitest'
import { ApiError, type FailureKind } from '#src/api/api-error.ts'
import {
  idle,
  isBusy,
  next,
  openSubmission,
  type Attempt,
  type Submission,
  type SubmissionEvent,
} from './submission.ts'

const key = { keyId: 'key-1', arn: 'acs:kms:cn-hangzhou:1203456789012345:key/key-1' }
const error = (kind: FailureKind): ApiError => new ApiError({ kind, action: 'CreateKey', message: kind })
const after = (...events: SubmissionEvent[]): Submission => events.reduce(next, idle)
const attempt = (aliasName: string | null): Attempt => ({ startedAt: 5, input: { ExternalKeyId: 'hsm-1' }, aliasName })
const start: SubmissionEvent = { type: 'start', attempt: attempt(null) }
const startWithAlias: SubmissionEvent = { type: 'start', attempt: attempt('alias/a') }
const made: SubmissionEvent = { type: 'made', key }
const aliasRefusal = error('refused')
const aliasRefused: SubmissionEvent = { type: 'aliasRefused', error: aliasRefusal }

describe('without an alias', () => {
  it('ends with the key', () => {
    expect(after(start, made)).toEqual({ at: 'done', key, aliasProblem: null })
  })
})

describe('with an alias', () => {
  it('ends when the alias is set', () => {
    expect(after(startWithAlias, made, { type: 'aliasSet' })).toEqual({ at: 'done', key, aliasProblem: null })
  })

  it('lets a refused alias be tried again on the same key', () => {
    expect(after(startWithAlias, made, aliasRefused, { type: 'retryAlias', aliasName: 'alias/b' })).toEqual({
      at: 'aliasing',
      key,
      aliasName: 'alias/b',
      fromForm: false,
    })
  })

  it('lets it be left out, and remembers why', () => {
    expect(after(startWithAlias, made, aliasRefused, { type: 'skipAlias' })).toEqual({
      at: 'done',
      key,
      aliasProblem: aliasRefusal,
    })
  })
})

describe('CreateKey without a key', () => {
  it.each<[FailureKind, Submission['at']]>([
    ['refused', 'editing'],
    ['notDelivered', 'editing'],
    ['unreachable', 'lost'],
    ['unreadable', 'lost'],
  ])('after %s is %s', (kind, at) => {
    expect(after(start, { type: 'refused', error: error(kind) }).at).toBe(at)
  })

  it('is never repeated by itself: from a lost answer a person takes the key, starts again, or goes back', () => {
    const lost = after(start, { type: 'refused', error: error('unreachable') })
    expect(next(lost, made)).toMatchObject({ at: 'done' })
    expect(next(lost, start)).toEqual({ at: 'creating', attempt: attempt(null) })
    expect(next(lost, { type: 'edit' })).toEqual(idle)
  })
})

it('ignores a second start while one is under way', () => {
  const creating = after(start)
  expect(next(creating, startWithAlias)).toBe(creating)
  expect(isBusy(creating)).toBe(true)
  expect(isBusy(idle)).toBe(false)
})

it('ignores every event that does not belong to the state', () => {
  const events: SubmissionEvent[] = [
    { type: 'refused', error: aliasRefusal },
    made,
    { type: 'aliasSet' },
    aliasRefused,
    { type: 'retryAlias', aliasName: 'alias/b' },
    { type: 'skipAlias' },
    { type: 'edit' },
  ]
  for (const event of events) expect(next(idle, event)).toBe(idle)
  const done = after(start, made)
  for (const event of [start, ...events]) expect(next(done, event)).toBe(done)
})

it('outlives the panel while a request is under way or a decision is due, and no longer', () => {
  const store = openSubmission('draft')
  let told = 0
  const stop = store.subscribe(() => told++)
  store.dispatch(startWithAlias)
  stop()
  expect(openSubmission('draft')).toBe(store)
  store.dispatch({ type: 'refused', error: error('unreachable') })
  expect(openSubmission('draft').current().at).toBe('lost')
  expect(openSubmission('other').current()).toBe(idle)
  expect(openSubmission('other')).toBe(openSubmission('other'))
  store.dispatch(made)
  store.dispatch({ type: 'aliasSet' })
  expect(openSubmission('draft').current()).toBe(idle)
  expect(told).toBe(1)
})
