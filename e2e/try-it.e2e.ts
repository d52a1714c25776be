/** Try it: what can be entered, what comes back, and that nothing of it is kept. */
import type { Locator, Page } from '@playwright/test'
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'
import { expectForgotten } from './kept.ts'

const keyPath = (alias: string): string => `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`
const canary = 'canary-7f3a91-plaintext'

const tryIt = (page: Page) => {
  const card = page.getByRole('region', { name: 'Try it', exact: true })
  const button = (name: string): Locator => card.getByRole('button', { name, exact: true })
  return {
    card,
    button,
    go: (name: string) => card.getByRole('tab', { name, exact: true }).click(),
    inputAs: card.getByRole('combobox', { name: 'Input as' }),
    plaintext: card.getByRole('textbox', { name: 'Plaintext' }),
    ciphertext: card.getByRole('textbox', { name: 'Ciphertext' }),
    file: card.locator('input[type="file"]'),
    /** What an answer's block holds. */
    output: (name: string) => card.getByRole('region', { name, exact: true }).locator('code'),
    shownAs: (name: string) => card.getByRole('combobox', { name: `Show ${name} as` }),
    /** Names its field once more for an answer of several blocks. */
    alert: card.getByRole('alert'),
    status: (text: RegExp | string) => card.getByRole('status').filter({ hasText: text }),
  }
}

async function addContext(group: Locator, name: string, value: string): Promise<void> {
  await group.getByRole('button', { name: 'Add entry' }).click()
  await group.getByRole('textbox', { name: /^Name/ }).last().fill(name)
  await group
    .getByRole('textbox', { name: /^Value/ })
    .last()
    .fill(value)
}

test('any text comes back as it was, under its context alone', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working) })
  const it = tryIt(page)
  const text = 'Grüße 密钥 🔐 مرحبا\n second line '
  await it.plaintext.fill(text)
  await addContext(it.card, 'purpose', 'тест')
  await it.button('Encrypt').click()
  await it.button('Decrypt this').click()
  await expect(it.card.getByRole('tab', { name: 'Decrypt' })).toBeFocused()
  await it.button('Decrypt').click()
  await expect.poll(() => it.output('Plaintext').textContent()).toBe(text)
  await it.shownAs('Plaintext').selectOption({ label: 'Hexadecimal' })
  await expect(it.output('Plaintext')).toHaveText(Buffer.from(text).toString('hex'))

  await it.card.getByLabel('Value 1').fill('other')
  await it.button('Decrypt').click()
  await expect(it.alert).toContainText('InvalidParameter')
  await expect(it.output('Plaintext')).toBeHidden()
})

test('text, Base64, hexadecimal and files are taken up to 6,144 bytes, and what is wrong is said at the field', async ({
  page,
}) => {
  await open(page, { path: keyPath(aliases.working) })
  const it = tryIt(page)
  const encrypt = it.button('Encrypt')
  await encrypt.click()
  await expect(it.plaintext).toHaveAttribute('aria-invalid', 'true')
  await it.plaintext.fill('x'.repeat(6145))
  await encrypt.click()
  await expect(it.plaintext).toHaveAccessibleDescription(/6,145, at most 6,144/)
  await expect(it.output('Ciphertext')).toBeHidden()
  await it.plaintext.fill('x'.repeat(6144))
  await encrypt.click()
  await expect(it.output('Ciphertext')).toBeVisible()

  await it.inputAs.selectOption({ label: 'Base64' })
  await it.plaintext.fill('not base64!')
  await encrypt.click()
  await expect(it.plaintext).toHaveAccessibleDescription(/Base64/)
  await it.inputAs.selectOption({ label: 'Hexadecimal' })
  await it.plaintext.fill('00 ff 8')
  await encrypt.click()
  await expect(it.plaintext).toHaveAccessibleDescription(/come in pairs/)
  await it.plaintext.fill('00:ff:80')
  await encrypt.click()
  await it.button('Decrypt this').click()
  await it.button('Decrypt').click()
  await expect(it.card.getByText('These bytes are not UTF-8 text.')).toBeVisible()
  await expect(it.output('Plaintext')).toHaveText('AP+A')

  await it.go('Encrypt')
  await it.inputAs.selectOption({ label: 'File' })
  await it.file.setInputFiles({ name: 'large.bin', mimeType: '', buffer: Buffer.alloc(6145) })
  await expect(it.card.getByText(/large.bin has 6,145 bytes; at most 6,144/)).toBeVisible()
  await expectNoAxeViolations(page)
  // Dropped, not chosen.
  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array([0, 1, 254, 255])], 'four.bin'))
    return data
  })
  await it.card.getByText('large.bin · 6,145 bytes').dispatchEvent('drop', { dataTransfer: dropped })
  await expect(it.card.getByText('four.bin · 4 bytes')).toBeVisible()
  await encrypt.click()
  await it.button('Decrypt this').click()
  await it.button('Decrypt').click()
  await expect(it.output('Plaintext')).toHaveText('AAH+/w==')
  const saved = page.waitForEvent('download')
  await it.button('Save: Plaintext').click()
  const stream = await (await saved).createReadStream()
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  expect(Buffer.concat(parts)).toEqual(Buffer.from([0, 1, 254, 255]))
})

test('a data key is masked until it is revealed, and nothing that was tried is kept', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working) })
  const it = tryIt(page)
  await it.plaintext.fill(canary)
  await it.button('Encrypt').click()
  await it.button('Decrypt this').click()
  await it.button('Decrypt').click()
  await expect(it.output('Plaintext')).toHaveText(canary)
  await expectForgotten(page, [canary])

  await it.go('Encrypt')
  await it.inputAs.selectOption({ label: 'File' })
  await it.file.setInputFiles({ name: 'canary.txt', mimeType: 'text/plain', buffer: Buffer.from(canary) })
  await it.button('Encrypt').click()
  await expect(it.output('Ciphertext')).toBeVisible()
  await expectForgotten(page, [canary])

  await it.go('Data key')
  await it.card.getByLabel('Length').selectOption({ label: 'A number of bytes' })
  const bytes = it.card.getByRole('textbox', { name: 'Number of bytes' })
  await bytes.fill('1025')
  await it.button('Generate').click()
  await expect(bytes).toHaveAccessibleDescription(/from 1 to 1,024/)
  await bytes.fill('24')
  await it.button('Generate').click()
  await expect(it.card.getByText('Hidden.', { exact: false })).toBeVisible()
  await expect(it.output('Data key, plaintext')).toBeHidden()
  await expectNoAxeViolations(page)
  await it.button('Reveal').click()
  const dataKey = (await it.output('Data key, plaintext').textContent()) ?? ''
  expect(Buffer.from(dataKey, 'base64')).toHaveLength(24)
  await expectForgotten(page, [dataKey])

  // Its ciphertext opens to the same key.
  await it.button('Decrypt this').click()
  await expect(page.getByText(dataKey)).toHaveCount(0)
  await it.button('Decrypt').click()
  await it.shownAs('Plaintext').selectOption({ label: 'Base64' })
  await expect(it.output('Plaintext')).toHaveText(dataKey)

  await it.go('Data key')
  await it.card.getByRole('radio', { name: 'Ciphertext only' }).check()
  await it.button('Generate').click()
  await expect(it.output('Data key, encrypted')).toBeVisible()
  await expect(it.button('Reveal')).toBeHidden()
})

test('a data key is exported under a public key of the page, unwrapped there and found the same', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working) })
  const it = tryIt(page)
  await it.go('Export')
  const publicKey = it.card.getByRole('textbox', { name: 'Public key' })
  await publicKey.fill('-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----')
  await it.button('Export').click()
  await expect(publicKey).toHaveAccessibleDescription(/private key/)
  await it.button('Make a key pair here to try').click()
  await expect(it.status('A key pair was made')).toBeVisible()
  await addContext(it.card, 'purpose', 'export')
  await it.button('Export').click()
  await expect(it.output('Wrapped data key')).toBeVisible()
  const sealed = (await it.output('Data key, encrypted').textContent()) ?? ''
  await it.button('Unwrap and compare').click()
  await expect(it.status('They match')).toContainText('32 bytes')
  await expectNoAxeViolations(page)
  await it.button('Reveal').click()
  const dataKey = (await it.output('Unwrapped data key').textContent()) ?? ''
  await expectForgotten(page, [dataKey])

  // The same data key once more, from its ciphertext, under another algorithm and so under another pair.
  await it.card.getByRole('radio', { name: 'One from its ciphertext' }).check()
  await it.ciphertext.fill(sealed)
  await it.card.getByLabel('Wrapping algorithm').selectOption('RSAES_OAEP_SHA_1')
  await expect(it.button('Make a key pair here to try')).not.toHaveAttribute('aria-busy', 'true')
  await it.button('Export').click()
  await it.button('Unwrap and compare').click()
  await expect(it.status('They match')).toBeVisible()
  await it.button('Reveal').click()
  await expect(it.output('Unwrapped data key')).toHaveText(dataKey)
})

test('a ciphertext moves to a software key under another context, and a dry run tells beforehand', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working) })
  const it = tryIt(page)
  await it.plaintext.fill(canary)
  await addContext(it.card, 'purpose', 'before')
  await it.button('Encrypt').click()
  await it.button('Re-encrypt this').click()
  const to = it.card.getByRole('combobox', { name: 'Encrypt under' })
  await it.button('Re-encrypt').click()
  await expect(to).toHaveAccessibleDescription(/Name the key/)
  await to.fill('apps/con')
  await page.getByRole('option', { name: 'alias/apps/config', exact: true }).click()
  await expect(it.card.getByText('alias/apps/config', { exact: true })).toBeVisible()
  const newContext = it.card.getByRole('group', { name: 'New encryption context' })
  await newContext.getByLabel('Value 1').fill('after')
  await it.card.getByRole('checkbox', { name: /Dry run/ }).check()
  await it.button('Re-encrypt').click()
  await expect(it.status('Dry run: it would succeed')).toContainText('DryRunOperationError')
  await expect(it.output('New ciphertext')).toBeHidden()
  await it.card.getByRole('checkbox', { name: /Dry run/ }).uncheck()
  await it.button('Re-encrypt').click()
  await expect(it.output('New ciphertext')).toBeVisible()
  await expectNoAxeViolations(page)
  await it.button('Decrypt this').click()
  await expect(it.card.getByLabel('Value 1')).toHaveValue('after')
  await it.button('Decrypt').click()
  await expect(it.output('Plaintext')).toHaveText(canary)
  await expect(it.card.getByText(/This ciphertext belongs to another key/)).toBeVisible()
  await expectForgotten(page, [canary])
})

test('whoever may not use the key is told so, and may ask by a dry run', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working), as: identities.auditor.accessKeyId, language: 'zh' })
  const card = page.getByRole('region', { name: '在线试用', exact: true })
  await card.getByRole('textbox', { name: '明文' }).fill('试')
  const encrypt = card.getByRole('button', { name: /^加密/ })
  await expect(encrypt).toHaveAccessibleDescription(/kms:Encrypt/)
  await card.getByRole('checkbox', { name: /试运行/ }).check()
  await encrypt.click()
  await expect(card.getByRole('status').filter({ hasText: '没有权限' })).toContainText(/隐式拒绝.*AccessDeniedError/s)
})

test('every kind of key can be tried that may be used; a service key cannot', async ({ page }) => {
  const it = tryIt(page)
  await open(page, { path: keyPath('alias/apps/config') })
  for (const alias of ['alias/apps/config', 'alias/core/batch']) {
    await page.goto(keyPath(alias))
    await it.plaintext.fill(alias)
    await it.button('Encrypt').click()
    await it.button('Decrypt this').click()
    await it.button('Decrypt').click()
    await expect(it.output('Plaintext')).toHaveText(alias)
  }
  await page.goto(keyPath('alias/acs/ecs'))
  await expect(it.card).toContainText('it is read-only here')
})

test('the blob of one key is not another key’s, although both stand on one external key', async ({ page }) => {
  const [first, second] = aliases.sameExternalKey
  await open(page, { path: keyPath(first) })
  const it = tryIt(page)
  await it.plaintext.fill('bound')
  await it.button('Encrypt').click()
  const blob = await it.output('Ciphertext').innerText()
  await page.goto(keyPath(second))
  await it.go('Decrypt')
  await it.ciphertext.fill(blob)
  await it.button('Decrypt').click()
  await expect(page.getByText(/This ciphertext belongs to another key/)).toBeVisible()
})
