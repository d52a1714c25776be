import { seededText } from '#mocks/runtime.ts'

export const dayMs = 24 * 60 * 60 * 1000

/** What a scenario draws from its seed, one after the other. */
export interface Draw {
  /** Base-36 characters. */
  readonly text: (length: number) => string
  readonly hex: (length: number) => string
  readonly digits: (length: number) => string
  /** A whole number from 0 to `limit` - 1; `limit` is far below 36^6. */
  readonly below: (limit: number) => number
  /** How often was drawn. */
  readonly count: () => number
}

export function createDraw(seed: number): Draw {
  let drawn = 0
  const text = (length: number): string => seededText(seed, drawn++, length)
  const inBase = (base: number, length: number): string =>
    Array.from(text(length), (character) => (Number.parseInt(character, 36) % base).toString(base)).join('')
  return {
    text,
    hex: (length) => inBase(16, length),
    digits: (length) => inBase(10, length),
    below: (limit) => Number.parseInt(text(6), 36) % limit,
    count: () => drawn,
  }
}
