import { describe, expect, it } from 'vitest'
import { ApiError, type FailureKind } from '#src/api/api-error.ts'
import { userArn } from '#src/api/contract/arn.ts'
import { customPolicy, defaultPolicy } from '#src/api/contract/policy.ts'
import { nobody, type PolicyDraft } from '#src/components/policy/policy-drafts.ts'
import { draftOf } from './policy-draft.ts'
import { savePolicy } from './save-policy.ts'

const own = '1203456789012345'
const base = JSON.stringify(defaultPolicy([own]))
const custom = (name: string): string =>
  JSON.stringify(customPolicy([own], { ...nobody, administrator: [userArn(own, name)] }), null, 2)
const draft: PolicyDraft = { ...draftOf(base), text: custom('mine') }

/** A KMS that holds a policy, and fails a write in a way: before it or after it is carried out. */
function kms(stored: string, failure?: { kind: FailureKind; carriedOut: boolean }, failingReads = 0) {
  const written: string[] = []
  let reads = 0
  return {
    written,
    read: async () => {
      reads += 1
      if (reads > 1 && failingReads > 0)
        throw new ApiError({ kind: 'unreachable', action: 'GetKeyPolicy', message: '' })
      return stored
    },
    write: async (policy: string) => {
      written.push(policy)
      // As KMS does it: in a form of its own.
      if (!failure || failure.carriedOut) stored = JSON.stringify(JSON.parse(policy))
      if (failure) throw new ApiError({ kind: failure.kind, action: 'SetKeyPolicy', message: 'no' })
    },
  }
}

describe('saving a policy', () => {
  it('writes it as it was typed', async () => {
    const cloud = kms(base)
    expect(await savePolicy(draft, cloud)).toBe('saved')
    expect(cloud.written).toEqual([draft.text])
  })

  it('writes nothing over a policy that was changed meanwhile', async () => {
    const cloud = kms(custom('theirs'))
    expect(await savePolicy(draft, cloud)).toBe('changed')
    expect(cloud.written).toEqual([])
  })

  it('does not mind another form of the same', async () => {
    expect(await savePolicy(draft, kms(base.replace('["kms:*"]', '"kms:*"')))).toBe('saved')
  })

  it.each(['unreachable', 'unreadable'] as const)('looks a write up whose answer was %s', async (kind) => {
    const done = kms(base, { kind, carriedOut: true })
    expect(await savePolicy(draft, done)).toBe('saved')
    expect(done.written).toHaveLength(1)
    const undone = kms(base, { kind, carriedOut: false })
    await expect(savePolicy(draft, undone)).rejects.toMatchObject({ kind, action: 'SetKeyPolicy' })
    expect(undone.written).toHaveLength(1)
  })

  it('tells the write that failed where even looking it up fails', async () => {
    const cloud = kms(base, { kind: 'unreachable', carriedOut: true }, 1)
    await expect(savePolicy(draft, cloud)).rejects.toMatchObject({ action: 'SetKeyPolicy' })
  })

  it('passes a refusal on', async () => {
    await expect(savePolicy(draft, kms(base, { kind: 'refused', carriedOut: false }))).rejects.toMatchObject({
      kind: 'refused',
    })
  })
})
