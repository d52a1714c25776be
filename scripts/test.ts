/**
 * `npm test`: every check in turn, against the production build, and one last line that sums them. Vitest and Playwright
 * count their tests; every other step counts as one.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { ensureBrowser } from './browser.ts'

interface Count {
  readonly passed: number
  readonly failed: number
}

interface Step {
  readonly name: string
  readonly run: () => Count | Promise<Count>
  /** Steps without which this one has nothing to work on. */
  readonly needs?: readonly string[]
}

const reports = '.cache/reports'
const one = (passed: boolean): Count => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1 })

function npmRun(script: string, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): boolean {
  const shell = process.platform === 'win32'
  const command = ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])]
  return (
    spawnSync('npm', command, { stdio: ['ignore', 'inherit', 'inherit'], shell, env: { ...process.env, ...env } })
      .status === 0
  )
}

/** A failed run whose report counts no failure (a file that does not load, a server that does not start) is one failure. */
function counted(ok: boolean, read: () => Count): Count {
  try {
    const { passed, failed } = read()
    return ok ? { passed, failed } : { passed, failed: Math.max(failed, 1) }
  } catch {
    return one(false)
  }
}

const readReport = (name: string): unknown => JSON.parse(readFileSync(`${reports}/${name}`, 'utf8'))

interface UnitReport {
  readonly numPassedTests: number
  readonly testResults: readonly {
    readonly status: string
    readonly assertionResults: readonly { readonly status: string }[]
  }[]
}

/** A file that fails without a failed test (it does not load, or its setup fails) counts as one. */
function unit(): Count {
  const ok = npmRun('unit', ['--reporter=default', '--reporter=json', `--outputFile.json=${reports}/unit.json`])
  return counted(ok, () => {
    const { numPassedTests, testResults } = readReport('unit.json') as UnitReport
    const failures = testResults.map(({ status, assertionResults }) => {
      const failed = assertionResults.filter((result) => result.status === 'failed').length
      return status === 'passed' ? 0 : Math.max(failed, 1)
    })
    return { passed: numPassedTests, failed: failures.reduce((sum, failed) => sum + failed, 0) }
  })
}

/**
 * So many tests may fail at first and pass when run again: on a busy machine one of nearly 200 now and then meets a moment that no other run
 * meets. Playwright names them in its last lines; more of them are a fault.
 */
const flakyAllowed = 2

function e2e(): Count {
  const ok = npmRun('playwright', [], { KMS_E2E_REPORT: `${reports}/e2e.json` })
  return counted(ok, () => {
    const { stats } = readReport('e2e.json') as { stats: { expected: number; unexpected: number; flaky: number } }
    const { expected, unexpected, flaky } = stats
    return flaky <= flakyAllowed
      ? { passed: expected + flaky, failed: unexpected }
      : { passed: expected, failed: unexpected + flaky }
  })
}

async function browser(): Promise<Count> {
  process.env.KMS_BROWSER = await ensureBrowser()
  console.log(process.env.KMS_BROWSER)
  return one(true)
}

const steps: readonly Step[] = [
  { name: 'browser', run: browser },
  { name: 'typecheck', run: () => one(npmRun('typecheck')) },
  { name: 'lint', run: () => one(npmRun('lint')) },
  { name: 'fmt:check', run: () => one(npmRun('fmt:check')) },
  { name: 'unit', run: unit },
  { name: 'build', run: () => one(npmRun('build')) },
  { name: 'size', run: () => one(npmRun('size')), needs: ['build', 'browser'] },
  { name: 'e2e', run: e2e, needs: ['build', 'browser'] },
]

async function attempt(step: Step): Promise<Count> {
  try {
    return await step.run()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return one(false)
  }
}

rmSync(reports, { recursive: true, force: true })
mkdirSync(reports, { recursive: true })

const results = new Map<string, Count>()
const rows: string[] = []
for (const step of steps) {
  const missing = (step.needs ?? []).find((name) => results.get(name)?.failed !== 0)
  console.log(`\n── ${step.name} ──`)
  if (missing) console.error(`Not run: ${missing} failed.`)
  const started = Date.now()
  const count = missing ? one(false) : await attempt(step)
  results.set(step.name, count)
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  rows.push(`${step.name.padEnd(10)} ${seconds.padStart(6)} s  ${count.passed} passed, ${count.failed} failed`)
}

const total = [...results.values()].reduce((sum, count) => ({
  passed: sum.passed + count.passed,
  failed: sum.failed + count.failed,
}))
console.log(`\n${rows.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 ? 1 : 0
