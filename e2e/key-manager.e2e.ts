/** The key manager as its owner works with it: who called a key, a usage limit, its own log, its health, and deletion. */
import { aliases } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const externalKeyId = 'pay-card-vault-01'

test('a limit stops KMS at the manager, its log says who asked, and a deleted key is lost', async ({
  page,
  context,
}) => {
  test.slow()
  await open(page, { path: `keys/${encodeURIComponent(aliases.working)}?region=cn-hangzhou` })
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true })
  const answer = tryIt.getByRole('region', { name: 'Ciphertext', exact: true })
  await tryIt.getByRole('textbox', { name: 'Plaintext' }).fill('seen by the manager')
  const encrypt = tryIt.getByRole('button', { name: 'Encrypt', exact: true })
  await encrypt.click()
  await expect(answer).toBeVisible()

  const manager = await context.newPage()
  await open(manager, { path: 'key-manager?region=cn-hangzhou' })
  await expect(manager.getByRole('row', { name: new RegExp(externalKeyId) }).first()).toContainText('1 KMS key')
  await manager.getByRole('button', { name: 'Check now' }).click()
  await expect(manager.getByRole('region', { name: 'Health' })).toContainText('Working')
  await manager.getByRole('link', { name: externalKeyId, exact: true }).click()
  await expect(manager.getByRole('heading', { level: 1, name: externalKeyId })).toBeVisible()
  await expect(manager.getByRole('table', { name: 'KMS keys that called it' })).toContainText(/key\/key-[a-z0-9]+/)
  const log = manager.getByRole('table', { name: 'Requests received' })
  await expect(log.getByRole('row').filter({ hasText: 'encrypt' })).toContainText('200')
  await expectNoAxeViolations(manager)

  const limit = manager.getByRole('textbox', { name: 'Requests a minute' })
  const save = manager.getByRole('button', { name: 'Save' })
  await limit.fill('0')
  await expect(limit).toHaveAccessibleDescription(/A whole number from 1 to 60,000/)
  await limit.fill('1')
  await save.click()
  await expect(manager.getByRole('region', { name: 'Basic information' })).toContainText('1 a minute')

  await encrypt.click()
  await expect(answer).toBeVisible()
  await encrypt.click()
  const alert = tryIt.getByRole('alert')
  await expect(alert).toContainText('Request ID')
  const refused = log.getByRole('row').filter({ hasText: 'ThrottlingException' }).first()
  const requestId = (await alert.getByRole('link', { name: /^[0-9a-f-]{36}$/ }).textContent()) ?? ''
  await expect(refused.getByRole('link')).toHaveAttribute('href', new RegExp(`/activity/${requestId}`))
  await limit.fill('')
  await save.click()
  await expect(manager.getByRole('region', { name: 'Basic information' })).toContainText('None')
  await encrypt.click()
  await expect(answer).toBeVisible()

  await manager.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = manager.getByRole('alertdialog', { name: `Delete ${externalKeyId} for good?` })
  await expect(dialog).toContainText(/1 KMS key has asked for it:\s*acs:kms:cn-hangzhou:\d+:key\/key-/)
  const confirm = dialog.getByRole('button', { name: /^Delete/ })
  await expect(confirm).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('textbox').fill(externalKeyId)
  await expectNoAxeViolations(manager)
  await confirm.click()
  await expect(manager.getByRole('heading', { level: 1, name: 'External Key Manager' })).toBeVisible()
  await expect(manager.getByRole('link', { name: externalKeyId, exact: true })).toHaveCount(0)

  await encrypt.click()
  await expect(alert).toContainText('Request ID')
  await expect(page.getByText('No: one condition fails.')).toBeVisible()
  await manager.goBack()
  await expect(manager.getByRole('heading', { name: `There is no key ${externalKeyId}` })).toBeVisible()
})
