import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, posix } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importsOf } from './imports.ts'
import { ambientFiles, areas, layerOf, layers, mayImport, mayUsePackage } from './layers.ts'
import { lintConfig, lintConfigPath } from './lint-config.ts'
import { filesBelow } from './sources.ts'

const isCode = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts')
const isTest = (path: string): boolean => /\.(test|soak)\.tsx?$/.test(path) || path.startsWith('mocks/testing/')
const files = ['src', 'mocks'].flatMap(filesBelow).filter((path) => isCode(path) && !isTest(path))

/** Path from the root of what a specifier names; null for a package. */
function resolve(from: string, specifier: string): string | null {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
  return null
}

/** What is wrong with the imports of a file; empty where nothing is. */
function problemsOf(path: string, code: string): string[] {
  const layer = layerOf(path)
  if (!layer) return [`${path} belongs to no layer`]
  return importsOf(path, code).flatMap(({ specifier, fixed }) => {
    const target = resolve(path, specifier)
    if (target === null) {
      return mayUsePackage(layer, specifier) ? [] : [`${path} (${layer}) uses the package ${specifier}`]
    }
    if (specifier.startsWith('..')) return [`${path} imports upwards: ${specifier}`]
    if (!existsSync(target)) return [`${path} imports ${target}, which does not exist`]
    const other = layerOf(target)
    if (!other) return [`${target} belongs to no layer`]
    if (!mayImport(layer, other)) return [`${path} (${layer}) imports ${target} (${other})`]
    return fixed && path.startsWith('src/') && target.startsWith('mocks/')
      ? [`${path} imports ${target} at once instead of by import()`]
      : []
  })
}

describe('the tree', () => {
  test('every file imports only what its layer may', () => {
    expect(files.flatMap((path) => problemsOf(path, readFileSync(path, 'utf8')))).toEqual([])
  })

  test('the table names no layer that does not exist', () => {
    const names = Object.keys(layers)
    expect(Object.values(layers).flatMap(({ imports }) => imports.filter((name) => !names.includes(name)))).toEqual([])
  })

  test('the emulator reads no clock of its own', () => {
    const ambient = (path: string): boolean =>
      ambientFiles.some((pattern) => path === pattern || path.startsWith(pattern.replace('**', '')))
    const readers = files.filter(
      (path) => path.startsWith('mocks/') && !ambient(path) && /new Date\(\s*\)/.test(readFileSync(path, 'utf8')),
    )
    expect(readers).toEqual([])
  })
})

describe('the import check', () => {
  test.each([
    ['src/api/contract/x.ts', `import { client } from '#src/api/client.ts'`],
    ['src/api/contract/x.ts', `import 'react'`],
    ['src/api/x.ts', `export * from '#src/i18n/languages.ts'`],
    ['src/api/x.ts', `export { cx } from '#src/components/ui/cx.ts'`],
    ['src/pages/keys/x.ts', `const page = () => import('#src/pages/key-manager/key-manager-page.tsx')`],
    ['src/components/ui/x.ts', `import type { Client } from '#src/api/client.ts'`],
    ['src/router.tsx', `const host = import('#mocks/runtime.ts')`],
    ['src/main.tsx', `import '#mocks/cloud/lab.ts'`],
    ['mocks/kms/x.ts', `import { Hop } from './../xki/credential.ts'`],
    ['mocks/kms/x.ts', `const worker = new URL('../gateway/decode.ts', import.meta.url)`],
    ['mocks/kms/x.ts', `import '#src/api/client.ts'`],
    ['mocks/new-folder/x.ts', ''],
  ])('refuses in %s: %s', (path, code) => {
    expect(problemsOf(path, code)).toHaveLength(1)
  })
})

/** Each forbidden by one rule of .oxlintrc.json, which lint must name. */
const forbidden: readonly (readonly [path: string, code: string, rule: string])[] = [
  ...Object.entries({
    'src/api/contract/x.ts': '#src/api/client.ts',
    'src/api/x.ts': '#src/components/ui/cx.ts',
    'src/i18n/x.ts': '#src/components/ui/cx.ts',
    'src/components/ui/x.ts': '@tanstack/react-query',
    'src/components/ui/y.ts': '#src/api/client.ts',
    'src/components/form/x.ts': '#src/pages/keys/instances.ts',
    'src/components/x.ts': '#src/router.tsx',
    'src/router.tsx': '#mocks/hosts/browser/x.ts',
    'src/main.tsx': '#mocks/cloud/x.ts',
    'mocks/kms/x.ts': '#mocks/gateway/decode.ts',
    'mocks/kms/y.ts': '#src/api/client.ts',
    'mocks/kms/z.ts': 'msw',
    'mocks/ram/x.ts': '#mocks/kms/rules.ts',
    'mocks/xki/x.ts': '#mocks/kms/rules.ts',
    'mocks/store/x.ts': '#mocks/kms/context.ts',
    'mocks/crypto/x.ts': '#mocks/store/rows.ts',
    'mocks/gateway/x.ts': '#mocks/cloud/lab.ts',
    'mocks/cloud/x.ts': '#mocks/hosts/browser/x.ts',
    'mocks/scenarios/x.ts': '#mocks/cloud/lab.ts',
    'mocks/scenarios/names.ts': '#mocks/store/rows.ts',
    'mocks/hosts/browser/x.ts': '#src/api/client.ts',
    'mocks/hosts/node/x.ts': 'msw',
    'src/api/x.test.ts': '../x.ts',
    'e2e/x.ts': '../x.ts',
  }).map(([path, specifier]) => [path, `import '${specifier}'`, 'no-restricted-imports'] as const),
  ...areas.map((area, index) => {
    const other = areas[(index + 1) % areas.length]
    return [`src/pages/${area}/x.ts`, `import '#src/pages/${other}/x.ts'`, 'no-restricted-imports'] as const
  }),
  ['src/api/again.ts', `export * from '#src/pages/keys/instances.ts'`, 'no-restricted-imports'],
  ['src/api/later.ts', `export const page = () => import('#src/pages/keys/instances.ts')`, 'no-restricted-imports'],
  ['src/api/up.ts', `import '../components/ui/cx.ts'`, 'no-restricted-imports'],
  ['mocks/kms/fetch.ts', `export const answer = () => fetch('x')`, 'no-restricted-globals'],
  ['mocks/kms/timer.ts', `export const wait = () => setTimeout(() => null, 1)`, 'no-restricted-globals'],
  ['mocks/kms/clock.ts', `export const now = () => Date.now()`, 'no-restricted-properties'],
  ['mocks/kms/random.ts', `export const dice = () => Math.random()`, 'no-restricted-properties'],
  ['mocks/kms/crypto.ts', `export const id = () => globalThis.crypto.randomUUID()`, 'no-restricted-properties'],
  ['src/api/subtle.ts', `export const subtle = () => crypto.subtle`, 'no-restricted-properties'],
  ['src/api/log.ts', `console.log('x')`, 'no-console'],
  ['src/api/any.ts', `export const value: any = 1`, 'no-explicit-any'],
]

const permitted: readonly (readonly [path: string, code: string])[] = [
  ['src/api/contract/fine.ts', `export * from './arn.ts'`],
  ['src/api/fine.ts', `export * from './contract/arn.ts'`],
  ['src/pages/keys/fine.ts', `export * from '#src/pages/keys/instances.ts'\nexport * from '#src/components/ui/cx.ts'`],
  ['mocks/kms/fine.ts', `export * from '#src/api/contract/arn.ts'\nexport * from '#mocks/crypto/bytes.ts'`],
  ['mocks/hosts/browser/fine.ts', `export * from 'msw'\nexport * from '#mocks/cloud/lab.ts'`],
  ['mocks/runtime.ts', `export const now = () => Date.now() + Math.random()`],
  ['scripts/fine.ts', `console.log('x')`],
]

interface Diagnostic {
  readonly code: string
  readonly filename: string
}

describe('lint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kms-console-lint-'))
  let found: readonly Diagnostic[] = []

  beforeAll(() => {
    const write = (path: string, code: string): void => {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), `${code}\n`)
    }
    cpSync(lintConfigPath, join(folder, lintConfigPath))
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'), 'junction')
    for (const [path, code] of [...permitted, ...forbidden]) write(path, code)
    const oxlint = join(process.cwd(), 'node_modules/oxlint/bin/oxlint')
    const { stdout } = spawnSync(process.execPath, [oxlint, '--format=json'], { cwd: folder, encoding: 'utf8' })
    found = (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each(forbidden)('refuses in %s: %s', (path, _code, rule) => {
    const rules = found.filter(({ filename }) => filename.replaceAll('\\', '/') === path).map(({ code }) => code)
    expect(
      rules.some((code) => code.includes(rule)),
      rules.join(),
    ).toBe(true)
  })

  test.each(permitted)('lets %s pass: %s', (path) => {
    expect(found.filter(({ filename }) => filename.replaceAll('\\', '/') === path)).toEqual([])
  })

  test('its configuration is the one that the table gives: npm run lint:config writes it', () => {
    expect(JSON.parse(readFileSync(lintConfigPath, 'utf8'))).toEqual(lintConfig)
  })
})
