/**
 * A Chromium for the end-to-end tests: one that is there already, else one from wherever this machine can reach.
 * KMS_BROWSER names one explicitly.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from '@playwright/test'

const programFiles = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? [])

const systemBrowsers = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...programFiles.map((folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`),
]

/** Path of a browser that is on this machine; undefined: none was found. Throws where KMS_BROWSER names a file that is not there. */
export function findBrowser(): string | undefined {
  const named = process.env.KMS_BROWSER
  if (named) {
    if (!existsSync(named)) throw new Error(`KMS_BROWSER names ${named}, and no such file exists.`)
    return named
  }
  return [chromium.executablePath(), ...systemBrowsers].find((path) => existsSync(path))
}

function succeeds(command: string, args: readonly string[]): boolean {
  console.log(`> ${command} ${args.join(' ')}`)
  const shell = process.platform === 'win32'
  return spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], shell }).status === 0
}

/** A package that carries a Chromium for Linux: the last resort, where neither downloads nor apt work. */
async function packagedBrowser(): Promise<string | undefined> {
  const folder = resolve('.cache/chromium')
  if (
    !succeeds('npm', ['install', '--prefix', folder, '--no-save', '--no-audit', '--no-fund', '@sparticuz/chromium@147'])
  ) {
    return undefined
  }
  // Makes the package unpack the libraries that a bare machine lacks.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs22.x'
  const entry = createRequire(resolve(folder, 'index.js')).resolve('@sparticuz/chromium')
  const carrier = (await import(pathToFileURL(entry).href)) as { default: { executablePath: () => Promise<string> } }
  return carrier.default.executablePath()
}

/** Installs a browser and gives its path. Throws with what to do where every way failed. */
async function installBrowser(): Promise<string> {
  succeeds('npx', ['playwright', 'install', 'chromium', '--no-shell'])
  const downloaded = findBrowser()
  if (downloaded) return downloaded

  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    succeeds('apt-get', ['update', '-q'])
    succeeds('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'])
    const installed = findBrowser()
    if (installed) return installed
  }

  const packaged = process.platform === 'linux' ? await packagedBrowser() : undefined
  if (packaged) return packaged
  throw new Error(
    'No browser was found and none could be installed: set KMS_BROWSER to the path of a Chromium or Chrome.',
  )
}

/** A browser, found or installed. */
export const ensureBrowser = async (): Promise<string> => findBrowser() ?? (await installBrowser())

/** Playwright's own arguments, and what keeps a browser quiet on a machine without a network. */
export const browserArguments = ['--disable-component-update', '--disable-quic', '--disable-sync']
