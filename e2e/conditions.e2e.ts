/** An Enabled key that cannot work says which of its three conditions fails, on its page and in the list. */
import { aliases } from '#mocks/scenarios/names.ts'
import { expect, open, test } from './fixtures.ts'

const keyPath = (alias: string): string => `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`

test('a key that works holds all three conditions', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working) })
  await expect(page.getByRole('heading', { level: 1, name: aliases.working })).toBeVisible()
  await expect(page.getByText('Yes: all three conditions hold.')).toBeVisible()
})

const failing = [
  [aliases.disabled, 'The KMS key is Enabled: fails', /disabled/i],
  [aliases.instanceDisconnected, 'Connected: fails', /disconnected/i],
  [aliases.externalKeyDisabled, 'ENABLED: fails', /disabled/i],
  [aliases.externalKeyMissing, 'ENABLED: fails', /no longer has|no such|does not have|not found|missing/i],
] as const

for (const [alias, condition, reason] of failing)
  test(`${alias} names the condition that fails`, async ({ page }) => {
    await open(page, { path: keyPath(alias) })
    const card = page.getByRole('region', { name: 'Can it encrypt and decrypt now?' })
    await expect(card.getByText(/^Attention\s*No: one condition fails\.$/)).toBeVisible()
    const failed = card.getByRole('listitem').filter({ hasText: condition })
    await expect(failed).toContainText(reason)
    await expect(card.getByRole('listitem').filter({ hasText: ': fails' })).toHaveCount(1)
  })

test('using a key whose external key is disabled fails at the key manager, in words', async ({ page }) => {
  await open(page, { path: keyPath(aliases.externalKeyDisabled) })
  await page.getByLabel('Plaintext').fill('hello')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The external key is disabled at the key manager.')
  await expect(alert).toContainText('Failed at: external key manager')
  await expect(alert).toContainText('Rejected.Unavailable')
  await expect(alert.getByRole('button', { name: 'Copy Request ID' })).toBeVisible()
  await expect(page.getByLabel('Plaintext'), 'what was typed is still there').toHaveValue('hello')
})

test('an external key disabled and enabled at the manager stops and frees its KMS key', async ({ page, context }) => {
  await open(page, { path: keyPath(aliases.working) })
  await expect(page.getByText('Yes: all three conditions hold.')).toBeVisible()
  const externalKeyId = (await page.getByTitle(/^pay-card-vault/).getAttribute('title')) ?? ''

  const manager = await context.newPage()
  await open(manager, { path: 'key-manager?region=cn-hangzhou' })
  await manager.getByRole('searchbox').fill(externalKeyId)
  await manager.getByRole('button', { name: 'Disable', exact: true }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'Disable', exact: true }).click()
  const row = manager
    .getByRole('table', { name: 'External Key Manager' })
    .getByRole('row', { name: new RegExp(externalKeyId) })
  await expect(row).toContainText('DISABLED')
  await expect(page.getByText('No: one condition fails.'), 'the other tab knows by itself').toBeVisible()

  await manager.getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(page.getByText('Yes: all three conditions hold.')).toBeVisible()
})

test('with the proxy down, nothing works and the proxy is named', async ({ page }) => {
  await open(page, { scenario: 'proxy-down', path: 'keys?region=cn-hangzhou' })
  await page
    .getByRole('link', { name: /^alias\// })
    .first()
    .click()
  const card = page.getByRole('region', { name: 'Can it encrypt and decrypt now?' })
  await expect(card.getByRole('listitem').filter({ hasText: 'Connected: fails' })).toBeVisible()
})
