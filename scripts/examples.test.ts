import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ensureCloud } from './building.ts'

test.each([
  ['cloud.mjs', /^key-\S+ hello\n$/],
  ['node-sdk.mjs', /^alias\/orders\/db hello\n$/],
] as const)('the example %s runs as a stranger would run it', { timeout: 60_000 }, async (name, says) => {
  await ensureCloud()
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [`examples/${name}`])
  expect(stdout).toMatch(says)
  expect(stderr).toBe('')
})
