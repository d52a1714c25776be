/** The way of a request: followed as it comes in, found by its ID, and told hop by hop, without anything secret. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolationsInBothThemes, open, test } from './fixtures.ts'

const keyPath = `keys/${encodeURIComponent(aliases.working)}?region=cn-hangzhou`
const canary = 'canary-of-the-plaintext'

async function encrypt(page: Page): Promise<void> {
  await page.getByLabel('Plaintext').fill(canary)
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
}

async function toRequests(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Requests' }).click()
  // The page before may have fields of the same names.
  await expect(page.getByRole('heading', { level: 1, name: 'Requests' })).toBeVisible()
}
const listed = (page: Page) => page.getByRole('table', { name: 'Requests' })
const way = (page: Page) => page.getByRole('table', { name: 'Way of the request' })
const rowOf = (page: Page, name: string | RegExp) =>
  way(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) })

test('an encryption is told from the console to the key manager and back, and exported without what is secret', async ({
  page,
}) => {
  await open(page, { path: keyPath, theme: 'system' })
  await encrypt(page)
  await expect(page.getByRole('button', { name: 'Decrypt this' })).toBeVisible()
  await toRequests(page)
  await expectNoAxeViolationsInBothThemes(page)
  await listed(page).getByRole('link', { name: 'Encrypt', exact: true }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Encrypt' })).toBeVisible()
  await expect(rowOf(page, 'Console → KMS')).toContainText('Answered, 200')
  await expect(rowOf(page, 'Check the signature')).toContainText('Done')
  await expect(rowOf(page, /^KMS → XKI proxy/)).toContainText('Answered, 200')
  await expect(rowOf(page, 'XKI proxy → External key manager')).toContainText('Done')
  await expect(page.getByRole('region', { name: 'Signature, step by step' })).toContainText('They are equal')
  await expect(page.getByRole('region', { name: 'Canonical request' })).toContainText('x-acs-content-sha256')
  await expect(page.getByRole('button', { name: 'Replay' })).toHaveAccessibleDescription('Only reads are replayed.')
  await expectNoAxeViolationsInBothThemes(page)

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export HAR' }).click()
  const text = await readFile(await (await downloading).path(), 'utf8')
  const { log } = JSON.parse(text) as { log: { version: string; entries: { response: { status: number } }[] } }
  expect([log.version, log.entries[0]?.response.status]).toEqual(['1.2', 200])
  const encoded = Buffer.from(canary).toString('base64')
  for (const secret of [canary, encoded, encodeURIComponent(encoded)]) {
    expect(text).not.toContain(secret)
    await expect(page.locator('body')).not.toContainText(secret)
  }
  expect(text).not.toMatch(/Signature=[0-9a-f]{64}/)
})

test('a fault at the proxy is named with its hop, and its request is found by the ID in the error', async ({
  page,
}) => {
  await open(page, { path: keyPath })
  await expect(page.getByLabel('Plaintext')).toBeVisible()
  await page.evaluate(() => window.kmsLab?.setFaults([{ id: 'down', hop: 'proxy', kind: 'unreachable' }]))
  await encrypt(page)
  const alert = page.getByRole('alert').filter({ hasText: 'Request ID' })
  const requestId = (await alert.getByRole('link', { name: /^[0-9a-f-]{36}$/ }).textContent()) ?? ''
  await toRequests(page)
  await page.getByRole('textbox', { name: 'Request ID' }).fill(requestId)
  await page.getByRole('textbox', { name: 'Request ID' }).press('Enter')

  await expect(page.getByRole('main')).toContainText('Failed at: XKI proxy, in the step “Carry out”')
  await expect(rowOf(page, /^KMS → XKI proxy/)).toContainText('Failed here: proxyUnreachable')
  await expect(rowOf(page, 'XKI proxy → External key manager')).toHaveCount(0)

  await page.getByRole('link', { name: 'All requests' }).click()
  await page.getByLabel('Failed at').selectOption({ label: 'XKI proxy' })
  await expect(page).toHaveURL(/hop=proxy/)
  await expect(listed(page).getByRole('rowheader', { name: 'Encrypt' })).toHaveCount(1)
})

test('a denied user sees the decision on its own request, and the way to its explanation', async ({ page }) => {
  await open(page, { path: 'keys?region=cn-hangzhou', as: identities.intern.accessKeyId })
  await page
    .getByRole('link', { name: /^[0-9a-f-]{36}$/ })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: 'ListKmsInstances' })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('in the step “Decide by policies”')
  await expect(page.getByRole('link', { name: /^Explain/ }).last()).toHaveAttribute('href', /\/access\?/)
  await page.getByRole('link', { name: 'All requests' }).click()
  await expect(page.getByRole('main')).toContainText('You see your own requests only.')
})

test('请求列表实时跟踪另一个标签页，可以暂停，读取操作可以重放', async ({ page, context }) => {
  await open(page, { path: 'activity?region=cn-hangzhou', language: 'zh' })
  await expect(page.getByText('实时跟踪中')).toBeVisible()
  const other = await context.newPage()
  await open(other, { path: keyPath })
  const table = page.getByRole('table', { name: '请求' })
  await expect(table.getByRole('link', { name: 'DescribeKey' }).first()).toBeVisible()
  await page.getByRole('button', { name: '暂停' }).click()
  await expect(page).toHaveURL(/until=/)
  await table.getByRole('link', { name: 'GetKeyPolicy' }).first().click()
  await page.getByRole('button', { name: '重放' }).click()
  await page.getByRole('link', { name: '查看新请求' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'GetKeyPolicy' })).toBeVisible()
})
