import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('a program that made a cloud and has nothing else to do ends', { timeout: 60_000 }, () => {
  const program = [
    "import { createCloud } from '#mocks/cloud.ts'",
    "import { systemRuntime } from '#mocks/runtime.ts'",
    'await createCloud({ runtime: systemRuntime })',
  ].join('\n')
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    encoding: 'utf8',
    timeout: 45_000,
  })
  expect([status, stderr]).toEqual([0, ''])
})
