// Runs before npm start, npm run dev, npm run cloud and npm test, so it needs nothing but Node: checks its version, and installs the
// packages when they are missing or the lockfile has changed since the last time.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`KMS Console needs Node.js 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org`)
  process.exit(1)
}

const stamp = 'node_modules/.cache/kms-console/lockfile'
const lockfile = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''

if (installed !== lockfile) {
  // Standard output belongs to what runs next.
  console.error('Installing the packages of package-lock.json …')
  // npm names the file of its own program in this variable; the plain name needs a shell on Windows.
  const npm = process.env.npm_execpath
  const [command, before] = npm ? [process.execPath, [npm]] : ['npm', []]
  const result = spawnSync(command, [...before, 'ci', '--no-audit', '--no-fund'], {
    stdio: ['ignore', 2, 'inherit'],
    shell: !npm && process.platform === 'win32',
  })
  if (result.status !== 0) {
    console.error('npm ci failed: its own message stands above.')
    process.exit(result.status ?? 1)
  }
  mkdirSync('node_modules/.cache/kms-console', { recursive: true })
  writeFileSync(stamp, lockfile)
}
