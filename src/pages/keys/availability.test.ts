import { describe, expect, it } from 'vitest'
import { availabilityOf, conditionsOf, type AvailabilityFacts, type Failure } from './availability.ts'

const working: AvailabilityFacts = {
  keyState: 'Enabled',
  instanceStatus: 'Connected',
  proxyStatus: 'Available',
  externalKey: { Status: 'ENABLED', Usable: true },
}
const judge = (facts: Partial<AvailabilityFacts>) => availabilityOf(conditionsOf({ ...working, ...facts }))

describe('availability', () => {
  it('holds where all three conditions hold', () => {
    expect(judge({})).toEqual({ verdict: 'available' })
  })

  it.each<[Partial<AvailabilityFacts>, Failure]>([
    [{ keyState: 'Disabled' }, 'key.Disabled'],
    [{ keyState: 'PendingDeletion' }, 'key.PendingDeletion'],
    [{ instanceStatus: 'Disconnected', proxyStatus: 'NotConnected' }, 'instance.Disconnected'],
    [{ instanceStatus: null, proxyStatus: 'NotConnected' }, 'proxy.NotConnected'],
    [{ proxyStatus: 'Timeout', externalKey: { Status: 'UNKNOWN', Usable: false } }, 'proxy.Timeout'],
    [{ externalKey: { Status: 'DISABLED', Usable: false } }, 'externalKey.DISABLED'],
    [{ externalKey: { Status: 'NOT_FOUND', Usable: false } }, 'externalKey.NOT_FOUND'],
    [{ externalKey: { Status: 'ENABLED', Usable: false } }, 'externalKey.notUsable'],
  ])('%j fails as %s', (facts, failure) => {
    expect(judge(facts)).toEqual({ verdict: 'unavailable', failure })
  })

  it('names the first of several failures', () => {
    expect(judge({ keyState: 'Disabled', proxyStatus: 'Timeout' })).toMatchObject({ failure: 'key.Disabled' })
  })

  it.each<Partial<AvailabilityFacts>>([
    { proxyStatus: null, externalKey: null },
    { externalKey: undefined },
    { externalKey: { Status: 'UNKNOWN', Usable: false } },
  ])('is unknown where %j', (facts) => {
    expect(judge(facts)).toEqual({ verdict: 'unknown' })
  })

  it('knows a failure although the rest is unknown', () => {
    expect(judge({ instanceStatus: 'Error', proxyStatus: null, externalKey: null })).toMatchObject({
      failure: 'instance.Error',
    })
  })
})
