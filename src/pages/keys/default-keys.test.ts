import { expect, it } from 'vitest'
import { instanceFilters, keysOutside } from './default-keys.ts'

it('names instances in entries of at most ten', () => {
  const ids = Array.from({ length: 12 }, (_, index) => `kst-${index}`)
  expect(instanceFilters(ids).map(({ Key, Values }) => [Key, Values.length])).toEqual([
    ['DKMSInstanceId', 10],
    ['DKMSInstanceId', 2],
  ])
  expect(instanceFilters([])).toEqual([])
})

it('keeps the keys that stand in no instance, in their order', () => {
  const keys = ['a', 'b', 'c'].map((KeyId) => ({ KeyId }))
  expect(keysOutside(keys, [{ KeyId: 'b' }])).toEqual([{ KeyId: 'a' }, { KeyId: 'c' }])
})
