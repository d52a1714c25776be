/** The console as other people of the account see it. */
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const keyPath = (alias: string): string => `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`

test('acting as another identity changes the whole console at once, and is kept over a reload', async ({ page }) => {
  await open(page, { path: 'keys?region=cn-hangzhou&size=50' })
  await expect(page.getByRole('link', { name: aliases.working, exact: true })).toBeVisible()
  await page.getByRole('button', { name: /example-main/ }).click()
  await page.getByRole('option', { name: /^intern/ }).click()
  await expect(page.getByRole('link', { name: aliases.working, exact: true })).toBeHidden()
  await expect(page.getByText(/kms:List/).first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: /intern/ })).toBeVisible()
})

test('one who may see nothing is told which permission is missing, and who could give it', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working), as: identities.intern.accessKeyId })
  const denied = page.getByRole('status').filter({ hasText: 'You may not see this key' })
  await expect(denied).toContainText(/kms:DescribeKey.*user\/intern.*Implicit deny: neither the key policy nor a RAM/s)
  await expect(denied).toContainText(/By the key policy \(kms:SetKeyPolicy\): .*key-admin \(密钥管理员\)/)
  await expect(denied).toContainText(/By RAM \(ram:AttachPolicyToUser\): directory-admin/)
  await expect(denied).toContainText('One of the two is enough.')
  await expectNoAxeViolations(page)

  // The explanation of just this, filled in.
  await denied.getByRole('link', { name: 'Explain' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Explain access')
  await expect(page.getByLabel('Permission')).toHaveValue('kms:DescribeKey')
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(/intern may not do kms:DescribeKey/)

  await page.goto('keys?region=cn-hangzhou')
  const list = page.getByRole('status').filter({ hasText: 'You may not see this list' })
  await expect(list).toContainText(/kms:ListKmsInstances.*By RAM \(ram:AttachPolicyToUser\): directory-admin/s)
  await expect(page.getByRole('link', { name: aliases.working, exact: true })).toBeHidden()
})

test('one who may only use keys encrypts and decrypts, and may not disable', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working), as: identities.cryptoApp.accessKeyId })
  await page.getByLabel('Plaintext').fill('for the card vault')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await page.getByRole('button', { name: 'Decrypt this' }).click()
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Plaintext', exact: true })).toHaveText('for the card vault')

  const policy = page.getByRole('region', { name: 'Key policy' })
  await policy.getByText('Why, and who could change it').click()
  await expect(policy).toContainText(/kms:GetKeyPolicy.*By the key policy \(kms:SetKeyPolicy\).*key-admin/s)
  const disable = page.getByRole('button', { name: /^Disable/ })
  await expect(disable).toBeDisabled()
  await expect(disable).toHaveAccessibleDescription(/You lack kms:DisableKey/)
  await page.getByText(/\d+ things that crypto-app may not do with this key/).click()
  await page.getByRole('link', { name: 'Explain kms:DisableKey' }).click()
  await expect(page.getByRole('region', { name: 'Answer' })).toContainText(/crypto-app may not do kms:DisableKey/)
})

test('one whose name stands in the key policy needs no RAM policy', async ({ page }) => {
  await open(page, { path: keyPath(aliases.ordersService), as: identities.ordersService.accessKeyId })
  await page.getByRole('textbox', { name: 'Plaintext' }).fill('order 1')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Ciphertext', exact: true })).toBeVisible()
})
