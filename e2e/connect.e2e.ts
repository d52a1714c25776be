/** An external instance on its way to use: connected in both ways, with a wrong fingerprint corrected, and a key on it that its manager can stop. */
import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { externalKeys, instances } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'
import { panel as createPanel } from './create-panel.ts'

const { name, region } = instances.recovery
const prefix = '/recovery'

/** A credential of the proxy, as its operator makes one; the file is what an instance is connected with. */
async function makeCredential(page: Page): Promise<{ path: string; file: Record<string, string> }> {
  await open(page, { path: `key-manager?region=${region}` })
  await page.getByRole('button', { name: 'Create credential' }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Create credential' })
  await dialog.getByRole('textbox', { name: 'Path' }).fill('recovery')
  await expect(dialog.getByRole('button', { name: /^Create/ })).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('textbox', { name: 'Path' }).fill(prefix)
  await dialog.getByRole('button', { name: /^Create/ }).click()
  await expect(dialog).toContainText('The secret is shown this once')
  await expectNoAxeViolations(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save configuration file for xki.example.com' }).click(),
  ])
  const path = await download.path()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(dialog).toBeHidden()
  return { path, file: JSON.parse(await readFile(path, 'utf8')) as Record<string, string> }
}

const connectPanel = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Connect to HSM' })
  return {
    dialog,
    field: (label: string) => dialog.getByRole('textbox', { name: label, exact: true }),
    secret: dialog.getByLabel('AccessKey secret'),
    submit: dialog.getByRole('button', { name: 'Connect to HSM', exact: true }),
  }
}

test('typed in: a wrong fingerprint is told apart and corrected without typing anew, and a key works until its manager stops it', async ({
  page,
}) => {
  test.slow()
  const { file } = await makeCredential(page)
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Instances' })).toBeVisible()
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: `Enable ${name}` }).click()

  const form = connectPanel(page)
  await form.field('Domain name of external proxy').fill('https://xki.example.com')
  await form.submit.click()
  await expect(form.field('Domain name of external proxy')).toHaveAccessibleDescription(/without https/)
  await form.field('Domain name of external proxy').fill('xki.example.com')
  await form.field('External proxy path').fill(prefix)
  await form.field('Certificate fingerprint').fill('0'.repeat(64))
  await form.field('AccessKey ID').fill(file['AccessKeyId'] ?? '')
  await form.secret.fill(file['AccessKeySecret'] ?? '')
  await expectNoAxeViolations(page)
  await form.submit.click()

  const alert = form.dialog.getByRole('alert')
  await expect(alert).toContainText('The instance was not connected')
  await expect(alert).toContainText('The certificate of the proxy has another fingerprint.')
  await expect(alert).toContainText('somebody may stand in between')
  await alert.getByRole('button', { name: 'Go to the field' }).click()
  await expect(form.field('Certificate fingerprint')).toBeFocused()
  await expectNoAxeViolations(page)
  await form.field('Certificate fingerprint').fill(file['CertificateFingerprint'] ?? '')
  await form.submit.click()
  await expect(form.dialog).toBeHidden({ timeout: 20_000 })
  const connection = page.getByRole('region', { name: 'Connection to the external proxy' })
  await expect(connection).toContainText('xki.example.com')
  await expect(connection.getByRole('button', { name: 'Disconnect' })).toBeVisible()
  await expectNoAxeViolations(page)

  await page.goto(`${new URL(page.url()).pathname.replace(/instances\/.*/, '')}keys?region=${region}`)
  await page.getByRole('button', { name: 'Create Key' }).click()
  const create = createPanel(page)
  await create.externalKeyId.fill(externalKeys.ready[0])
  await create.alias.fill('recovery/first')
  await create.ok.click()
  await expect(create.dialog).toBeHidden()
  await page.getByRole('link', { name: 'alias/recovery/first' }).first().click()
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true })
  await tryIt.getByRole('textbox', { name: 'Plaintext' }).fill('first on the new way')
  await tryIt.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect(tryIt.getByRole('region', { name: 'Ciphertext', exact: true })).toBeVisible()
  await tryIt.getByRole('button', { name: 'Decrypt this' }).click()

  const manager = await page.context().newPage()
  await open(manager, { path: `key-manager/${externalKeys.ready[0]}?region=${region}` })
  await manager.getByRole('button', { name: 'Disable', exact: true }).click()
  await manager.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click()
  await expect(manager.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()

  const decrypt = tryIt.getByRole('button', { name: 'Decrypt', exact: true })
  await decrypt.click()
  await expect(tryIt.getByRole('alert')).toContainText('The external key is disabled at the key manager.')
  await expect(tryIt.getByRole('alert')).toContainText('external key manager')
  await manager.getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(manager.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()
  await decrypt.click()
  await expect(tryIt.getByRole('region', { name: 'Plaintext', exact: true })).toContainText('first on the new way')
})

test('from a file, through an endpoint service; disconnected and connected again', async ({ page }) => {
  test.slow()
  const { path, file } = await makeCredential(page)
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  await page.getByRole('link', { name: `Enable ${name}` }).click()
  const { dialog, field, secret, submit } = connectPanel(page)
  await dialog.getByText('Configuration file', { exact: true }).click()
  const input = dialog.locator('input[type="file"]')
  await input.setInputFiles({ name: 'bad.json', mimeType: 'application/json', buffer: Buffer.from('{"Port":"1"}') })
  await expect(dialog.getByRole('alert')).toContainText('It has a field that is not known: Port.')
  await input.setInputFiles(path)
  await expect(dialog.getByRole('status').filter({ hasText: 'was loaded' })).toBeVisible()
  await expect(field('AccessKey ID')).toHaveValue(file['AccessKeyId'] ?? 'none')
  await expect(secret).toHaveValue(file['AccessKeySecret'] ?? 'none')

  await dialog.getByText('VPC endpoint service', { exact: true }).click()
  const service = dialog.getByRole('combobox', { name: 'Endpoint service' })
  await service.selectOption({
    label: (await service.locator('option').filter({ hasText: 'one-zone' }).textContent()) ?? '',
  })
  await submit.click()
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText('The zones of the endpoint service are not those of the instance.')
  await service.selectOption({
    label: (await service.locator('option').filter({ hasText: 'hyok-proxy' }).textContent()) ?? '',
  })
  await submit.click()
  // Another name, another certificate.
  await expect(alert).toContainText('The certificate of the proxy has another fingerprint.')
  const found = (await alert.locator('[title^="sha256-"]').getAttribute('title')) ?? ''
  await field('Certificate fingerprint').fill(found)
  await submit.click()
  await expect(dialog).toBeHidden({ timeout: 20_000 })

  const connection = page.getByRole('region', { name: 'Connection to the external proxy' })
  await connection.getByRole('button', { name: 'Disconnect' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click()
  await connection.getByRole('button', { name: 'Reconnect' }).click()
  await expect(connection.getByRole('button', { name: 'Disconnect' })).toBeVisible({ timeout: 20_000 })
})
