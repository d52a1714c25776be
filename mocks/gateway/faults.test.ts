import { expect, test } from 'vitest'
import { ConnectionLost, createFaultBoard, injectFaults } from './faults.ts'

test('a fault hits its hop and, where it names one, its action; `times` counts down', () => {
  const board = createFaultBoard()
  board.set([
    { id: 'a', hop: 'kms', kind: 'throttle', times: 2 },
    { id: 'b', hop: 'kms', kind: 'error', action: 'Encrypt' },
    { id: 'c', hop: 'proxy', kind: 'unreachable' },
  ])
  const hits = (hop: 'kms' | 'proxy', action: string) => board.take(hop, action).map(({ id }) => id)
  expect(hits('kms', 'ListKeys')).toEqual(['a'])
  expect(hits('kms', 'Encrypt')).toEqual(['a', 'b'])
  expect(hits('kms', 'Encrypt')).toEqual(['b'])
  expect(hits('kms', 'ListKeys')).toEqual([])
  expect(hits('proxy', 'ListKeys')).toEqual(['c'])
  expect(board.list().map(({ id }) => id)).toEqual(['b', 'c'])
})

test('what each kind does at the gateway', async () => {
  const board = createFaultBoard()
  const pauses: number[] = []
  const inject = () => injectFaults(board, 'ListKeys', async (ms) => void pauses.push(ms))
  await expect(inject()).resolves.toBe(false)
  board.set([{ id: 'a', hop: 'kms', kind: 'throttle' }])
  await expect(inject()).rejects.toMatchObject({ code: 'Rejected.Throttling' })
  board.set([{ id: 'a', hop: 'kms', kind: 'error' }])
  await expect(inject()).rejects.toMatchObject({ code: 'ServiceUnavailableTemporary' })
  board.set([{ id: 'a', hop: 'kms', kind: 'unreachable' }])
  await expect(inject()).rejects.toBeInstanceOf(ConnectionLost)
  board.set([
    { id: 'a', hop: 'kms', kind: 'latency', ms: 70 },
    { id: 'b', hop: 'kms', kind: 'lostAnswer' },
  ])
  await expect(inject()).resolves.toBe(true)
  expect(pauses).toEqual([70])
})
