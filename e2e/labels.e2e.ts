/** What people call a key and sort it by: aliases, tags and the description on its page. */
import type { Locator, Page } from '@playwright/test'
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { advanceClock, paste, recordRequests, setFaults } from './create-panel.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const keyPath = (alias: string): string => `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`
const orders = aliases.ordersService

const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const aliasRow = (page: Page, alias: string): Locator =>
  card(page, 'Aliases')
    .getByRole('listitem')
    .filter({ has: page.getByText(alias, { exact: true }) })
const keyIdOf = (page: Page): Promise<string> => card(page, 'Basic information').getByText(/^key-/).first().innerText()

/** Types a part of a name and takes the suggestion. */
async function choose(field: Locator, part: string, name: string): Promise<void> {
  await field.fill(part)
  await field.page().getByRole('option', { name, exact: true }).click()
}

/** Chips of the tags card, as they are read. */
const tagTexts = (page: Page): Promise<readonly string[]> =>
  card(page, 'Tags').getByRole('list', { name: 'Tags' }).getByRole('listitem').allInnerTexts()

const tagsPanel = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Edit tags' })
  const field = (name: string): Locator => dialog.getByRole('textbox', { name, exact: true })
  return {
    dialog,
    key: (row: number) => field(`Tag key ${row}`),
    value: (row: number) => field(`Tag value ${row}`),
    remove: (row: number) => dialog.getByRole('button', { name: `Remove tag ${row}`, exact: true }),
    add: dialog.getByRole('button', { name: 'Add tag' }),
    /** Why it cannot be pressed is part of its name. */
    save: dialog.getByRole('button', { name: /^Save/ }),
  }
}

test('an alias is given, refused where it exists, pointed here and away again, and deleted', async ({ page }) => {
  await open(page, { path: keyPath(orders) })
  const keyId = await keyIdOf(page)
  const create = card(page, 'Aliases').getByRole('button', { name: 'Create alias' })
  const panel = page.getByRole('dialog', { name: 'Create Alias' })
  const alias = panel.getByRole('textbox', { name: 'Alias' })
  const ok = panel.getByRole('button', { name: 'OK', exact: true })

  await create.click()
  await ok.click()
  await expect(alias).toHaveAccessibleDescription(/Required/)
  await alias.fill('orders new')
  await expect(alias).toHaveAccessibleDescription(/Spaces/)
  await alias.fill('acs/orders')
  await expect(alias).toHaveAccessibleDescription(/reserved/)
  await alias.fill('')
  await paste(alias, 'alias/orders/ledger\n')
  await expect(alias).toHaveValue('orders/ledger')
  await ok.click()
  await expect(aliasRow(page, 'alias/orders/ledger')).toBeVisible()
  await expect(create).toBeFocused()

  // Exists on another key: it says on which, and offers to be pointed here.
  const sent = recordRequests(page)
  await create.click()
  await alias.fill('payments/tokens')
  await ok.click()
  await expect(alias).toHaveAccessibleDescription(/in use already/)
  await expect(panel.getByText(/It points at key-/)).toBeVisible()
  await expectNoAxeViolations(page)
  await panel.getByRole('button', { name: 'Point it at this key…' }).click()
  const repoint = page.getByRole('dialog', { name: 'Re-point Alias' })
  await expect(repoint.getByRole('region', { name: 'Points at now' })).toContainText('alias/payments/tokens')
  const target = repoint.getByRole('combobox', { name: 'Will point at' })
  await expect(target).toHaveValue(keyId)
  await expect(repoint.getByRole('region', { name: 'Will point at' })).toContainText(orders)
  await expectNoAxeViolations(page)
  await repoint.getByRole('button', { name: 'Re-point', exact: true }).click()
  await expect(aliasRow(page, 'alias/payments/tokens')).toBeVisible()
  expect(
    sent.filter(({ action }) => action === 'UpdateAlias').map(({ parameters }) => parameters.get('KeyId')),
  ).toEqual([keyId])

  // And away again, by a part of the other key's alias.
  await page.getByRole('button', { name: 'Re-point alias/payments/tokens' }).click()
  await choose(target, 'payments/led', 'alias/payments/ledger')
  await expect(repoint.getByRole('region', { name: 'Will point at' })).toContainText('Enabled')
  await repoint.getByRole('button', { name: 'Re-point', exact: true }).click()
  await expect(aliasRow(page, 'alias/payments/tokens')).toBeHidden()
  await expect(create).toBeFocused()

  await page.getByRole('button', { name: 'Delete alias/orders/ledger' }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText(/may fail/)
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: 'Delete alias' }).click()
  await expect(aliasRow(page, 'alias/orders/ledger')).toBeHidden()
  await expect(create).toBeFocused()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(orders)
})

test('what another tab does to an alias shows while it is being re-pointed, and nothing typed is lost', async ({
  page,
  context,
}) => {
  await open(page, { path: keyPath(orders) })
  await page.getByRole('button', { name: `Re-point ${orders}`, exact: true }).click()
  const repoint = page.getByRole('dialog', { name: 'Re-point Alias' })
  const target = repoint.getByRole('combobox', { name: 'Will point at' })
  await choose(target, 'ledger', 'alias/payments/ledger')
  await expect(repoint.getByRole('region', { name: 'Will point at' })).toContainText('Enabled')

  const other = await context.newPage()
  await open(other, { path: keyPath(orders) })
  await other.getByRole('button', { name: `Re-point ${orders}`, exact: true }).click()
  const otherPanel = other.getByRole('dialog', { name: 'Re-point Alias' })
  await choose(otherPanel.getByRole('combobox', { name: 'Will point at' }), 'tokens', 'alias/payments/tokens')
  await otherPanel.getByRole('button', { name: 'Re-point', exact: true }).click()
  await expect(aliasRow(other, orders)).toBeHidden()

  await expect(repoint.getByText(/Meanwhile the alias was pointed at another key/)).toBeVisible()
  await expect(repoint.getByRole('region', { name: 'Points at now' })).toContainText('alias/payments/tokens')
  await expect(target).toHaveValue('alias/payments/ledger')

  await other.goto(keyPath('alias/payments/tokens'))
  await other.getByRole('button', { name: `Delete ${orders}`, exact: true }).click()
  await other.getByRole('alertdialog').getByRole('button', { name: 'Delete alias' }).click()
  await expect(repoint.getByText(/deleted meanwhile/).first()).toBeVisible()
  const submit = repoint.getByRole('button', { name: /^Re-point/ })
  await expect(submit).toHaveAttribute('aria-disabled', 'true')
  await expect(submit).toHaveAccessibleDescription(/deleted meanwhile/)

  // A key that waits for its deletion may give its alias away, until it is gone, and the alias with it.
  await page.bringToFront()
  await page.goto(keyPath(aliases.pendingDeletion))
  await page.getByRole('button', { name: `Re-point ${aliases.pendingDeletion}`, exact: true }).click()
  await choose(target, 'ledger', 'alias/payments/ledger')
  await advanceClock(page, 13 * 24 * 60 * 60 * 1000)
  await expect(repoint.getByText(/deleted meanwhile/).first()).toBeVisible()
  await expect(target).toHaveValue('alias/payments/ledger')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('heading', { name: 'This key is not here' })).toBeVisible()
})

test('of edited tags only the difference is sent, and a failure on the way says what is in force', async ({ page }) => {
  await open(page, { path: keyPath(orders) })
  await expect.poll(() => tagTexts(page)).toEqual(['env: prod', 'service: orders-db', 'team: orders'])
  const edit = card(page, 'Tags').getByRole('button', { name: 'Edit tags' })
  const tags = tagsPanel(page)
  await edit.click()
  await expect(tags.save).toHaveAccessibleDescription(/Nothing has been changed/)

  // The rules, at the rows.
  await tags.add.click()
  await tags.key(4).fill('env')
  await tags.add.click()
  await tags.key(5).fill('acs:owner')
  await tags.save.click()
  await expect(tags.key(4)).toHaveAccessibleDescription(/there already/)
  await expect(tags.key(5)).toHaveAccessibleDescription(/reserved/)
  await tags.key(4).fill('')
  await tags.key(5).fill('')
  await paste(tags.key(4), Array.from({ length: 17 }, (_, index) => `k${index}=v`).join('\n'))
  await expect(tags.dialog.getByText('20 / 20')).toBeVisible()
  await expect(tags.add).toHaveAccessibleDescription(/at most 20/)
  await tags.key(21).fill('one-more')
  await tags.save.click()
  await expect(tags.dialog.getByRole('group', { name: 'Tags' })).toHaveAccessibleDescription(/At most 20/)
  await expectNoAxeViolations(page)

  // Escape keeps what was typed; starting over gives it up.
  await page.keyboard.press('Escape')
  await edit.click()
  await expect(tags.key(21)).toHaveValue('one-more')
  await tags.dialog.getByRole('button', { name: 'Start over' }).click()
  await expect(tags.key(4)).toBeHidden()

  await tags.value(1).fill('staging')
  await tags.remove(2).click()
  await tags.add.click()
  await tags.key(3).fill('owner')
  const sent = recordRequests(page)
  await setFaults(page, [{ id: 'untag', hop: 'kms', kind: 'error', action: 'UntagResource', times: 1 }])
  await tags.save.click()
  const notice = tags.dialog.getByRole('alert')
  await expect(notice).toContainText('Saved in part')
  await expect(notice).toContainText('In force: owner, env: staging')
  await expect(notice).toContainText('Still there: service: orders-db')
  await expect(tags.key(3)).toHaveValue('owner')
  await tags.save.click()
  await expect(tags.dialog).toBeHidden()
  await expect.poll(() => tagTexts(page)).toEqual(['env: staging', 'owner', 'team: orders'])
  const writes = sent.filter(({ action }) => action.endsWith('tagResource') || action.startsWith('TagResource'))
  expect(writes.map(({ action, parameters }) => [action, parameters.get('Tags') ?? parameters.get('TagKeys')])).toEqual(
    [
      [
        'TagResource',
        JSON.stringify([
          { TagKey: 'owner', TagValue: '' },
          { TagKey: 'env', TagValue: 'staging' },
        ]),
      ],
      ['UntagResource', '["service"]'],
      ['UntagResource', '["service"]'],
    ],
  )
})

test('tags that another tab changes meanwhile come in, and what was typed stays', async ({ page, context }) => {
  await open(page, { path: keyPath(orders) })
  const tags = tagsPanel(page)
  await card(page, 'Tags').getByRole('button', { name: 'Edit tags' }).click()
  await tags.value(1).fill('mine')
  await tags.add.click()
  await tags.key(4).fill('half-typed')

  const other = await context.newPage()
  await open(other, { path: keyPath(orders) })
  const otherTags = tagsPanel(other)
  await card(other, 'Tags').getByRole('button', { name: 'Edit tags' }).click()
  await otherTags.value(1).fill('theirs')
  await otherTags.remove(2).click()
  await otherTags.add.click()
  await otherTags.key(3).fill('theirs-too')
  await otherTags.save.click()
  await expect(otherTags.dialog).toBeHidden()

  // A tab in the background is slowed down by the browser.
  await page.bringToFront()
  const notice = tags.dialog.getByRole('status').filter({ hasText: 'Meanwhile' })
  await expect(notice).toContainText('added: theirs-too')
  await expect(notice).toContainText('changed: env: theirs, before: prod')
  await expect(notice).toContainText('removed: service: orders-db')
  await expect(notice).toContainText('You changed env too')
  await expect(tags.value(1)).toHaveValue('mine')
  await expect(tags.key(4)).toHaveValue('half-typed')
  await notice.getByRole('button', { name: 'Take over into the rows' }).click()
  await expect(tags.key(2)).toHaveValue('team')
  await expect(tags.key(4)).toHaveValue('theirs-too')
  await tags.save.click()
  await expect(tags.dialog).toBeHidden()
  await expect.poll(() => tagTexts(page)).toEqual(['env: mine', 'half-typed', 'team: orders', 'theirs-too'])
})

test('whoever may not change aliases and tags is told which permission is missing', async ({ page }) => {
  await open(page, { path: keyPath(orders), as: identities.auditor.accessKeyId, language: 'zh' })
  const create = card(page, '别名').getByRole('button', { name: '创建别名' })
  await expect(create).toHaveAttribute('aria-disabled', 'true')
  await expect(create).toHaveAccessibleDescription(/kms:CreateAlias/)
  await expect(page.getByRole('button', { name: `删除 ${orders}`, exact: true })).toHaveAccessibleDescription(
    /kms:DeleteAlias/,
  )
  await expect(card(page, '标签').getByRole('button', { name: '编辑标签' })).toHaveAccessibleDescription(
    /kms:TagResource/,
  )
})

test.describe('the description', () => {
  test.use({ allowedProblems: [/The FetchEvent for .* resulted in a network error response/] })

  test('is edited in place, in any script, and Escape keeps what was typed', async ({ page, context }) => {
    await open(page, { path: keyPath(orders) })
    const basics = card(page, 'Basic information')
    const edit = basics.getByRole('button', { name: 'Edit description' })
    const text = basics.getByRole('textbox', { name: 'New description' })
    const save = basics.getByRole('button', { name: 'Save', exact: true })
    const words = 'وصف المفتاح 🔐 密钥\nsecond line'
    await edit.click()
    await expect(text).toBeFocused()
    await text.fill('x'.repeat(8193))
    await expect(text).toHaveAccessibleDescription(/8,193/)
    await text.fill(words)
    await page.keyboard.press('Escape')
    await expect(edit).toBeFocused()
    await expect(basics).toContainText('Order database')
    await expect(basics).toContainText('Not saved yet')

    await edit.click()
    await expect(basics.getByText('What you had typed before is here again.')).toBeVisible()
    await expect(text).toHaveValue(words)
    // What the bar above covers in part is too small a target to axe.
    await page.evaluate(() => scrollTo(0, 0))
    await expectNoAxeViolations(page)
    await save.click()
    await expect(basics.getByText(/second line/)).toHaveText(words)

    // Somebody else is quicker: shown before it is written over.
    await edit.click()
    await text.fill('mine')
    const other = await context.newPage()
    await open(other, { path: keyPath(orders) })
    const otherBasics = card(other, 'Basic information')
    await otherBasics.getByRole('button', { name: 'Edit description' }).click()
    await otherBasics.getByRole('textbox', { name: 'New description' }).fill('')
    await otherBasics.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(otherBasics.getByText('No description')).toBeVisible()
    await expect(basics.getByRole('status').filter({ hasText: 'Meanwhile' })).toContainText('No description')
    await expect(text).toHaveValue('mine')

    // The answer is lost, and the deed done all the same.
    await page.bringToFront()
    await setFaults(page, [{ id: 'lost', hop: 'kms', kind: 'lostAnswer', action: 'UpdateKeyDescription', times: 1 }])
    await save.click()
    await expect(basics.getByText('mine', { exact: true })).toBeVisible()
    await expect(edit).toBeFocused()
  })
})
