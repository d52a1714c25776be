import { expect, test } from 'vitest'
import { helpText, isLoopback, readOptions } from './options.ts'

test('options come from the command line, else from the environment, else from the table', () => {
  expect(readOptions([], {})).toEqual({
    port: 4180,
    xkiPort: 4181,
    host: '127.0.0.1',
    scenario: 'default',
    seed: 1,
    region: 'cn-hangzhou',
    dataDir: null,
    consoleDir: null,
    proxies: [],
    answerBudgetMs: 250,
    clock: null,
    strict: false,
    json: false,
    quiet: false,
    help: false,
  })
  const env = {
    KMS_CLOUD_XKI_PORT: '0',
    KMS_CLOUD_DATA: 'here',
    KMS_CLOUD_JSON: '1',
    KMS_CLOUD_STRICT: '0',
    KMS_CLOUD_SEED: '3',
  }
  expect(readOptions(['--seed', '7', '--clock=2030-01-01T00:00:00Z'], env)).toMatchObject({
    xkiPort: 0,
    dataDir: 'here',
    json: true,
    strict: false,
    seed: 7,
    clock: Date.UTC(2030, 0, 1),
  })
})

test('an address that other machines reach needs a second option', () => {
  expect(() => readOptions(['--host', '0.0.0.0'], {})).toThrow('--allow-network')
  expect(readOptions(['--host', '0.0.0.0', '--allow-network'], {})).toMatchObject({ host: '0.0.0.0' })
  expect(['127.0.0.1', '127.9.9.9', '::1', 'localhost'].map(isLoopback)).toEqual([true, true, true, true])
  expect(['::', '0.0.0.0', '10.0.0.1', '127.evil.example'].map(isLoopback)).toEqual([false, false, false, false])
})

test.each([
  [['--port', '70000'], '--port is a whole number from 0 to 65535, not 70000.'],
  [['--seed', '-1'], "Option '--seed' argument is ambiguous"],
  [['--seed=1.5'], '--seed is a whole number'],
  [['--answer-budget', '0'], '--answer-budget is a whole number from 1'],
  [['--clock', 'soon'], '--clock is a time such as'],
  [['--colour'], "Unknown option '--colour'"],
  [['here'], "Unexpected argument 'here'"],
])('%o is refused', (args, message) => {
  expect(() => readOptions(args, {})).toThrow(message)
})

test('a switch of the environment is 1 or 0', () => {
  expect(() => readOptions([], { KMS_CLOUD_JSON: 'yes' })).toThrow('KMS_CLOUD_JSON is 1 or 0')
})

test('the help names every option', () => {
  for (const name of ['--port PORT', '--data DIR', '--allow-network', '--json', 'KMS_CLOUD_XKI_PORT'])
    expect(helpText).toContain(name)
})
