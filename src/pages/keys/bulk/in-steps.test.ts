import { expect, test } from 'vitest'
import { inSteps } from './in-steps.ts'

function counter() {
  const listeners = new Set<() => void>()
  let count = 0
  return {
    state: () => count,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add: () => {
      count += 1
      for (const listener of listeners) listener()
    },
    listeners,
  }
}

test('many changes are one step, and between steps the state stands', () => {
  const source = counter()
  const steps: (() => void)[] = []
  const drawn = inSteps(source, (draw) => steps.push(draw))
  let told = 0
  const stop = drawn.subscribe(() => (told += 1))
  for (let at = 0; at < 100; at++) source.add()
  expect([steps.length, told, drawn.state()]).toEqual([1, 0, 0])
  steps[0]?.()
  expect([told, drawn.state()]).toEqual([1, 100])
  source.add()
  expect([steps.length, drawn.state()]).toEqual([2, 100])
  stop()
  expect(source.listeners.size).toBe(0)
})

test('who comes later begins with what is true then', () => {
  const source = counter()
  const drawn = inSteps(source, () => undefined)
  drawn.subscribe(() => undefined)()
  source.add()
  drawn.subscribe(() => undefined)
  expect(drawn.state()).toBe(1)
})
