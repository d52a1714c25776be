/** Property tests of `npm test` draw the same cases on every run; `npm run soak` and a seed by hand draw others. */
import fc from 'fast-check'

fc.configureGlobal({ seed: Number(process.env.KMS_SEED ?? 20_160_120) })
