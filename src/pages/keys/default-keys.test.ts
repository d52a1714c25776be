import { expect, it } from 'vitest'
import { defaultKeys, instanceFilters } from './default-keys.ts'

it('names instances in entries of at most ten', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `kst-${index}`)
  expect(instanceFilters(ids).map(({ Key, Values }) => [Key, Values.length])).toEqual([
    ['DKMSInstanceId', 10],
    ['DKMSInstanceId', 2],
  ])
  expect(instanceFilters([])).toEqual([])
})

it('keeps the keys that stand in no instance, the master key first', () => {
  const keys = ['service-2', 'in-instance', 'master', 'service-1'].map((KeyId) => ({ KeyId }))
  expect(
    defaultKeys(keys, [{ KeyId: 'in-instance' }], new Set(['service-1', 'service-2'])).map(({ KeyId }) => KeyId),
  ).toEqual(['master', 'service-2', 'service-1'])
})
