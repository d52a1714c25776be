import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a build is made of. */
const inputs = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'public',
  'scripts/building.ts',
  'scripts/chunks.ts',
  'scripts/csp.ts',
  'scripts/messages.ts',
  'scripts/tldts.ts',
  'src',
  'mocks',
]

/** Every file below a folder, or the file itself, as paths with `/`, sorted. */
export function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesBelow(`${path}/${name}`))
}

/** A digest of everything that a build depends on: files and the build's own environment variables. */
export function sourcesDigest(root = '.'): string {
  const hash = createHash('sha256')
  for (const name of ['KMS_BASE', 'KMS_BACKEND', 'VITE_KMS_CLOUD']) hash.update(`${name}=${process.env[name] ?? ''}\0`)
  for (const file of inputs.flatMap((input) => filesBelow(join(root, input).replaceAll('\\', '/')))) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}
