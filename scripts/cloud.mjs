// `npm run cloud`: builds what is stale, and runs it in this process. Plain JavaScript, so that nothing compiles while the cloud runs.
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build-stale.ts'], {
  stdio: ['ignore', 2, 'inherit'],
})
if (status !== 0) process.exit(status ?? 1)
await import(new URL('../dist-cloud/main.js', import.meta.url).href)
