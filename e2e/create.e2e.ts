/** Creating a KMS key for an external key: the whole way, and every way in which it may not go well. */
import { aliases, externalKeys } from '#mocks/scenarios/names.ts'
import {
  countOf,
  createdNotice,
  firstRow,
  list,
  openPanel,
  panel,
  paste,
  recordRequests,
  setFaults,
} from './create-panel.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const [ready, otherReady] = externalKeys.ready

test('an external key made at the manager, a KMS key on it, encrypt, reload, decrypt', async ({ page }) => {
  await open(page, { path: 'key-manager?region=cn-hangzhou' })
  await page.getByRole('button', { name: 'Create key' }).click()
  const manager = page.getByRole('dialog', { name: 'Create a key in the key manager' })
  await manager.getByRole('textbox', { name: 'External key ID' }).fill('story-0001')
  await manager.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.getByText('story-0001 is ready')).toBeVisible()

  await page.getByRole('link', { name: 'Create KMS key' }).click()
  await page.getByRole('button', { name: 'Create Key' }).click()
  const parts = panel(page)
  await parts.externalKeyId.fill('story-0001')
  await expect(parts.dialog.getByText(/The proxy answers: ENABLED, AES_256 \(\d+ ms, simulated\)/)).toBeVisible()
  await parts.alias.fill('story/first')
  await parts.addTag.click()
  await expect(parts.tagKey(1)).toBeFocused()
  await page.keyboard.type('env')
  await parts.tagValue(1).fill('test')
  await parts.description.fill('Erzählung 密钥 🔐')
  await expect(parts.dialog.getByText('This instance is not shared.')).toBeVisible()
  await parts.ok.click()

  await expect(createdNotice(page)).toContainText(/acs:kms:cn-hangzhou:\d{16}:key\/key-/)
  await expect(firstRow(page)).toContainText('alias/story/first')
  await expect(firstRow(page)).toContainText('story-0001')
  await expect(firstRow(page)).toContainText('env: test')

  await createdNotice(page).getByRole('link', { name: 'Try it' }).click()
  await page.getByLabel('Plaintext').fill('told once')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  const ciphertext = await page.getByRole('region', { name: 'Ciphertext', exact: true }).innerText()
  await page.reload()
  await expect(page.getByText('Erzählung 密钥 🔐')).toBeVisible()
  await page.getByRole('tab', { name: 'Decrypt' }).click()
  await page.getByRole('textbox', { name: 'Ciphertext' }).fill(ciphertext)
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Plaintext', exact: true })).toHaveText('told once')
})

test.describe('the check of the external key', () => {
  const findings = [
    [ready, /The proxy answers: ENABLED, AES_256/],
    [externalKeys.disabled, /disabled in the key manager/],
    [externalKeys.unknown, /does not know this ID/],
    [externalKeys.encryptOnly, /may both encrypt and decrypt/],
  ] as const

  for (const [id, words] of findings)
    test(`says of ${id} what the proxy says, and blocks nothing`, async ({ page }) => {
      const parts = await openPanel(page)
      await parts.externalKeyId.fill(id)
      await expect(parts.dialog.getByText(words)).toBeVisible()
      await expect(parts.ok).toBeEnabled()
    })

  test('waits for a pause in typing, and asks once', async ({ page }) => {
    const sent = recordRequests(page)
    const parts = await openPanel(page)
    await parts.externalKeyId.pressSequentially(ready, { delay: 20 })
    await expect(parts.dialog.getByText('The proxy answers: ENABLED')).toBeVisible()
    const checks = sent.filter(({ parameters }) => ready.startsWith(parameters.get('ExternalKeyId.1') ?? '-'))
    expect(checks).toHaveLength(1)
  })

  test('names the KMS keys that use the external key already', async ({ page }) => {
    await open(page, { path: `${list}&alias=${aliases.ordersService}` })
    const cell = firstRow(page).getByRole('cell', { name: /^orders-db-/ })
    const id = await cell.textContent()
    await page.getByRole('button', { name: 'Create Key' }).click()
    const parts = panel(page)
    await parts.externalKeyId.fill(id ?? '')
    await expect(parts.dialog.getByText('2 KMS keys use this external key:')).toBeVisible()
    for (const alias of aliases.sameExternalKey)
      await expect(parts.dialog.getByRole('link', { name: alias, exact: true })).toBeVisible()
  })

  test('says that the proxy is out of reach', async ({ page }) => {
    const parts = await openPanel(page, { scenario: 'proxy-down' })
    await parts.externalKeyId.fill(ready)
    await expect(parts.dialog.getByText(/The ID is not checked; KMS asks the proxy again/)).toBeVisible()
    await parts.ok.click()
    await expect(parts.externalKeyId).toHaveAccessibleDescription(/Rejected\.Unavailable/)
  })
})

test('every field refuses in the words of its rule, at once, and nothing is sent', async ({ page }) => {
  const sent = recordRequests(page)
  const parts = await openPanel(page)
  await parts.alias.fill('acs/reserved')
  for (const [row, key, value] of [
    [1, 'aliyunTag', 'x'],
    [2, 'twice', 'x'],
    [3, 'twice', 'not allowed'],
  ] as const) {
    await parts.addTag.click()
    await parts.tagKey(row).fill(key)
    await parts.tagValue(row).fill(value)
  }
  await parts.description.fill('x'.repeat(8193))
  await parts.customPolicy.check()
  await parts.ok.click()

  await expect(parts.externalKeyId).toBeFocused()
  await expect(parts.externalKeyId).toHaveAccessibleDescription(/Required/)
  await expect(parts.alias).toHaveAccessibleDescription(/begin with “alias\/acs” are reserved/)
  await expect(parts.tagKey(1)).toHaveAccessibleDescription(/begin with “aliyun” are reserved/)
  await expect(parts.tagKey(3)).toHaveAccessibleDescription(/“twice” is there already/)
  await expect(parts.tagValue(3)).toHaveAccessibleDescription(/Spaces and line breaks are not allowed/)
  await expect(parts.description).toHaveAccessibleDescription(/8,193, at most 8,192/)
  await expect(parts.policy).toHaveAccessibleDescription(/choose the default policy/)
  for (const wrong of [parts.externalKeyId, parts.alias, parts.tagKey(1), parts.tagValue(3), parts.description])
    await expect(wrong).toHaveAttribute('aria-invalid', 'true')
  await expect(parts.tagKey(2)).not.toHaveAttribute('aria-invalid')
  expect(countOf(sent, 'CreateKey')).toBe(0)
  await expectNoAxeViolations(page)

  await parts.alias.fill('fine')
  await expect(parts.alias).not.toHaveAttribute('aria-invalid')
})

test('at most 20 tags; pasted lines take rows of their own; a pasted alias loses its prefix', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.addTag.click()
  const lines = Array.from({ length: 19 }, (_, index) => `key${index}=value${index}`)
  await paste(parts.tagKey(1), lines.join('\n'))
  await expect(parts.tagValue(19)).toHaveValue('value18')
  await parts.addTag.click()
  await expect(parts.tagKey(20)).toBeFocused()
  await expect(parts.addTag).toBeDisabled()
  await expect(parts.addTag).toHaveAccessibleDescription(/at most 20/)
  await parts.dialog.getByRole('button', { name: 'Remove tag 20' }).click()
  await expect(parts.dialog.getByRole('button', { name: 'Remove tag 19' })).toBeFocused()

  await paste(parts.alias, 'alias/orders/new')
  await expect(parts.alias).toHaveValue('orders/new')
})

test('the API’s refusal lands on its field with its message, code and request ID', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.externalKeyId.fill(externalKeys.unknown)
  await parts.alias.fill('kept')
  await parts.ok.click()
  await expect(parts.externalKeyId).toBeFocused()
  await expect(parts.externalKeyId).toHaveAccessibleDescription(/KMS refused this external key/)
  await expect(parts.externalKeyId).toHaveAccessibleDescription(/The key manager has no such key/)
  await expect(parts.externalKeyId).toHaveAccessibleDescription(/InvalidParameter/)
  await expect(parts.dialog.getByRole('button', { name: 'Copy Request ID' })).toBeVisible()
  await expect(parts.alias, 'nothing typed is lost').toHaveValue('kept')

  await parts.externalKeyId.fill(ready)
  await expect(parts.externalKeyId).not.toHaveAttribute('aria-invalid')
  await parts.ok.click()
  await expect(createdNotice(page)).toBeVisible()
  await expect(firstRow(page)).toContainText('alias/kept')
  await page.getByRole('button', { name: 'Create Key' }).click()
  await expect(parts.externalKeyId, 'the next key begins empty').toHaveValue('')
})

test('a panel closed by accident keeps its input; Cancel asks only if something was typed', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.cancel.click()
  await expect(parts.dialog).toBeHidden()

  const open = (): Promise<void> => page.getByRole('button', { name: 'Create Key' }).click()
  await open()
  await parts.externalKeyId.fill(ready)
  await parts.addTag.click()
  await parts.tagKey(1).fill('env')
  await page.keyboard.press('Escape')
  await expect(parts.dialog).toBeHidden()
  await open()
  await expect(parts.externalKeyId).toHaveValue(ready)
  await page.mouse.click(5, 400)
  await expect(parts.dialog).toBeHidden()
  await page
    .getByRole('link', { name: /External key manager/i })
    .first()
    .click()
  await expect(page).toHaveURL(/key-manager/)
  await page.goBack()
  await open()
  await expect(parts.tagKey(1)).toHaveValue('env')

  const question = page.getByRole('alertdialog', { name: 'Discard what you have typed?' })
  await parts.cancel.click()
  await question.getByRole('button', { name: 'Keep editing' }).click()
  await expect(parts.externalKeyId).toHaveValue(ready)
  await parts.cancel.click()
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(parts.dialog).toBeHidden()
  await open()
  await expect(parts.externalKeyId).toHaveValue('')
  await expect(parts.tagKey(1)).toBeHidden()
})

test('a double click makes one key', async ({ page }) => {
  const sent = recordRequests(page)
  const parts = await openPanel(page)
  await setFaults(page, [{ id: 'slow', hop: 'kms', kind: 'latency', action: 'CreateKey', ms: 500 }])
  await parts.externalKeyId.fill(ready)
  await parts.ok.click({ clickCount: 3 })
  await expect(createdNotice(page)).toBeVisible()
  expect(countOf(sent, 'CreateKey')).toBe(1)
})

test.describe('after a lost answer', () => {
  // A broken connection is what the fault is about; the service worker's own log of it is no failure.
  test.use({ allowedProblems: [/resulted in a network error response/] })
  const question = 'Was the key created?'

  test('the key that was made is found and taken, and gets its alias', async ({ page }) => {
    const sent = recordRequests(page)
    const parts = await openPanel(page)
    await setFaults(page, [{ id: 'lost', hop: 'kms', kind: 'lostAnswer', action: 'CreateKey', times: 1 }])
    await parts.externalKeyId.fill(ready)
    await parts.alias.fill('lost/found')
    await parts.ok.click()
    const lost = page.getByRole('dialog', { name: question })
    await expect(lost.getByText('Since your request')).toBeVisible()
    await expectNoAxeViolations(page)
    await lost.getByRole('button', { name: /^It is this one/ }).click()
    await expect(createdNotice(page)).toBeVisible()
    await expect(firstRow(page)).toContainText('alias/lost/found')
    expect(countOf(sent, 'CreateKey'), 'never repeated by itself').toBe(1)
  })

  test('the key that was not made is created again, and the question outlives the panel', async ({ page }) => {
    const sent = recordRequests(page)
    const parts = await openPanel(page)
    await setFaults(page, [{ id: 'cut', hop: 'kms', kind: 'unreachable', action: 'CreateKey', times: 1 }])
    await parts.externalKeyId.fill(otherReady)
    await parts.ok.click()
    const lost = page.getByRole('dialog', { name: question })
    await expect(lost.getByText(/most likely the key was not created/)).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(lost).toBeHidden()
    await page.getByRole('button', { name: 'Create Key' }).click()
    await lost.getByRole('button', { name: 'Create again' }).click()
    await expect(createdNotice(page)).toBeVisible()
    expect(countOf(sent, 'CreateKey')).toBe(2)
  })

  test('one may go back to the form, with everything in it', async ({ page }) => {
    const parts = await openPanel(page)
    await setFaults(page, [{ id: 'cut', hop: 'kms', kind: 'unreachable', action: 'CreateKey', times: 1 }])
    await parts.externalKeyId.fill(ready)
    await parts.alias.fill('still/here')
    await parts.ok.click()
    await page.getByRole('dialog', { name: question }).getByRole('button', { name: 'Back to the form' }).click()
    await expect(parts.externalKeyId).toHaveValue(ready)
    await expect(parts.alias).toHaveValue('still/here')
  })
})

test.describe('the key is made and its alias refused', () => {
  test('exactly that is said, and the alias is corrected', async ({ page }) => {
    const sent = recordRequests(page)
    const parts = await openPanel(page)
    await parts.externalKeyId.fill(ready)
    await parts.alias.fill(aliases.working.replace('alias/', ''))
    await parts.ok.click()
    const step = page.getByRole('dialog', { name: 'Key created, alias not set' })
    await expect(step.getByText('The key was created and can be used.')).toBeVisible()
    await expect(step.getByRole('alert')).toContainText(`${aliases.working} was not set`)
    await expect(step.getByRole('alert')).toContainText('AliasAlreadyExists')
    await expect(step.getByRole('button', { name: 'Copy ARN' })).toBeVisible()
    await expectNoAxeViolations(page)
    await step.getByRole('textbox', { name: 'Key alias' }).fill('')
    await step.getByRole('button', { name: 'Set alias' }).click()
    await expect(step.getByRole('textbox', { name: 'Key alias' })).toHaveAccessibleDescription(/Required/)
    await step.getByRole('textbox', { name: 'Key alias' }).fill('second/try')
    await step.getByRole('button', { name: 'Set alias' }).click()
    await expect(createdNotice(page)).toBeVisible()
    await expect(firstRow(page)).toContainText('alias/second/try')
    expect(countOf(sent, 'CreateKey')).toBe(1)
  })

  test('or left out, and the list says so', async ({ page }) => {
    const parts = await openPanel(page)
    await parts.externalKeyId.fill(ready)
    await parts.alias.fill(aliases.working.replace('alias/', ''))
    await parts.ok.click()
    await page.getByRole('button', { name: 'Leave without alias' }).click()
    await expect(page.getByText('Key created without its alias')).toBeVisible()
    await expect(page.getByText('AliasAlreadyExists')).toBeVisible()
    await expect(firstRow(page)).toContainText(ready)
  })
})

test('the keyboard alone creates a key', async ({ page }) => {
  await open(page, { path: list })
  const button = page.getByRole('button', { name: 'Create Key' })
  await button.focus()
  await page.keyboard.press('Enter')
  const parts = panel(page)
  await expect(parts.externalKeyId).toBeFocused()
  await page.keyboard.type(ready)
  await expect(parts.dialog.getByText('The proxy answers: ENABLED')).toBeVisible()
  const reach = async (target: typeof parts.ok): Promise<void> => {
    for (let presses = 0; presses < 40; presses++) {
      if (await target.evaluate((element) => element === document.activeElement)) return
      await page.keyboard.press('Tab')
    }
    throw new Error('The focus never came there.')
  }
  await reach(parts.alias)
  await page.keyboard.type('by/keyboard')
  await reach(parts.addTag)
  await page.keyboard.press('Enter')
  await expect(parts.tagKey(1)).toBeFocused()
  await page.keyboard.type('hands')
  await page.keyboard.press('Tab')
  await page.keyboard.type('on-keys')
  await reach(parts.defaultPolicy)
  await page.keyboard.press('ArrowRight')
  await expect(parts.customPolicy).toBeChecked()
  await reach(parts.administrators)
  await page.keyboard.type('key-admin')
  await expect(page.getByRole('option', { name: /^key-admin/ })).toHaveAttribute('data-highlighted')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(parts.dialog, 'Escape closes the list and nothing else').toBeVisible()
  await expect(parts.dialog.getByRole('button', { name: 'Remove key-admin' })).toBeVisible()
  await reach(parts.ok)
  await page.keyboard.press('Enter')
  await expect(createdNotice(page)).toBeVisible()
  await expect(firstRow(page)).toContainText('alias/by/keyboard')
})

test('in Chinese, on a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, { path: `${list}&panel=create`, language: 'zh' })
  const dialog = page.getByRole('dialog', { name: '创建密钥' })
  await dialog.getByRole('textbox', { name: '外部密钥ID' }).fill(ready)
  await expect(dialog.getByText(/代理返回 ENABLED/)).toBeVisible()
  await dialog.getByRole('radio', { name: '自定义策略' }).check()
  await dialog.getByRole('button', { name: '确定' }).click()
  await expect(dialog.getByText(/未选择任何人/)).toBeVisible()
  expect(await dialog.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
  await expectNoAxeViolations(page)
  await dialog.getByRole('radio', { name: '默认策略' }).check()
  await dialog.getByRole('button', { name: '确定' }).click()
  await expect(dialog).toBeHidden()
})
