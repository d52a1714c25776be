import { describe, expect, test } from 'vitest'
import type { ResourceShare, ShareAssociation } from '#src/api/contract/sharing.ts'
import { accountsProblem, entryProblem } from './account-rules.ts'
import { emptyShareForm, fieldOfRefusal, shareCall } from './share-form.ts'
import { otherShares, sharesOfInstance } from './share-groups.ts'

const share = (id: string): ResourceShare => ({
  ResourceShareId: id,
  ResourceShareName: `name of ${id}`,
  ResourceShareOwner: '1',
  ResourceShareStatus: 'Active',
  AllowExternalTargets: false,
  CreateTime: '',
  UpdateTime: '',
})

const association = (
  ResourceShareId: string,
  AssociationType: 'Resource' | 'Target',
  EntityId: string,
  failedFor: readonly string[] = [],
): ShareAssociation => ({
  ResourceShareId,
  ResourceShareName: '',
  AssociationType,
  EntityId,
  EntityType: '',
  AssociationStatus: failedFor.length > 0 ? 'Failed' : 'Associated',
  AssociationFailedDetails: failedFor.map((id) => ({
    EntityId: id,
    EntityType: '',
    OperationType: 'Associate',
    FailureReason: 'LimitExceeded',
    FailureDescription: '',
  })),
  CreateTime: '',
  UpdateTime: '',
})

describe('the shares of an instance', () => {
  const shared = {
    shares: [share('a'), share('b'), share('c')],
    resources: [
      association('a', 'Resource', 'kst-1', ['30']),
      association('a', 'Resource', 'kst-2'),
      association('b', 'Resource', 'kst-2'),
    ],
    targets: [
      association('a', 'Target', '10'),
      association('a', 'Target', '20', ['kst-2']),
      association('a', 'Target', '30'),
      association('b', 'Target', '10'),
    ],
  }

  test('have failed for an account on either side, and for this instance only', () => {
    expect(sharesOfInstance(shared, 'kst-1')).toEqual([
      {
        id: 'a',
        name: 'name of a',
        targets: [
          { accountId: '10', failed: false },
          { accountId: '20', failed: false },
          { accountId: '30', failed: true },
        ],
        others: ['kst-2'],
      },
    ])
    const ofSecond = sharesOfInstance(shared, 'kst-2')
    expect(ofSecond.map(({ id }) => id)).toEqual(['a', 'b'])
    expect(ofSecond[0]!.targets.map(({ failed }) => failed)).toEqual([false, true, false])
    expect(sharesOfInstance(shared, 'kst-3')).toEqual([])
  })

  test('and those that it could be added to', () => {
    expect(otherShares(shared, 'kst-1')).toEqual([
      { id: 'b', name: 'name of b', accounts: ['10'] },
      { id: 'c', name: 'name of c', accounts: [] },
    ])
  })
})

describe('accounts as typed', () => {
  const own = '1203456789012345'
  const other = '1309876543210987'
  const scope = { ownAccountId: own, present: ['1250246813579024'], required: false }
  test.each([
    ['', 'digits'],
    ['123', 'digits'],
    [`${other}0`, 'digits'],
    [`acs:ram::${other}:root`, 'digits'],
    ['１３０９８７６５４３２１０９８７', 'digits'],
    [own, 'own'],
    ['1250246813579024', 'there'],
    [other, null],
  ] as const)('%s: %s', (entry, problem) => {
    expect(entryProblem(entry, scope)).toBe(problem)
  })

  test('five at a time, and one at least where one is needed', () => {
    const many = Array.from({ length: 6 }, (_, index) => `${index + 1}309876543210987`)
    expect(accountsProblem(many, scope)).toBe('tooMany')
    expect(accountsProblem(many.slice(0, 5), scope)).toBeNull()
    expect(accountsProblem([], scope)).toBeNull()
    expect(accountsProblem([], { ...scope, required: true })).toBe('none')
    expect(accountsProblem([other, 'x'], scope)).toBe('digits')
  })
})

describe('the call', () => {
  const Resources = [{ ResourceId: 'kst-1', ResourceType: 'KMSInstance' }]
  const form = { ...emptyShareForm('orders'), shareId: 'rs-1', accounts: ['10'] }
  test('makes a share, adds the instance to one, or accounts to one', () => {
    expect(shareCall(form, 'kst-1', null)).toEqual({
      shareId: null,
      input: { ResourceShareName: 'orders', Resources, Targets: ['10'] },
    })
    expect(shareCall({ ...form, way: 'existing', accounts: [] }, 'kst-1', null)).toEqual({
      shareId: 'rs-1',
      input: { ResourceShareId: 'rs-1', Resources },
    })
    expect(shareCall(form, 'kst-1', 'rs-2')).toEqual({
      shareId: 'rs-2',
      input: { ResourceShareId: 'rs-2', Targets: ['10'] },
    })
  })

  test.each([
    ['InvalidTarget', 'Targets', 'accounts'],
    ['InvalidTarget', null, 'accounts'],
    ['UnsupportedOperation', 'Targets', 'accounts'],
    ['InvalidParameter', 'ResourceShareName', 'name'],
    ['InvalidParameter.Resources', 'Resources', null],
    ['EntityNotExists.ResourceShare', null, null],
  ] as const)('refused with %s for %s belongs to %s', (code, parameter, field) => {
    expect(fieldOfRefusal(code, parameter)).toBe(field)
  })
})
