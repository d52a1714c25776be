import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { ensureCloud } from './building.ts'

test('the example of docs/cloud.md runs as a stranger would run it', { timeout: 60_000 }, async () => {
  await ensureCloud()
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['examples/cloud.mjs'])
  expect(stdout).toMatch(/^key-\S+ hello\n$/)
  expect(stderr).toBe('')
})
