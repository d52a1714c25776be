import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

function step(log: string[], name: string) {
  let finish = (): void => {}
  const finished = new Promise<void>((resolve) => {
    finish = resolve
  })
  const work = async (): Promise<void> => {
    log.push(`${name} begins`)
    await finished
    log.push(`${name} ends`)
  }
  return { work, finish }
}
const settle = async (): Promise<void> => {
  for (let round = 0; round < 20; round++) await Promise.resolve()
}

test('shared work overlaps; exclusive work waits for it and holds back the rest', async () => {
  const turns = createTurns()
  const log: string[] = []
  const [a, b, reset, c] = ['a', 'b', 'reset', 'c'].map((name) => step(log, name)) as [Step, Step, Step, Step]
  const all = [turns.shared(a.work), turns.shared(b.work)]
  await settle()
  all.push(turns.alone(reset.work), turns.shared(c.work))
  await settle()
  expect(log).toEqual(['a begins', 'b begins'])
  a.finish()
  b.finish()
  await settle()
  expect(log.slice(2)).toEqual(['a ends', 'b ends', 'reset begins'])
  reset.finish()
  c.finish()
  await Promise.all(all)
  expect(log.slice(5)).toEqual(['reset ends', 'c begins', 'c ends'])
})

test('failed exclusive work lets the next in', async () => {
  const turns = createTurns()
  await expect(turns.alone(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  await expect(turns.shared(async () => 'in')).resolves.toBe('in')
})

type Step = ReturnType<typeof step>
