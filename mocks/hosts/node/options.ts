/** The options of `npm run cloud`: on the command line, or as environment variables. One table is all of them, with its help. */
import { parseArgs } from 'node:util'
import { isIP } from 'node:net'
import { CloudStartError } from './start-error.ts'

export interface CloudOptions {
  readonly port: number
  readonly xkiPort: number
  readonly host: string
  readonly scenario: string
  readonly seed: number
  readonly region: string
  readonly dataDir: string | null
  readonly consoleDir: string | null
  readonly proxies: readonly string[]
  readonly answerBudgetMs: number
  /** ms since the epoch; null: the computer's own. */
  readonly clock: number | null
  readonly strict: boolean
  readonly json: boolean
  readonly quiet: boolean
  readonly help: boolean
}

interface Option {
  /** Left out: a switch. */
  readonly value?: string
  readonly preset?: string
  readonly help: string
}

const options = {
  port: {
    value: 'PORT',
    preset: '4180',
    help: 'of KMS, RAM, STS and ResourceSharing; 0: any that is free',
  },
  'xki-port': { value: 'PORT', preset: '4181', help: 'of the XKI proxy, in both dialects; 0: any that is free' },
  scenario: { value: 'NAME', preset: 'default', help: 'laid where nothing is stored; see docs/testing.md' },
  seed: { value: 'NUMBER', preset: '1', help: 'draws the identifiers of the scenario' },
  region: { value: 'REGION', preset: 'cn-hangzhou', help: 'of requests that name none' },
  data: { value: 'DIR', help: 'where everything survives, secrets too; in memory only if left out' },
  console: {
    value: 'DIR',
    help: 'a build of the console, served where HTML is asked for',
  },
  proxies: {
    value: 'HOSTS',
    help: 'real proxies that instances may reach: name or name=address, with commas; * for any',
  },
  'answer-budget': { value: 'MS', preset: '250', help: 'how long KMS waits for an answer of the proxy' },
  clock: {
    value: 'TIME',
    help: "where the cloud's clock stands at the start, e.g. 2030-01-01T00:00:00Z; forward only",
  },
  host: {
    value: 'ADDRESS',
    preset: '127.0.0.1',
    help: 'to listen at; anything but loopback needs --allow-network too',
  },
  'allow-network': { help: 'let other machines in: nothing is encrypted, and the key manager asks for no credential' },
  strict: { help: 'no extensions: only what is published' },
  json: { help: 'print one line of JSON when ready, and log to standard error' },
  quiet: { help: 'log no requests' },
  help: { help: 'this text' },
} as const satisfies Readonly<Record<string, Option>>

type Name = keyof typeof options
const rows = Object.entries(options) as [Name, Option][]

/** `--xki-port` is `KMS_CLOUD_XKI_PORT`. */
const variable = (name: string): string => `KMS_CLOUD_${name.toUpperCase().replaceAll('-', '_')}`

export const helpText = [
  'npm run cloud -- [options]: the emulated cloud for SDKs, CLIs and tests, over HTTP.',
  '',
  ...rows.map(([name, { value, preset, help }]) => {
    const left = `  --${name}${value === undefined ? '' : ` ${value}`}`
    return `${left.padEnd(22)}${help}${preset === undefined ? '' : ` (${preset})`}`
  }),
  '',
  `Each is an environment variable too: --xki-port is ${variable('xki-port')}; switches are 1 or 0. docs/cloud.md says more.`,
].join('\n')

/** Throws CloudStartError for what is none of them, or has no such value. */
export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): CloudOptions {
  const given = parse(args)
  const text = (name: Name): string | null => given[name] ?? env[variable(name)] ?? rowOf(name).preset ?? null
  const isOn = (name: Name): boolean => {
    const value = text(name)
    if (value === null || value === '' || value === '0' || value === 'false') return false
    if (value === '1' || value === 'true') return true
    throw new CloudStartError(`--${name} is a switch: ${variable(name)} is 1 or 0.`)
  }
  const host = text('host') ?? ''
  if (!isLoopback(host) && !isOn('allow-network') && !isOn('help'))
    throw new CloudStartError(`${host} is not loopback: other machines could come in. --allow-network lets them.`)
  return {
    port: whole('port', text('port'), 65_535),
    xkiPort: whole('xki-port', text('xki-port'), 65_535),
    host,
    scenario: text('scenario') ?? '',
    seed: whole('seed', text('seed'), Number.MAX_SAFE_INTEGER),
    region: text('region') ?? '',
    dataDir: text('data') || null,
    consoleDir: text('console') || null,
    proxies: (text('proxies') ?? '').split(',').filter((host) => host !== ''),
    answerBudgetMs: whole('answer-budget', text('answer-budget'), 60_000, 1),
    clock: time('clock', text('clock')),
    strict: isOn('strict'),
    json: isOn('json'),
    quiet: isOn('quiet'),
    help: isOn('help'),
  }
}

const rowOf = (name: Name): Option => options[name]

function parse(args: readonly string[]): Partial<Record<Name, string>> {
  const known = Object.fromEntries(
    rows.map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' } as const]),
  )
  try {
    const { values } = parseArgs({ args: [...args], options: known, strict: true, allowPositionals: false })
    return Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, value === true ? '1' : String(value)]),
    )
  } catch (cause) {
    throw new CloudStartError(`${cause instanceof Error ? cause.message : String(cause)} --help lists the options.`, {
      cause,
    })
  }
}

function whole(name: Name, text: string | null, max: number, min = 0): number {
  const value = /^\d{1,16}$/.test(text ?? '') ? Number(text) : NaN
  if (!(value >= min && value <= max))
    throw new CloudStartError(`--${name} is a whole number from ${min} to ${max}, not ${text}.`)
  return value
}

function time(name: Name, text: string | null): number | null {
  if (text === null || text === '') return null
  const value = /^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(value)) throw new CloudStartError(`--${name} is a time such as 2030-01-01T00:00:00Z, not ${text}.`)
  return value
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'))
