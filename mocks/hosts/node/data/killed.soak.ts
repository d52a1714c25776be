import { expect, test } from 'vitest'
import { testFolder } from '#mocks/testing/data-folder.ts'
import { killAndCompare } from '#mocks/testing/killing.ts'

test('a minute of load from 16 connections, killed ten times, ends with what was answered', async () => {
  const folder = testFolder()
  try {
    const { acknowledged } = await killAndCompare({
      dataDir: `${folder.path}/data`,
      connections: 16,
      kills: 10,
      meanLifeMs: 60_000 / 11,
      random: Math.random,
    })
    expect(acknowledged).toBeGreaterThan(1000)
  } finally {
    folder.remove()
  }
})
