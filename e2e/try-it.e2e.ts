/** Try it: what can be typed, what comes back, and that nothing of it is kept. */
import { aliases } from '#mocks/scenarios/names.ts'
import { expect, open, test } from './fixtures.ts'

const keyPath = (alias: string): string => `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`
const canary = 'canary-7f3a91-plaintext'

test.beforeEach(async ({ page }) => {
  await open(page, { path: keyPath(aliases.working) })
})

test('any text comes back as it was, under its context alone', async ({ page }) => {
  const text = 'Grüße 密钥 🔐 مرحبا\n second line '
  await page.getByLabel('Plaintext').fill(text)
  await page.getByRole('button', { name: 'Add entry' }).click()
  await page.getByLabel('Name 1').fill('purpose')
  await page.getByLabel('Value 1').fill('тест')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await page.getByRole('button', { name: 'Decrypt this' }).click()
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect
    .poll(() => page.getByRole('region', { name: 'Plaintext', exact: true }).locator('code').textContent())
    .toBe(text)

  await page.getByLabel('Value 1').fill('other')
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByRole('alert')).toContainText('InvalidParameter')
  await expect(page.getByRole('region', { name: 'Plaintext', exact: true })).toBeHidden()
})

test('6,144 bytes are taken; one more, and what is not Base64, is refused at the field', async ({ page }) => {
  const plaintext = page.getByLabel('Plaintext')
  const encrypt = page.getByRole('button', { name: 'Encrypt', exact: true })
  await encrypt.click()
  await expect(plaintext).toHaveAttribute('aria-invalid', 'true')
  await plaintext.fill('x'.repeat(6145))
  await encrypt.click()
  await expect(page.getByText(/6,144/).first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Ciphertext', exact: true })).toBeHidden()
  await plaintext.fill('x'.repeat(6144))
  await encrypt.click()
  await expect(page.getByRole('region', { name: 'Ciphertext', exact: true })).toBeVisible()

  await page.getByLabel('Input as').selectOption({ label: 'Base64' })
  await plaintext.fill('not base64!')
  await encrypt.click()
  await expect(plaintext).toHaveAttribute('aria-invalid', 'true')
  await expect(plaintext).toHaveAccessibleDescription(/Base64/)
})

test('nothing typed or returned is stored, or put into the address', async ({ page }) => {
  await page.getByLabel('Plaintext').fill(canary)
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await page.getByRole('button', { name: 'Decrypt this' }).click()
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Plaintext', exact: true })).toHaveText(canary)
  const kept = await page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href]
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('The database does not open.'))
      })
      for (const table of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve) => {
          const request = db.transaction(table).objectStore(table).getAll()
          request.onsuccess = () => resolve(request.result)
        })
        texts.push(JSON.stringify(rows))
      }
      db.close()
    }
    return texts
  })
  expect(kept.join('').length, 'something was looked at').toBeGreaterThan(1000)
  for (const secret of [canary, btoa(canary)]) expect(kept.join('\n')).not.toContain(secret)
})

test('the blob of one key is not another key’s, although both stand on one external key', async ({ page }) => {
  const [first, second] = aliases.sameExternalKey
  await page.goto(keyPath(first))
  await page.getByLabel('Plaintext').fill('bound')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  const blob = await page.getByRole('region', { name: 'Ciphertext', exact: true }).innerText()
  await page.goto(keyPath(second))
  await page.getByRole('tab', { name: 'Decrypt' }).click()
  await page.getByLabel('Ciphertext (Base64)').fill(blob)
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByText(/This ciphertext belongs to another key/)).toBeVisible()
})
