/** A key's activity: who asked what, with which result, narrowed and found by request ID. */
import type { Page } from '@playwright/test'
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolationsInBothThemes, open, test } from './fixtures.ts'

const path = `keys/${encodeURIComponent(aliases.working)}?region=cn-hangzhou`
const card = (page: Page) => page.getByRole('region', { name: 'Activity', exact: true })
const rows = (page: Page) =>
  card(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })

async function encryptAndFailToDecrypt(page: Page): Promise<void> {
  await page.getByLabel('Plaintext').fill('seen by nobody')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await page.getByRole('button', { name: 'Decrypt this' }).click()
  await page.getByRole('button', { name: 'Add entry' }).click()
  await page.getByLabel('Name 1').fill('another')
  await page.getByLabel('Value 1').fill('context')
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('InvalidParameter')
}

test('tells successes and refusals, and is narrowed by what occurs in it', async ({ page }) => {
  await open(page, { path, theme: 'system' })
  await expect(card(page)).toBeVisible()
  await encryptAndFailToDecrypt(page)
  await card(page).getByRole('button', { name: 'Refresh activity' }).click()

  const encrypted = rows(page).filter({ has: page.getByRole('rowheader', { name: 'Encrypt', exact: true }) })
  await expect(encrypted).toHaveCount(1)
  await expect(encrypted).toContainText('Succeeded')
  await expect(encrypted).toContainText('root')
  await expect(card(page)).not.toContainText('seen by nobody')

  await card(page).getByLabel('Result').selectOption({ label: 'Refused' })
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('Decrypt')
  await expect(rows(page)).toContainText('InvalidParameter')
  await expect(page).toHaveURL(/result=Refused/)
  await page.reload()
  await expect(rows(page), 'the filter stands in the address, the activity in the cloud').toHaveCount(1)

  const requestId = await rows(page).getByRole('cell').last().locator('[title]').first().getAttribute('title')
  await card(page).getByRole('button', { name: 'Clear filters' }).click()
  await card(page)
    .getByRole('textbox', { name: 'Request ID' })
    .fill(requestId ?? '')
  await card(page).getByRole('textbox', { name: 'Request ID' }).press('Enter')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('Decrypt')

  await card(page).getByRole('textbox', { name: 'Request ID' }).fill('no-such-request')
  await card(page).getByRole('textbox', { name: 'Request ID' }).press('Enter')
  await expect(card(page)).toContainText('No request matches these filters.')
  await expectNoAxeViolationsInBothThemes(page)
})

test('无权限时说明缺少哪一项权限', async ({ page }) => {
  await open(page, { path, language: 'zh', as: identities.cryptoApp.accessKeyId })
  await expect(page.getByRole('region', { name: '操作记录', exact: true })).toContainText('kms:ListKeyActivity')
})
