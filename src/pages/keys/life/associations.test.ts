import { expect, test } from 'vitest'
import { ApiError } from '#src/api/api-error.ts'
import type { AssociatedResource, KeyAssociations } from '#src/api/contract/extensions.ts'
import { findingsOf, needsDetection, staleAfterMs, whyUnknown } from './associations.ts'

const now = Date.parse('2026-05-01T12:00:00Z')
const at = (ms: number): string => new Date(ms).toISOString()
const detection = (change: Partial<KeyAssociations['Detection']>): KeyAssociations['Detection'] => ({
  Status: 'Detected',
  DetectedAt: at(now),
  CheckedServices: ['oss'],
  Services: ['oss', 'ecs'],
  ...change,
})

test.each([
  ['never made', { Status: 'NotDetected', DetectedAt: null }, true],
  ['under way', { Status: 'Detecting', DetectedAt: at(now - 2 * staleAfterMs) }, false],
  ['a day old', { DetectedAt: at(now - staleAfterMs) }, false],
  ['older', { DetectedAt: at(now - staleAfterMs - 1) }, true],
] as const)('a detection that is %s', (_, change, expected) => {
  expect(needsDetection(detection(change), now)).toBe(expected)
})

const resource = (ResourceId: string, AccountId: string): AssociatedResource => ({
  Service: 'oss',
  ResourceType: 'bucket',
  ResourceId,
  ResourceName: ResourceId,
  AccountId,
})

test('findings stand by service; resources of other accounts are counted by account', () => {
  const found = [resource('b1', '1'), resource('', '2'), resource('', '3'), resource('', '2')]
  expect(findingsOf({ Detection: detection({}), Resources: { Resource: found } })).toEqual([
    {
      service: 'oss',
      isChecked: true,
      own: [found[0]],
      foreign: [
        { accountId: '2', count: 2 },
        { accountId: '3', count: 1 },
      ],
    },
    { service: 'ecs', isChecked: false, own: [], foreign: [] },
  ])
})

const refused = (code: string): ApiError =>
  new ApiError({ kind: 'refused', action: 'DescribeKeyAssociations', message: '', code, status: 400 })

test.each([
  ['InvalidAction.NotFound', 'notOffered'],
  ['UnsupportedOperation', 'notOffered'],
  ['Forbidden.NoPermission', 'denied'],
  ['Rejected.Throttling', 'failed'],
] as const)('%s tells that it is %s', (code, expected) => {
  expect(whyUnknown(refused(code))).toBe(expected)
})
