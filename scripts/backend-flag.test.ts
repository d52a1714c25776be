import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mark } from '#mocks/gateway/encode.ts'

/** Strings that the emulator and msw cannot be without. */
const marks = [mark, 'mockServiceWorker', '[MSW]', 'emulator-worker', 'AES-GCM']

interface Built {
  readonly files: readonly string[]
  readonly text: string
  /** Every module in the bundle, by its path from the root. */
  readonly modules: readonly string[]
}

function build(outDir: string, env: Readonly<Record<string, string>>): Built {
  const vite = join(process.cwd(), 'node_modules/vite/bin/vite.js')
  const { NODE_ENV: _, ...inherited } = process.env
  const run = spawnSync(process.execPath, [vite, 'build', '--sourcemap', '--outDir', outDir, '--logLevel', 'warn'], {
    encoding: 'utf8',
    env: { ...inherited, ...env },
  })
  if (run.status !== 0) throw new Error(run.stderr)
  const files = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
  const read = (file: string): string => readFileSync(join(outDir, file), 'utf8')
  return {
    files,
    text: files
      .filter((file) => /\.(js|html|css)$/.test(file))
      .map(read)
      .join('\n'),
    modules: files
      .filter((file) => file.endsWith('.js.map'))
      .flatMap((file) => (JSON.parse(read(file)) as { sources: string[] }).sources)
      .map((source) => posix.normalize(posix.join('a/b', source)).replace(/^(\.\.\/)+/, '')),
  }
}

const isEmulator = (path: string): boolean => /^mocks\/|node_modules\/(@mswjs|msw)\//.test(path)

describe('a build for a real backend', () => {
  const folder = '.cache/backend-flag'
  let without: Built
  let full: Built

  beforeAll(() => {
    full = build(`${folder}/full`, {})
    without = build(`${folder}/none`, { KMS_BACKEND: 'none' })
  }, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test('holds no module of the emulator', () => {
    expect(full.modules.filter(isEmulator).length).toBeGreaterThan(20)
    expect(without.modules).toContain('src/main.tsx')
    expect(without.modules.filter(isEmulator)).toEqual([])
  })

  test.each(marks)('holds no trace of it: %s', (text) => {
    expect({ full: full.text.includes(text), without: without.text.includes(text) }).toEqual({
      full: true,
      without: false,
    })
  })

  test('holds neither of its workers', () => {
    const workers = (built: Built): string[] =>
      built.files.filter((file) => /worker/i.test(file) && file.endsWith('.js'))
    expect(workers(full)).toHaveLength(2)
    expect(workers(without)).toEqual([])
  })
})
