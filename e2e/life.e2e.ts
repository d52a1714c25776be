/** A key's life after it was made: disabled and enabled, protected, scheduled for deletion, saved from it, and gone. */
import type { Locator, Page } from '@playwright/test'
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolationsInBothThemes, open, test } from './fixtures.ts'

const dayMs = 24 * 60 * 60_000
const list = (alias: string): string => `keys?region=cn-hangzhou&alias=${alias}`
const keyPath = (alias: string): string => `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`
/** Enabled, unprotected, and used. */
const unprotected = 'alias/backup/nightly'

const dialogOf = (page: Page): Locator => page.getByRole('alertdialog')
const inDialog = (page: Page, name: string | RegExp): Locator => dialogOf(page).getByRole('button', { name })

async function choose(page: Page, entry: string, alias?: string): Promise<void> {
  await page
    .getByRole('button', { name: alias === undefined ? 'More' : `More actions for ${alias}`, exact: true })
    .click()
  await page.getByRole('menuitem', { name: new RegExp(`^${entry}`) }).click()
}

const advance = (page: Page, ms: number): Promise<void> =>
  page.evaluate((by) => window.kmsLab?.advanceClock(by), ms) as Promise<void>

test.describe('disabling', () => {
  // One answer is lost on purpose.
  test.use({ fresh: true, allowedProblems: [/resulted in a network error response/] })

  test('a key is disabled once it is known what depends on it, and enabled again', async ({ page }) => {
    await open(page, { path: list(aliases.ordersService), theme: 'system' })
    await page.getByRole('button', { name: `Disable ${aliases.ordersService}` }).click()
    const dialog = dialogOf(page)
    await expect(dialog).toContainText('cannot be decrypted')
    await expect(inDialog(page, 'Cancel')).toBeFocused()
    await expect(inDialog(page, 'Skip the detection')).toBeVisible()
    await expect(inDialog(page, /^Disable Key/)).toHaveAccessibleDescription(/Wait for the detection/)

    await expect(dialog).toContainText('Last detection: now')
    await expect(dialog.getByText('ApsaraDB RDS: 1 resource')).toBeVisible()
    await expect(dialog).toContainText('orders-db-prod')
    await expect(dialog).toContainText('Object Storage Service: nothing found')
    await expect(dialog).toContainText('alias/orders/db-primary')
    await expect(dialog).toContainText('1203456789012345 (owner)')
    await expect(dialog).toContainText('role/order-app')
    await expect(dialog.getByRole('link', { name: aliases.sameExternalKey[1] })).toHaveAttribute('target', '_blank')
    await expect(dialog).toContainText('These are known dependants')
    await expectNoAxeViolationsInBothThemes(page)

    await page.evaluate(() =>
      window.kmsLab?.setFaults([{ id: 'once', hop: 'kms', kind: 'error', action: 'DisableKey', times: 1 }]),
    )
    await inDialog(page, 'Disable Key').click()
    await expect(dialog.getByRole('alert')).toContainText('The service cannot answer at the moment')
    await expect(dialog.getByRole('button', { name: 'Copy Request ID' })).toBeVisible()
    await page.evaluate(() =>
      window.kmsLab?.setFaults([{ id: 'lost', hop: 'kms', kind: 'lostAnswer', action: 'DisableKey', times: 1 }]),
    )
    await inDialog(page, 'Disable Key').click()
    await expect(dialog).toContainText('Whether the request was carried out is not known')
    await expect(dialog).toContainText('The key is disabled by now')
    await inDialog(page, 'Cancel').click()
    await page.getByRole('button', { name: `Enable ${aliases.ordersService}` }).click()
    await expect(page.getByRole('button', { name: `Disable ${aliases.ordersService}` })).toBeFocused()
  })
})

test('the detection is kept with its age, made again when asked, and can be skipped', async ({ page }) => {
  await open(page, { path: keyPath(aliases.crossAccount) })
  const card = page.getByRole('region', { name: 'Key Association Detection' })
  await expect(card).toContainText('Not detected yet')
  await expect(card).toContainText('1309876543210987 (by the key policy)')

  const slow = { id: 'slow', hop: 'kms', kind: 'latency', action: 'DetectKeyAssociations', ms: 4000, times: 1 } as const
  await page.evaluate((fault) => window.kmsLab?.setFaults([fault]), slow)
  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await inDialog(page, 'Skip the detection').click()
  await expect(dialogOf(page)).toContainText('The detection is skipped')
  await expect(inDialog(page, 'Disable Key')).toBeEnabled()
  await inDialog(page, 'Cancel').click()

  await expect(card).toContainText('Last detection')
  await expect(card).toContainText('example-settlement-outbox')
  await expect(card).toContainText('1 resource of account 1309876543210987')
  await advance(page, 3 * 60 * 60_000)
  await expect(card).toContainText('3 hours ago')
  await card.getByRole('button', { name: 'Detect again' }).click()
  await expect(card).toContainText('Last detection: now')
})

test('a deletion: refused by protection, confirmed by name, attempted to use, cancelled, and at last carried out', async ({
  page,
  context,
}) => {
  test.slow()
  const alias = aliases.working
  await open(page, { path: keyPath(alias), theme: 'system' })
  await page.getByLabel('Plaintext').fill('kept')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  const ciphertext = await page.getByRole('region', { name: 'Ciphertext', exact: true }).innerText()

  await choose(page, 'Schedule Key Deletion')
  const dialog = dialogOf(page)
  const days = dialog.getByLabel('Waiting period')
  const name = dialog.getByLabel(/^To confirm/)
  const schedule = inDialog(page, /^Schedule Key Deletion/)
  await expect(inDialog(page, 'Cancel')).toBeFocused()
  await expect(dialog).toContainText('Disabling is the safer way')
  await expect(dialog).toContainText('Card data cannot be read without this key.')
  await expect(schedule).toHaveAccessibleDescription(/Turn it off first/)
  await expectNoAxeViolationsInBothThemes(page)
  await inDialog(page, 'Turn off deletion protection').click()
  await expect(days).toBeFocused()
  await expect(days).toHaveValue('30')
  await days.fill('6')
  await expect(dialog).toContainText('Enter a whole number from 7 to 366.')
  await days.fill('7')
  await expect(dialog).toContainText('Last detection: now')
  await expect(schedule).toHaveAccessibleDescription(/Type the key’s alias or its key ID/)
  await name.fill('alias/payments')
  await expect(schedule).toBeDisabled()
  await name.fill(alias)
  await expect(dialog).toContainText(/To be deleted at \d{4}-\d\d-\d\d \d\d:\d\d UTC · .* UTC/)
  await schedule.click()
  await expect(dialog).toBeHidden()

  await expect(page.getByText('This key waits for its deletion')).toBeVisible()
  await expect(page.getByText(/^(7 days 0|6 days 23) hours left$/)).toBeVisible()
  await expect(page.getByText('Nobody has tried to use it')).toBeVisible()
  const other = await context.newPage()
  await open(other, { path: keyPath(aliases.crossAccount), as: identities.cryptoApp.accessKeyId })
  await other.getByRole('tab', { name: 'Decrypt' }).click()
  const tryIt = other.getByRole('region', { name: 'Try it' })
  const refusal = tryIt.getByRole('alert')
  await tryIt.getByRole('textbox', { name: /^Ciphertext/ }).fill(ciphertext)
  await tryIt.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(refusal).toContainText('pending deletion')
  await expect(page.getByText('1 attempt to use it since the deletion was scheduled')).toBeVisible()
  await expect(page.getByText('user/crypto-app').first()).toBeVisible()

  await page.getByRole('button', { name: 'Cancel Key Deletion' }).click()
  await expect(dialog).toContainText('It is Enabled afterwards')
  await expectNoAxeViolationsInBothThemes(page)
  await inDialog(page, 'Cancel Key Deletion').click()
  await expect(page.getByText('This key waits for its deletion')).toBeHidden()
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()

  await choose(page, 'Schedule Key Deletion')
  await days.fill('7')
  await name.fill(alias)
  await schedule.click()
  await expect(page.getByText('This key waits for its deletion')).toBeVisible()
  await advance(page, 7 * dayMs + 60_000)
  await expect(page.getByRole('heading', { name: 'This key is not here' })).toBeVisible()
  await other.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(refusal).toContainText('no such key')
})

test('protection is turned on with its reason, reworded and turned off; the safer verb is one press away', async ({
  page,
}) => {
  await open(page, { path: list(unprotected), theme: 'system' })
  const dialog = dialogOf(page)
  await choose(page, 'Enable Deletion Protection', unprotected)
  await dialog.getByLabel('Description').fill('x'.repeat(8193))
  await expect(inDialog(page, /^Enable Deletion Protection/)).toHaveAccessibleDescription(/at most 8,192/)
  await dialog.getByLabel('Description').fill('Nightly backups')
  await expectNoAxeViolationsInBothThemes(page)
  await inDialog(page, 'Enable Deletion Protection').click()
  await expect(dialog).toBeHidden()
  await choose(page, 'Edit Protection Description', unprotected)
  await expect(dialog.getByLabel('Description')).toHaveValue('Nightly backups')
  await dialog.getByLabel('Description').fill('Nightly and weekly backups')
  await inDialog(page, 'Edit Protection Description').click()
  await expect(dialog).toBeHidden()
  await choose(page, 'Disable Deletion Protection', unprotected)
  await expect(dialog).toContainText('Nightly and weekly backups')
  await expectNoAxeViolationsInBothThemes(page)
  await inDialog(page, 'Disable Deletion Protection').click()
  await expect(dialog).toBeHidden()

  // Nothing is known of what depends on the key: that is said, and the decision stays the person's.
  await page.evaluate(() =>
    window.kmsLab?.setFaults([{ id: 'down', hop: 'kms', kind: 'error', action: 'DescribeKeyAssociations' }]),
  )
  await choose(page, 'Schedule Key Deletion', unprotected)
  await expect(dialog.getByRole('alert')).toContainText('What depends on this key could not be read')
  await expect(dialog.getByRole('region', { name: 'What depends on this key' })).toContainText(unprotected)
  await dialog.getByLabel(/^To confirm/).fill(unprotected)
  await expect(inDialog(page, 'Schedule Key Deletion')).toBeEnabled()
  const askedAgain = page.waitForRequest((request) => request.headers()['x-acs-action'] === 'DescribeKeyAssociations')
  await inDialog(page, 'Try again').click()
  await askedAgain
  await page.evaluate(() => window.kmsLab?.setFaults([]))
  // From here on the console may ask again by itself, when something else changes: the button is then another.
  await inDialog(page, /^(?:Try|Detect) again$/).click()
  await expect(inDialog(page, 'Detect again')).toBeVisible()
  await inDialog(page, 'Disable instead').click()
  await expect(dialog.getByRole('heading', { name: `Disable ${unprotected}?` })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: `More actions for ${unprotected}` }).click()
  await page.getByRole('menuitem', { name: 'Tags' }).click()
  await expect(page.locator('#tags')).toBeFocused()
})

test('somebody else is faster: each dialog says so, and keeps what was typed', async ({ page, context }) => {
  await open(page, { path: keyPath(unprotected) })
  const other = await context.newPage()
  await open(other, { path: keyPath(unprotected) })
  const dialog = dialogOf(page)

  await choose(page, 'Schedule Key Deletion')
  await dialog.getByLabel(/^To confirm/).fill(unprotected)
  await expect(inDialog(page, 'Schedule Key Deletion')).toBeEnabled()
  await choose(other, 'Enable Deletion Protection')
  await dialogOf(other).getByLabel('Description').fill('Not today')
  await inDialog(other, 'Enable Deletion Protection').click()
  await expect(dialog).toContainText('Deletion protection is on')
  await expect(dialog).toContainText('Not today')
  await expect(inDialog(page, /^Schedule Key Deletion/)).toBeDisabled()
  await expect(dialog.getByLabel(/^To confirm/)).toHaveValue(unprotected)
  await inDialog(page, 'Cancel').click()

  await choose(page, 'Edit Protection Description')
  await dialog.getByLabel('Description').fill('Typed with care')
  await choose(other, 'Disable Deletion Protection')
  await inDialog(other, 'Disable Deletion Protection').click()
  await expect(dialog).toContainText('Deletion protection is off by now')
  await choose(other, 'Schedule Key Deletion')
  await dialogOf(other)
    .getByLabel(/^To confirm/)
    .fill(unprotected)
  await inDialog(other, 'Schedule Key Deletion').click()
  await expect(dialogOf(other)).toBeHidden()
  // A page that never heard of the date could not say that it has come.
  await expect(page.getByText('This key waits for its deletion')).toBeVisible()
  await advance(other, 31 * dayMs)
  await expect(dialog).toContainText('The deletion fell due: this key no longer exists')
  await expect(inDialog(page, /^Edit Protection Description/)).toBeDisabled()
  await expect(dialog.getByLabel('Description')).toHaveValue('Typed with care')
  await inDialog(page, 'Cancel').click()
  await expect(page.getByRole('heading', { name: 'This key is not here' })).toBeVisible()
})

test('a deletion falls due while the dialog that would cancel it is open', async ({ page }) => {
  await open(page, { path: list(aliases.pendingDeletion) })
  await page.getByRole('button', { name: `Cancel the deletion of ${aliases.pendingDeletion}` }).click()
  await expect(dialogOf(page)).toContainText('Deletion planned for')
  await advance(page, 13 * dayMs)
  await expect(dialogOf(page)).toContainText('The deletion fell due: this key no longer exists.')
  await expect(inDialog(page, /^Cancel Key Deletion/)).toBeDisabled()
  await inDialog(page, 'Cancel').first().click()
  await expect(page.getByRole('heading', { name: 'No key matches these filters' })).toBeVisible()
})

test('who may not do it reads which permission is missing, at every verb', async ({ page }) => {
  await open(page, { path: keyPath(aliases.working), as: identities.auditor.accessKeyId })
  await expect(page.getByRole('button', { name: /^Disable/ })).toHaveAccessibleDescription(/You lack kms:DisableKey/)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  for (const [entry, permission] of [
    ['Disable Deletion Protection', 'kms:SetDeletionProtection'],
    ['Schedule Key Deletion', 'kms:ScheduleKeyDeletion'],
  ] as const) {
    const item = page.getByRole('menuitem', { name: new RegExp(`^${entry}`) })
    await expect(item).toBeDisabled()
    await expect(item).toContainText(`You lack ${permission}`)
  }
  await page.keyboard.press('Escape')
  const card = page.getByRole('region', { name: 'Key Association Detection' })
  await card.getByRole('button', { name: 'Detect' }).click()
  await expect(card).toContainText('Last detection: now')

  await page
    .getByRole('button', { name: /^auditor|auditor/ })
    .first()
    .click()
  await page.getByRole('option', { name: /^crypto-app/ }).click()
  await expect(card).toContainText('you lack kms:DescribeKeyAssociations')
})

test.describe('在中国时区', () => {
  test.use({ fresh: true, timezoneId: 'Asia/Shanghai' })

  test('只用键盘：计划删除密钥并取消', async ({ page }) => {
    const alias = 'alias/backup/weekly'
    await open(page, { path: list(alias), language: 'zh' })
    const more = page.getByRole('button', { name: `${alias} 的更多操作` })
    await more.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menuitem', { name: '开启删除保护' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    const dialog = dialogOf(page)
    await expect(inDialog(page, '取消')).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(more).toBeFocused()

    await page.keyboard.press('ArrowDown')
    await expect(page.getByRole('menuitem', { name: '开启删除保护' })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(dialog).toContainText('密钥已禁用')
    await expect(dialog).toContainText('最近检测：现在')
    await expect(dialog.locator(':focus')).toBeVisible()
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.type(alias)
    await page.keyboard.press('Shift+Tab')
    await page.keyboard.press('Control+A')
    await page.keyboard.type('366')
    await expect(dialog).toContainText(/预计删除时间：.*\d{4}-\d\d-\d\d \d\d:\d\d GMT\+8 · .* UTC/)
    for (let step = 0; step < 3; step++) await page.keyboard.press('Tab')
    await expect(inDialog(page, '计划删除密钥')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(dialog).toBeHidden()
    await expect(page.getByText(/^剩余 36[56] 天 \d+ 小时$/)).toBeVisible()

    const cancel = page.getByRole('button', { name: `取消删除 ${alias}` })
    await cancel.focus()
    await page.keyboard.press('Enter')
    await expect(dialog).toContainText('取消后密钥状态为启用中')
    await expect(dialog.locator(':focus')).toBeVisible()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: `禁用 ${alias}` })).toBeVisible()
  })
})
