/** Roles: assumed in the console, for as long as their session lasts. */
import type { Page } from '@playwright/test'
import type { Output } from '#src/api/contract/actions.ts'
import { accounts, aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'
import { expectForgotten } from './kept.ts'
import { callAs, lendSigningKey } from './signed-call.ts'

/** One row, so that looking for violations of accessibility is soon done. */
const list = `keys?region=cn-hangzhou&alias=${encodeURIComponent(aliases.working)}`
const breakGlass = `acs:ram::${accounts.main.accountId}:role/break-glass`

const bar = (page: Page) => page.getByRole('button', { name: /^Identity: / })
const choice = (page: Page, name: RegExp) => page.getByRole('option', { name })
const key = (page: Page) => page.getByRole('link', { name: aliases.working, exact: true })

/** The clock of the cloud, which temporary credentials end by. */
const advance = (page: Page, ms: number): Promise<void> => page.evaluate((by) => window.kmsLab?.advanceClock(by), ms)
const minute = 60_000

test('the console follows a role, over a reload too, until one returns', async ({ page }) => {
  await open(page, { path: list, as: identities.keyOperator.accessKeyId })
  await expect(key(page)).toBeVisible()

  // By keyboard alone.
  await bar(page).focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('combobox', { name: 'Search identities and roles' })).toBeFocused()
  await expectNoAxeViolations(page)
  await page.keyboard.type('break-glass')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Assume a role' })
  await expect(dialog.getByLabel('Role', { exact: true })).toBeFocused()
  await expect(dialog.getByLabel('Session name')).toHaveValue('key-operator')
  await expectNoAxeViolations(page)
  await dialog.getByLabel('Session name').fill('a b')
  await expect(dialog.getByLabel('Session name')).toHaveAccessibleDescription(/allowed/i)
  await dialog.getByLabel('Session name').fill('night-shift')
  await page.keyboard.press('Enter')

  await expect(bar(page)).toHaveAccessibleName(/role\/break-glass, night-shift · 1 h 0 min left|night-shift · 60 min/)
  await expect(key(page)).toBeVisible()
  await bar(page).click()
  await expect(
    page.getByText(`acs:ram::${accounts.main.accountId}:assumed-role/break-glass/night-shift`).first(),
  ).toBeVisible()
  await page.keyboard.press('Escape')

  const assumed = page.waitForResponse(
    (response) => response.request().headers()['x-acs-action'] === 'AssumeRole' && response.ok(),
  )
  await page.reload()
  await expect(bar(page)).toHaveAccessibleName(/role\/break-glass, night-shift/)
  await expect(key(page)).toBeVisible()
  // Names are kept, and nothing that signs.
  const { Credentials } = (await (await assumed).json()) as Output<'AssumeRole'>
  const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))
  expect(stored).toContain(breakGlass)
  expect(stored).not.toContain(Credentials.AccessKeyId)
  await expectForgotten(page, [Credentials.AccessKeySecret, Credentials.SecurityToken])

  await bar(page).click()
  await choice(page, /^Return to key-operator/).click()
  await expect(bar(page)).toHaveAccessibleName(/key-operator, RAM user/)
  await page.reload()
  await expect(bar(page)).toHaveAccessibleName(/key-operator, RAM user/)
})

test('a session ends by the cloud’s clock: what was typed stays, and the role is assumed again or left', async ({
  page,
}) => {
  await open(page, { path: list, as: identities.keyOperator.accessKeyId, language: 'zh' })
  await page.getByRole('button', { name: /^身份：|^身份: / }).click()
  await choice(page, /^role\/break-glass/).click()
  const dialog = page.getByRole('alertdialog', { name: '扮演角色' })
  await dialog.getByLabel('会话时长').selectOption({ label: '15 分钟' })
  await dialog.getByRole('button', { name: '扮演角色' }).click()
  await expect(dialog).toBeHidden()
  const menu = page.getByRole('button', { name: /role\/break-glass/ })
  await expect(menu).toHaveAccessibleName(/key-operator · 剩余 15 分钟/)
  await advance(page, 5 * minute)
  await expect(menu).toHaveAccessibleName(/剩余 10 分钟/)

  await page.getByRole('button', { name: '创建密钥' }).click()
  const panel = page.getByRole('dialog', { name: '创建密钥' })
  await panel.getByLabel('描述').fill('写到一半的描述')
  await advance(page, 11 * minute)
  const ended = page.getByRole('alertdialog', { name: '角色 role/break-glass 的会话已结束' })
  await expectNoAxeViolations(page)
  await ended.getByRole('button', { name: '重新扮演' }).click()
  await expect(ended).toBeHidden()
  await expect(panel.getByLabel('描述')).toHaveValue('写到一半的描述')
  await panel.getByRole('button', { name: '关闭' }).click()
  await expect(menu).toHaveAccessibleName(/剩余 15 分钟/)
  await expect(key(page)).toBeVisible()

  await advance(page, 20 * minute)
  await ended.getByRole('button', { name: '稍后' }).click()
  await expect(menu).toHaveAccessibleName(/会话已结束/)
  await menu.click()
  await choice(page, /^返回 key-operator/).click()
  await expect(page.getByRole('button', { name: /key-operator, RAM 用户/ })).toBeVisible()
  await expect(key(page)).toBeVisible()
})

test('two tabs are two identities, and what becomes of one’s role and oneself is told', async ({ page, context }) => {
  const { accessKeyId } = identities.account
  await lendSigningKey(page)
  await open(page, { path: list })
  await expect(key(page)).toBeVisible()
  const other = await context.newPage()
  await open(other, { path: list, as: identities.keyOperator.accessKeyId })
  await bar(other).click()
  await choice(other, /^role\/break-glass/).click()
  const dialog = other.getByRole('alertdialog', { name: 'Assume a role' })
  await dialog.getByRole('button', { name: 'Assume role' }).click()
  await expect(bar(other)).toHaveAccessibleName(/role\/break-glass/)
  await expect(key(other)).toBeVisible()
  await expect(bar(page)).toHaveAccessibleName(/example-main/)

  // Its policy goes: the list with it, and whoever could give it back is named.
  const policy = { PolicyName: 'AdministratorAccess', PolicyType: 'System' } as const
  await callAs(page, accessKeyId, 'DetachPolicyFromRole', { ...policy, RoleName: 'break-glass' })
  const denied = other.getByRole('status').filter({ hasText: 'You may not see this list' })
  await expect(denied).toContainText(/role\/break-glass.*By RAM \(ram:AttachPolicyToRole\): directory-admin/s)
  await callAs(page, accessKeyId, 'AttachPolicyToRole', { ...policy, RoleName: 'break-glass' })
  await expect(key(other)).toBeVisible()
  await callAs(page, accessKeyId, 'DetachPolicyFromRole', { ...policy, RoleName: 'break-glass' })

  // The role goes while it is used, and a reload cannot assume it again.
  await callAs(page, accessKeyId, 'DeleteRole', { RoleName: 'break-glass' })
  const gone = other.getByRole('alertdialog', { name: 'role/break-glass can no longer be used' })
  await gone.getByRole('button', { name: 'Not now' }).click()
  await expect(bar(other)).toHaveAccessibleName(/no longer|session ended/)
  await other.reload()
  await expect(other.getByRole('region', { name: 'Notifications' })).toContainText(
    'key-operator acts itself: role/break-glass could not be assumed againThere is no such role.',
  )
  await expect(bar(other)).toHaveAccessibleName(/key-operator, RAM user/)
  await expect(key(other)).toBeVisible()

  // Refusals have words.
  await bar(other).click()
  await choice(other, /^Another role/).click()
  await dialog.getByRole('button', { name: 'Assume role' }).click()
  await expect(dialog.getByLabel('ARN of the role')).toHaveAccessibleDescription(/This is no ARN of a RAM role/)
  await dialog.getByLabel('ARN of the role').fill(breakGlass)
  await dialog.getByRole('button', { name: 'Assume role' }).click()
  await expect(dialog.getByRole('alert')).toContainText('There is no such role.')
  await dialog.getByLabel('ARN of the role').fill(breakGlass.replace('break-glass', 'etl'))
  await dialog.getByRole('button', { name: 'Assume role' }).click()
  await expect(dialog.getByRole('alert')).toContainText(/sts:AssumeRole.*Implicit deny: no RAM policy/s)
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  // The access key that the tab signs with goes.
  await callAs(page, accessKeyId, 'DeleteAccessKey', {
    UserName: 'key-operator',
    UserAccessKeyId: identities.keyOperator.accessKeyId,
  })
  const over = other.getByRole('alertdialog', { name: 'key-operator can no longer be used' })
  await expectNoAxeViolations(other)
  await over.getByLabel('Act as').selectOption({ label: `auditor · example-main (${accounts.main.accountId})` })
  await over.getByRole('button', { name: 'Act as this identity' }).click()
  await expect(bar(other)).toHaveAccessibleName(/auditor/)
  await expect(key(other)).toBeVisible()
})
