import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startCloudProcess } from '#mocks/testing/cloud-process.ts'
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

const missing = ['curl', 'openssl'].filter((tool) => spawnSync(tool, ['--version']).error !== undefined)

test('the example curl.sh runs against npm run cloud', { timeout: 60_000 }, async ({ skip }) => {
  skip(missing.length > 0, `${missing.join(' and ')} is not installed here.`)
  const { process: child, ready, ended } = startCloudProcess()
  try {
    const { kms, identities } = await ready
    const [{ accessKeyId, accessKeySecret }] = identities as [(typeof identities)[0]]
    const { stdout, stderr } = await promisify(execFile)('sh', ['examples/curl.sh'], {
      env: { ...process.env, KMS: kms, ACCESS_KEY_ID: accessKeyId, ACCESS_KEY_SECRET: accessKeySecret },
    })
    expect(stdout).toBe('alias/orders/db hello\n')
    expect(stderr).toBe('')
  } finally {
    child.kill()
    await ended
  }
})
