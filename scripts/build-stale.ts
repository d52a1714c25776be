/** What `npm run cloud` needs before it starts. `--anew`: whether or not it is there. */
import { buildCloud, ensureCloud } from './building.ts'

await (process.argv.includes('--anew') ? buildCloud() : ensureCloud())
