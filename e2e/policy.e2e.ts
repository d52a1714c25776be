/** Who may do what with a new key: the default policy said for the instance, and a custom one built from three pickers. */
import type { Page } from '@playwright/test'
import { accounts, externalKeys, identities, instances, strangerAccountId } from '#mocks/scenarios/names.ts'
import { createdNotice, firstRow, list, openPanel, panel, paste, pick } from './create-panel.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const [ready] = externalKeys.ready
const own = accounts.main.accountId
const partner = accounts.partner.accountId

const preview = async (page: Page): Promise<unknown> => {
  const { dialog } = panel(page)
  await dialog.getByText('Policy document', { exact: true }).click()
  const document = dialog.getByRole('region', { name: 'Policy document' })
  await expect(document).toBeVisible()
  return JSON.parse((await document.textContent()) ?? '')
}

/** GetKeyPolicy of the key just made, as its page shows it. */
async function storedPolicy(page: Page): Promise<unknown> {
  await createdNotice(page).getByRole('link', { name: 'Try it' }).click()
  await page.getByRole('tab', { name: 'Document' }).click()
  const document = page.getByRole('region', { name: 'Document' })
  return JSON.parse((await document.textContent()) ?? '')
}

async function openPanelOn(page: Page, instance: string, as?: string) {
  await open(page, { path: list, ...(as === undefined ? {} : { as }) })
  await page.getByRole('button', { name: /^Instance ID/ }).click()
  await page.getByRole('option', { name: new RegExp(instance) }).click()
  await page.getByRole('button', { name: 'Create Key' }).click()
  const parts = panel(page)
  await expect(parts.externalKeyId).toBeFocused()
  return parts
}

test('a custom policy from all three pickers: GetKeyPolicy returns what was previewed', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.externalKeyId.fill(ready)
  await parts.customPolicy.check()
  await pick(parts.administrators, 'key-admin', 'break-glass')
  await pick(parts.users, 'orders-service', 'order-app')
  await parts.crossAccountUsers.fill(`acs:ram::${partner}:role/etl`)
  await parts.crossAccountUsers.press('Enter')
  await expectNoAxeViolations(page)

  const previewed = await preview(page)
  expect(previewed).toMatchObject({
    Version: '1',
    Statement: [
      { Sid: 'kms default key policy', Principal: { RAM: [`acs:ram::${own}:*`] }, Action: ['kms:*'] },
      { Principal: { RAM: [`acs:ram::${own}:user/key-admin`, `acs:ram::${own}:role/break-glass`] } },
      { Principal: { RAM: [`acs:ram::${own}:user/orders-service`, `acs:ram::${own}:role/order-app`] } },
      { Principal: { RAM: [`acs:ram::${partner}:role/etl`] } },
    ],
  })
  await parts.ok.click()
  await expect(createdNotice(page)).toBeVisible()
  expect(await storedPolicy(page)).toEqual(previewed)
})

test.describe('the default policy', () => {
  const cases = [
    [
      instances.payments.name,
      `This instance is not shared. Only this account (${own}) manages and uses the key.`,
      [own],
    ],
    [instances.group.name, `only this account manages and uses it`, [own]],
    [instances.settlement.name, `Both accounts manage and use a key that you create here.`, [partner, own]],
  ] as const

  for (const [instance, words, accountIds] of cases)
    test(`is said for ${instance}, previewed and written`, async ({ page }) => {
      const parts = await openPanelOn(page, instance)
      await expect(parts.dialog.getByText(words)).toBeVisible()
      const previewed = await preview(page)
      expect(previewed).toMatchObject({
        Statement: [{ Principal: { RAM: accountIds.map((accountId) => `acs:ram::${accountId}:*`) } }],
      })
      await parts.externalKeyId.fill(ready)
      await parts.ok.click()
      await expect(createdNotice(page)).toBeVisible()
      expect(await storedPolicy(page)).toEqual(previewed)
    })
})

test('each role opens its permissions: 14, 11 and 11', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.customPolicy.check()
  for (const [role, count, action] of [
    ['Administrators', 14, 'kms:ScheduleKeyDeletion'],
    ['Users', 11, 'kms:GenerateDataKey'],
    ['Cross-account users', 11, 'kms:Decrypt'],
  ] as const) {
    const summary = parts.dialog.getByText(`${role}: ${count} permissions`, { exact: true })
    await summary.click()
    const actions = parts.dialog
      .locator('details')
      .filter({ hasText: new RegExp(`^${role}: ${count}`) })
      .getByRole('listitem')
    await expect(actions).toHaveCount(count)
    await expect(actions.filter({ hasText: new RegExp(`^${action}$`) })).toBeVisible()
    await summary.click()
  }
})

test('nobody picked is refused, with the way out; one principal may stand in both lists', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.externalKeyId.fill(ready)
  await parts.customPolicy.check()
  await parts.ok.click()
  await expect(parts.policy).toHaveAccessibleDescription(/Nobody is picked.*choose the default policy/)
  await pick(parts.administrators, 'key-admin')
  await expect(parts.policy).not.toHaveAccessibleDescription(/Nobody/)
  await pick(parts.users, 'key-admin')
  await expect(parts.dialog.getByText('user/key-admin is picked as administrator and as user')).toBeVisible()
  await parts.ok.click()
  await expect(createdNotice(page)).toBeVisible()
})

test('picks are searched, removed by keyboard, and not lost to Escape', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.customPolicy.check()
  await parts.administrators.fill('order app')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await parts.administrators.fill('etl')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  const chip = (name: string) => parts.dialog.getByRole('button', { name: `Remove ${name}`, exact: true })
  await expect(chip('order-app')).toBeVisible()
  await expect(chip('etl')).toBeVisible()
  await page.keyboard.press('Backspace')
  await expect(chip('etl')).toBeHidden()
  await chip('order-app').click()
  await expect(chip('order-app')).toBeHidden()
  await expect(parts.dialog).toBeVisible()
})

test.describe('cross-account users', () => {
  test('are refused in words, each for its reason', async ({ page }) => {
    const parts = await openPanel(page)
    await parts.externalKeyId.fill(ready)
    await parts.customPolicy.check()
    const refusals = [
      [`acs:ram::${own}:user/key-admin`, /belongs to your own account/],
      [`acs:ram::${partner}:root`, /A whole account \(:root\) cannot be added/],
      [`acs:ram::${partner}:*`, /All identities of an account/],
      ['acs:ram::119285303511****:user/testpolicyuser', /masked with asterisks/],
      ['acs:ram::12:user/x', /exactly 16 digits/],
      [`acs:ram::${partner}:user/`, /name of the RAM user or role is not valid/],
      ['etl@partner', /Enter the ARN of a RAM user or role/],
    ] as const
    for (const [entry, words] of refusals) {
      await parts.crossAccountUsers.fill(entry)
      await parts.crossAccountUsers.press('Enter')
      await expect(parts.crossAccountUsers).toHaveAccessibleDescription(words)
      await parts.dialog.getByRole('button', { name: `Remove ${entry}`, exact: true }).click()
      await expect(parts.crossAccountUsers).not.toHaveAttribute('aria-invalid')
    }
    await parts.crossAccountUsers.fill('left over')
    await parts.ok.click()
    await expect(parts.crossAccountUsers).toBeFocused()
    await expect(parts.crossAccountUsers).toHaveAttribute('aria-invalid', 'true')
  })

  test('are pasted as lists, grouped by account, named once, and removed one by one or together', async ({ page }) => {
    const parts = await openPanel(page)
    await parts.customPolicy.check()
    const etl = `acs:ram::${partner}:role/etl`
    const clearing = `acs:ram::${partner}:user/clearing-ops`
    const stranger = `acs:ram::${strangerAccountId}:user/someone`
    await paste(parts.crossAccountUsers, `${etl}\n${stranger}, "${clearing}"；`)
    const groups = parts.dialog.getByRole('list', { name: 'Cross-account users by account' }).getByRole('listitem')
    await expect(groups).toHaveCount(2)
    await expect(groups.nth(0)).toContainText(`Account ${partner}`)
    await expect(groups.nth(0)).toContainText('role/etl')
    await expect(groups.nth(0)).toContainText('user/clearing-ops')
    await expect(groups.nth(1)).toContainText(`Account ${strangerAccountId}`)

    await parts.crossAccountUsers.fill(etl)
    await parts.crossAccountUsers.press('Enter')
    await expect(parts.crossAccountUsers).toHaveAccessibleDescription(new RegExp(`role/etl” is there already`))

    await parts.dialog.getByRole('button', { name: `Remove ${stranger}`, exact: true }).click()
    await expect(parts.crossAccountUsers).toBeFocused()
    await expect(groups).toHaveCount(1)
    await parts.dialog.getByRole('button', { name: `Remove all users and roles of account ${partner}` }).click()
    await expect(groups).toHaveCount(0)
  })

  test('need the other account too, whose policy can be copied before the key exists', async ({ page }) => {
    const parts = await openPanel(page)
    await parts.customPolicy.check()
    await expect(parts.dialog.getByText(/The other account must also grant them the key on its RAM side/)).toBeVisible()
    await parts.dialog.getByText('RAM policy for the other account', { exact: true }).click()
    const policy = parts.dialog.getByRole('region', { name: 'RAM policy for the other account' })
    await expect(policy).toContainText(`acs:kms:cn-hangzhou:${own}:key/<key ID>`)
    await expect(parts.dialog.getByText(/replace it once the key exists/)).toBeVisible()
    await expect(parts.dialog.getByRole('button', { name: 'Copy RAM policy for the other account' })).toBeVisible()
  })
})

test('without permission to list users and roles, names are typed', async ({ page }) => {
  const parts = await openPanel(page, { as: identities.keyDeployer.accessKeyId })
  await parts.externalKeyId.fill(ready)
  await parts.customPolicy.check()
  await expect(parts.dialog.getByText(/ram:ListUsers is missing/)).toBeVisible()
  await expect(parts.dialog.getByText(/ram:ListRoles is missing/)).toBeVisible()
  const administrators = parts.dialog.getByRole('textbox', { name: 'Administrators' })
  await administrators.fill('key-admin')
  await administrators.press('Enter')
  await expect(administrators).toHaveAccessibleDescription(/Not a RAM user or role of this account: key-admin/)
  await parts.dialog.getByRole('button', { name: 'Remove key-admin', exact: true }).click()
  await administrators.fill('user/key-admin')
  await administrators.press('Enter')
  await administrators.fill('role/break-glass')
  await administrators.press('Enter')
  const previewed = await preview(page)
  expect(previewed).toMatchObject({
    Statement: [{}, { Principal: { RAM: [`acs:ram::${own}:user/key-admin`, `acs:ram::${own}:role/break-glass`] } }],
  })
  await parts.ok.click()
  await expect(createdNotice(page)).toBeVisible()
  await expect(firstRow(page)).toContainText(ready)
})
