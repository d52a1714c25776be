/** The cloud as `npm run cloud` runs it, in a process of its own: for tests that stop it, or kill it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { StartedCloud } from '#mocks/hosts/node/public.ts'

export type ReadyLine = Omit<StartedCloud, 'lab' | 'now' | 'close'>

export interface CloudProcess {
  readonly process: ChildProcess
  /** Rejects with what it wrote to standard error where it ends before it is ready. */
  readonly ready: Promise<ReadyLine>
  /** Its exit code; null: a signal ended it. */
  readonly ended: Promise<number | null>
  readonly stderr: () => string
}

/** `args` beside `--json` and free ports. */
export function startCloudProcess(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): CloudProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', 'mocks/hosts/node/main.ts', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KMS_CLOUD_PORT: '0', KMS_CLOUD_XKI_PORT: '0', ...env },
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ready = new Promise<ReadyLine>((resolve, reject) => {
    createInterface(child.stdout).once('line', (line) => resolve(JSON.parse(line) as ReadyLine))
    child.once('close', () => reject(new Error(stderr)))
  })
  ready.catch(() => {})
  return { process: child, ready, ended, stderr: () => stderr }
}
