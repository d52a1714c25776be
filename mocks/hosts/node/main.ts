/** `npm run cloud`: starts the cloud, says where it is, and stops it in order. */
import { helpText, isLoopback, readOptions, type CloudOptions } from './options.ts'
import type { RequestLine, StartedCloud } from './public.ts'
import { CloudStartError, startCloud } from './start-cloud.ts'

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const printError = (line: string): void => void process.stderr.write(`${line}\n`)

/** The one line of `--json`: what a program of another project needs to use the cloud. */
function readyLine({ kms, xki, identities, externalInstance, externalKeyId, xks, labToken }: StartedCloud): string {
  return JSON.stringify({ kms, xki, identities, externalInstance, externalKeyId, xks, labToken })
}

function readyText(cloud: StartedCloud, { dataDir, consoleDir, proxies }: CloudOptions): string {
  const { kms, xki, identities, externalInstance, externalKeyId, labToken } = cloud
  const widest = Math.max(...identities.map(({ name }) => name.length))
  return [
    `KMS, RAM, STS, ResourceSharing  ${kms}`,
    ...(consoleDir === null ? [] : [`Console                         ${kms}/`]),
    `XKI proxy                       ${xki}`,
    ...(proxies.length === 0 ? [] : [`Real proxies                    ${proxies.join(', ')}`]),
    `Lab                             ${kms}/_lab/  token ${labToken}`,
    `External instance               ${externalInstance}, with the external key ${externalKeyId}`,
    `Data                            ${dataDir ?? 'in memory only'}`,
    '',
    'Access keys:',
    ...identities.map(
      ({ account, name, accessKeyId, accessKeySecret }) =>
        `  ${account}  ${name.padEnd(widest)}  ${accessKeyId}  ${accessKeySecret}`,
    ),
    '',
    'Press Ctrl+C to stop.',
  ].join('\n')
}

async function run(options: CloudOptions): Promise<void> {
  const {
    port,
    xkiPort,
    host,
    scenario,
    seed,
    region,
    dataDir,
    consoleDir,
    proxies,
    answerBudgetMs,
    clock,
    strict,
    json,
    quiet,
  } = options
  const log = json ? printError : print
  if (!isLoopback(host))
    printError(
      `Warning: at ${host} other machines can reach this cloud. Nothing is encrypted, and whoever reaches it can use its key manager.`,
    )
  const cloud = await startCloud({
    port,
    xkiPort,
    host,
    scenario,
    seed,
    region,
    strict,
    proxies,
    answerBudgetMs,
    ...(consoleDir === null ? {} : { consoleDir }),
    ...(dataDir === null ? {} : { dataDir }),
    ...(clock === null ? {} : { clock }),
    ...(quiet ? {} : { onRequest: (line: RequestLine) => log(JSON.stringify(line)) }),
  })
  stopInOrder(cloud)
  print(json ? readyLine(cloud) : readyText(cloud, options))
}

function stopInOrder({ close }: StartedCloud): void {
  let stopping = false
  const stop = (): void => {
    // Whoever asks twice does not want to wait.
    if (stopping) process.exit(1)
    stopping = true
    close().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  // npm hands a signal to its shell and not on to us: when the shell is gone, so is who started us.
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent && !stopping) stop()
  }, 500).unref()
}

function fail(error: unknown): never {
  printError(error instanceof CloudStartError ? error.message : String(error instanceof Error ? error.stack : error))
  process.exit(1)
}

// Who read the log may go before we do.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

try {
  const options = readOptions(process.argv.slice(2), process.env)
  if (options.help) print(helpText)
  else await run(options)
} catch (error) {
  fail(error)
}
