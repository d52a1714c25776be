/** All that may happen, drawn at random. */
import * as fc from 'fast-check'
import { cryptoOperations } from './crypto-operations.ts'
import { keyOperations } from './key-operations.ts'
import { labelOperations } from './label-operations.ts'
import { limits } from './model.ts'
import { described, type Operation } from './operation.ts'
import { versionOperations } from './version-operations.ts'

const { dayMs } = limits
const wait: fc.Arbitrary<Operation> = fc
  .constantFrom(1, 3_600_000, dayMs, 7 * dayMs, 7 * dayMs, 30 * dayMs, 366 * dayMs)
  .map((ms) => described('wait', { days: ms / dayMs }, { ms }))

const look: fc.Arbitrary<Operation> = fc.constant(described('look', {}, { look: true } as const))

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  ...keyOperations,
  ...labelOperations,
  ...cryptoOperations,
  ...versionOperations,
  { weight: 2, arbitrary: wait },
  { weight: 1, arbitrary: look },
)
