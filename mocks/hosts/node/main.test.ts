import { afterEach, expect, test } from 'vitest'
import { startCloudProcess, type CloudProcess } from '#mocks/testing/cloud-process.ts'

const running: CloudProcess[] = []
const start = (...given: Parameters<typeof startCloudProcess>): CloudProcess => {
  const started = startCloudProcess(...given)
  running.push(started)
  return started
}
afterEach(() => {
  for (const { process: child } of running.splice(0)) child.kill('SIGKILL')
})

test(
  'the first line says all that one needs, requests are logged on standard error, and SIGTERM ends it',
  { timeout: 30_000 },
  async () => {
    const { process: child, ready, ended, stderr } = start(['--scenario', 'empty', '--clock', '2099-01-01'])
    const line = await ready
    expect(line).toEqual({
      kms: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      xki: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as string,
      identities: expect.any(Array) as object,
      externalInstance: expect.stringMatching(/^kst-/) as string,
      externalKeyId: 'xks-full',
      xks: {
        uriPrefix: '/xks',
        accessKeyId: expect.stringMatching(/^[A-Z2-7]{26}$/) as string,
        secretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/) as string,
        keys: expect.any(Object) as object,
      },
      labToken: expect.any(String) as string,
    })
    expect(line.identities[0]).toMatchObject({ account: '1203456789012345', type: 'account' })
    const headers = { authorization: `Bearer ${line.labToken}` }
    const clock = await (await fetch(`${line.kms}/_lab/clock`, { headers })).json()
    expect(clock).toMatchObject({ now: expect.stringMatching(/^2099-01-01/) as string })
    await fetch(`${line.kms}/?Action=ListKeys&Version=2016-01-20&AccessKeyId=hidden-value`)
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
    const [logged] = stderr()
      .split('\n')
      .filter((text) => text.includes('"ListKeys"'))
    expect(JSON.parse(logged!)).toMatchObject({ action: 'ListKeys', status: 400 })
    expect(stderr()).not.toContain('hidden-value')
    await expect(fetch(line.kms)).rejects.toThrow()
  },
)

test('what it cannot do it says in one line, and ends', { timeout: 30_000 }, async () => {
  const { ended, stderr } = start([], { KMS_CLOUD_HOST: '0.0.0.0' })
  expect(await ended).toBe(1)
  expect(stderr()).toBe('0.0.0.0 is not loopback: other machines could come in. --allow-network lets them.\n')
})
