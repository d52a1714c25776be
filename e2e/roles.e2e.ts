/** Roles: assumed in the console, for as long as their session lasts. */
import type { Page } from '@playwright/test'
import { accounts, aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const list = 'keys?region=cn-hangzhou&size=50'
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

  await page.reload()
  await expect(bar(page)).toHaveAccessibleName(/role\/break-glass, night-shift/)
  await expect(key(page)).toBeVisible()
  const stored = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))
  expect(stored).toContain(breakGlass)
  expect(stored).not.toMatch(/STS\.N|CAIS|SecurityToken|Secret/)
  expect(page.url()).not.toMatch(/STS|CAIS|role/)

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
