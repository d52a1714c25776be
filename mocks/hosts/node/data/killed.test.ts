import { expect, test } from 'vitest'
import { testFolder } from '#mocks/testing/data-folder.ts'
import { killAndCompare } from '#mocks/testing/killing.ts'

test('a process that is killed under load has kept what it answered', { timeout: 60_000 }, async () => {
  const folder = testFolder()
  try {
    const { acknowledged } = await killAndCompare({
      dataDir: `${folder.path}/data`,
      connections: 4,
      kills: 2,
      meanLifeMs: 400,
      random: Math.random,
    })
    expect(acknowledged).toBeGreaterThan(20)
  } finally {
    folder.remove()
  }
})
