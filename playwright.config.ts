import { defineConfig } from '@playwright/test'
import { browserArguments, findBrowser } from './scripts/browser.ts'

const executablePath = findBrowser()
if (!executablePath) throw new Error('No browser: run npm test once, which installs one, or set KMS_BROWSER.')

/** Own ports, so that tests and a running console do not meet. */
const port = Number(process.env.KMS_E2E_PORT ?? 4610)
const subPathPort = port + 1
const subPathEnv = { KMS_BASE: '/kms/', KMS_OUT: '.cache/sub-path' }
const address = (at: number, base: string): string => `http://127.0.0.1:${at}${base}`

/** Where `npm test` reads the counts. */
const report = process.env.KMS_E2E_REPORT
const jsonReport: ['json', { outputFile: string }][] = report ? [['json', { outputFile: report }]] : []

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // What passes only the second time is named, and counted by `scripts/test.ts`.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ...jsonReport],
  metadata: { subPath: address(subPathPort, subPathEnv.KMS_BASE) },
  use: {
    baseURL: address(port, '/'),
    browserName: 'chromium',
    locale: 'en-US',
    timezoneId: 'UTC',
    viewport: { width: 1280, height: 800 },
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: { executablePath, args: browserArguments },
    trace: 'on-first-retry',
  },
  webServer: [
    {
      command: `npm run --silent preview -- --port ${port} --strictPort`,
      url: address(port, '/'),
      reuseExistingServer: false,
    },
    {
      command: `npm run --silent build -- --logLevel warn && npm run --silent preview -- --port ${subPathPort} --strictPort`,
      url: address(subPathPort, subPathEnv.KMS_BASE),
      env: subPathEnv,
      reuseExistingServer: false,
    },
  ],
})
