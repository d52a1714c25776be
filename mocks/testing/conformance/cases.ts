/**
 * What every way to the cloud must carry alike: requests as plain parameters, and what is answered. Told once, run through each host and client
 * in turn, on a fresh cloud of the default scenario.
 */
import { accountCases } from './account-cases.ts'
import type { Case } from './case.ts'
import { extensionCases } from './extension-cases.ts'
import { instanceCases } from './instance-cases.ts'
import { keyCases } from './key-cases.ts'
import { sharingCases } from './sharing-cases.ts'
import { wireCases } from './wire-cases.ts'

export const cases: readonly Case[] = [
  ...wireCases,
  ...keyCases,
  ...accountCases,
  ...sharingCases,
  ...extensionCases,
  ...instanceCases,
]
