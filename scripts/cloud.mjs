// `npm run cloud`: builds what is stale, and runs it in this process. Plain JavaScript, so that nothing compiles while the cloud runs.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// The console comes with it, unless another build of it is named, or none.
const named = process.env.KMS_CLOUD_CONSOLE !== undefined || process.argv.some((arg) => /^--console(?:=|$)/.test(arg))
process.env.KMS_CLOUD_CONSOLE ??= fileURLToPath(new URL('../dist', import.meta.url))

const script = ['--import', 'tsx', 'scripts/build-stale.ts', ...(named ? [] : ['--console'])]
const { status } = spawnSync(process.execPath, script, { stdio: ['ignore', 2, 'inherit'] })
if (status !== 0) process.exit(status ?? 1)
await import(new URL('../dist-cloud/main.js', import.meta.url).href)
