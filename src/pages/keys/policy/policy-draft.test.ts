import { describe, expect, it } from 'vitest'
import { userArn } from '#src/api/contract/arn.ts'
import { customPolicy, defaultPolicy } from '#src/api/contract/policy.ts'
import { nobody } from '#src/components/policy/policy-drafts.ts'
import { asOpened, changeStart, draftOf, isChanged, isSamePolicy, isTouched, standingOf } from './policy-draft.ts'

const own = '1203456789012345'
const base = JSON.stringify(defaultPolicy([own]))
const custom = (name: string): string =>
  JSON.stringify(customPolicy([own], { ...nobody, administrator: [userArn(own, name)] }))

describe('a stored document opens', () => {
  it('in lines', () => expect(asOpened(base)).toBe(JSON.stringify(JSON.parse(base), null, 2)))
  it('as somebody set it', () => expect(asOpened('{\r\n"Version":"1"}')).toBe('{\n"Version":"1"}'))
  it('though it is not JSON', () => expect(asOpened('{"Version')).toBe('{"Version'))
})

describe('a draft', () => {
  it('is changed by anything but white space', () => {
    const draft = draftOf(base)
    expect(isChanged(draft)).toBe(false)
    expect(isChanged({ ...draft, text: base })).toBe(false)
    expect(isChanged({ ...draft, text: draft.text.replace('kms:*', 'kms:Get*') })).toBe(true)
    expect(isChanged({ ...draft, text: '{' })).toBe(true)
  })

  it('tells where a statement was added', () => {
    const text = draftOf(custom('key-operator')).text
    const added = {
      ...draftOf(base),
      text: draftOf(base).text.replace('\n    }\n  ]', `\n    },\n    {"Sid": "new"}\n  ]`),
    }
    expect(added.text.slice(changeStart(added))).toMatch(/^\{"Sid": "new"/)
    expect(changeStart({ base: text, text, wrong: nobody })).toBe(text.length)
  })

  it('is touched by what was typed and is nobody', () => {
    expect(isTouched({ ...draftOf(base), wrong: { ...nobody, user: ['x'] } })).toBe(true)
    expect(isTouched(draftOf(base))).toBe(false)
  })
})

it('knows a policy in another form', () => {
  expect(isSamePolicy(base, base.replace('"kms:*"', '\n"kms:*"'))).toBe(true)
  expect(isSamePolicy(base, base.replace('["kms:*"]', '"kms:*"'))).toBe(true)
  expect(isSamePolicy(base, custom('a'))).toBe(false)
  expect(isSamePolicy('{', '{ ')).toBe(false)
})

describe('beside what KMS holds now', () => {
  const mine = { ...draftOf(base), text: custom('mine') }

  it('stays where nothing changed there', () => {
    expect(standingOf(mine, base)).toEqual({ draft: mine, conflict: null })
  })
  it('follows while it holds nothing of the person’s', () => {
    expect(standingOf(draftOf(base), custom('theirs'))).toEqual({ draft: draftOf(custom('theirs')), conflict: null })
  })
  it('is in conflict with another change', () => {
    expect(standingOf(mine, custom('theirs'))).toEqual({ draft: mine, conflict: custom('theirs') })
  })
  it('is not in conflict with the same change, nor with another form of what it began as', () => {
    expect(standingOf(mine, custom('mine'))).toMatchObject({ conflict: null, draft: { base: custom('mine') } })
    const reformed = base.replace('["kms:*"]', '"kms:*"')
    expect(standingOf(mine, reformed)).toMatchObject({ conflict: null, draft: { base: reformed, text: mine.text } })
  })
})
