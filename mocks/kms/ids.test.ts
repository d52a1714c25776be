import { expect, test } from 'vitest'
import { regions } from '#src/api/contract/regions.ts'
import { seededText } from '#mocks/runtime.ts'
import { cloudTables, schemaVersion } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { drawKeyId, identifier } from './ids.ts'

test('the form of published samples, in every region', () => {
  for (const { id } of regions) {
    expect(identifier('key', id, 1_700_000_000_000, 'abcdefghij')).toMatch(/^key-[a-z]{3}6553f100abcdefghij$/)
    expect(identifier('kst', id, 0, 'abcdefghij')).toMatch(/^kst-[a-z]{3}00000000abcdefghij$/)
  }
})

test('each draw is another, and is not repeated after a restart', async () => {
  const draw = async (drawn: number, times: number): Promise<readonly string[]> => {
    const store = await openStore(cloudTables)
    store.write((tx) =>
      tx.world.put({ id: 'world', schema: schemaVersion, scenario: 'empty', seed: 7, clockOffsetMs: 0, drawn }),
    )
    return Array.from({ length: times }, () => store.write((tx) => drawKeyId(tx, 'cn-hangzhou', 0)))
  }
  const ids = await draw(0, 100)
  expect(new Set(ids).size).toBe(100)
  expect(await draw(50, 50)).toEqual(ids.slice(50))
})

test('a seed gives a hundred thousand different texts', () => {
  const texts = new Set(Array.from({ length: 100_000 }, (_, position) => seededText(1, position, 10)))
  expect(texts.size).toBe(100_000)
})
