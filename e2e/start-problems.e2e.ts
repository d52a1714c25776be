/** Where the console cannot start, it says why and what to do, and starts once that is done. */
import type { Page } from '@playwright/test'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

test.use({ fresh: true })

// A bare file names no icon: the browser then asks for one that is not there.
test.use({ allowedProblems: [/\/favicon\.ico/] })

const title = {
  insecureContext: 'This page is not in a secure context',
  serviceWorkerBlocked: 'The browser blocks service workers',
  storageRefused: 'The browser does not let this site store data',
  storageFull: 'The storage of the browser is full',
  storedByNewerBuild: 'The stored cloud is newer than this page',
  otherBuildRuns: 'Another tab runs a different version of the console',
}

async function expectProblem(page: Page, problem: keyof typeof title): Promise<void> {
  await expect(page.getByRole('heading', { name: 'KMS Console could not start' })).toBeVisible()
  await expect(page.getByText(title[problem], { exact: true })).toBeVisible()
}

/** A page of the origin that runs nothing of the console. */
const onOrigin = (page: Page) => page.goto('favicon.svg')

const retry = (page: Page): Promise<void> => page.getByRole('button', { name: 'Try again' }).click()

const expectConsole = (page: Page): Promise<void> =>
  expect(page.getByRole('heading', { name: 'Key Management' })).toBeVisible()

test('no secure context', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }))
  await open(page)
  await expectProblem(page, 'insecureContext')
  await expectNoAxeViolations(page)
})

test.describe('service workers blocked', () => {
  test.use({ serviceWorkers: 'block', allowedProblems: [/registration blocked by Playwright/] })

  test('are named', async ({ page }) => {
    await open(page)
    await expectProblem(page, 'serviceWorkerBlocked')
  })
})

test('storage full, until there is room again', async ({ context, page, baseURL }) => {
  const { origin } = new URL(baseURL!)
  await onOrigin(page)
  const session = await context.newCDPSession(page)
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1_000 })
  await open(page)
  await expectProblem(page, 'storageFull')
  await session.send('Storage.overrideQuotaForOrigin', { origin })
  await retry(page)
  await expectConsole(page)
})

test('stored by a newer build', async ({ page }) => {
  await onOrigin(page)
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('kms-cloud:/', 999)
        request.addEventListener('error', () => reject(request.error ?? new Error('not opened')))
        request.addEventListener('success', () => {
          request.result.close()
          resolve()
        })
      }),
  )
  await open(page)
  await expectProblem(page, 'storedByNewerBuild')
})

test('a build that speaks another protocol has the cloud, until its tab closes', async ({ context, page }) => {
  const other = await context.newPage()
  await onOrigin(other)
  await other.evaluate(
    () =>
      new Promise<void>((resolve) => {
        void navigator.locks.request('kms-cloud:/', () => {
          const channel = new BroadcastChannel('kms-cloud:/')
          const announce = () => channel.postMessage({ protocol: 999, kind: 'holder', term: 'other', clockOffsetMs: 0 })
          channel.addEventListener('message', ({ data }: MessageEvent<{ kind: string }>) => {
            if (data.kind === 'who') announce()
          })
          resolve()
          return new Promise(() => {})
        })
      }),
  )
  await open(page)
  await expectProblem(page, 'otherBuildRuns')
  await other.close()
  await retry(page)
  await expectConsole(page)
})

/** Chromium refuses storage by a setting of the profile, so this has a profile of its own. */
test('storage refused', async ({ playwright, baseURL }, testInfo) => {
  const profile = testInfo.outputPath('profile')
  await mkdir(join(profile, 'Default'), { recursive: true })
  const settings = { profile: { default_content_setting_values: { cookies: 2 } } }
  await writeFile(join(profile, 'Default', 'Preferences'), JSON.stringify(settings))
  const context = await playwright.chromium.launchPersistentContext(profile, {
    ...testInfo.project.use.launchOptions,
    baseURL: baseURL!,
    locale: 'en-US',
  })
  try {
    const page = await context.newPage()
    await open(page)
    await expectProblem(page, 'storageRefused')
  } finally {
    await context.close()
  }
})
