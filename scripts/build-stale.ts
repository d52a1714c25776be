/** What `npm run cloud` needs before it starts. `--anew`: whether or not it is there; `--console`: the console too. */
import { buildCloud, ensureCloud, ensureConsole } from './building.ts'

await (process.argv.includes('--anew') ? buildCloud() : ensureCloud())
if (process.argv.includes('--console')) await ensureConsole()
