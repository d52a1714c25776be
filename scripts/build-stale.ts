/** What `npm run cloud` needs before it starts. `--cloud`: the cloud alone, and anew. */
import { buildCloud, ensureCloud, ensureConsole } from './building.ts'

if (process.argv.includes('--cloud')) await buildCloud()
else {
  await ensureConsole()
  await ensureCloud()
}
