/** 管理外部密钥的相关操作：禁用、关联检测、删除保护、计划删除、别名、标签。The other stories tell each of them in English and in depth. */
import type { Locator, Page } from '@playwright/test'
import { aliases } from '#mocks/scenarios/names.ts'
import { expect, open, test } from './fixtures.ts'

const alias = aliases.ordersService
const path = `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`

const dialog = (page: Page): Locator => page.getByRole('alertdialog')
const inDialog = (page: Page, name: string): Locator => dialog(page).getByRole('button', { name, exact: true })
const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })

async function choose(page: Page, entry: string): Promise<void> {
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await page.getByRole('menuitem', { name: new RegExp(`^${entry}`) }).click()
}

test('检测关联后禁用密钥，再启用', async ({ page }) => {
  await open(page, { path, language: 'zh' })
  const associations = card(page, '密钥关联检测')
  await expect(associations).toContainText('尚不清楚哪些云资源在使用该密钥')
  await associations.getByRole('button', { name: '开始检测' }).click()
  await expect(associations).toContainText('最近检测：现在')
  await expect(associations).toContainText('orders-db-prod')
  await expect(associations).toContainText('使用同一外部密钥的其他KMS密钥')
  await expect(associations.getByRole('link', { name: aliases.sameExternalKey[1] })).toBeVisible()

  await page.getByRole('button', { name: '禁用', exact: true }).click()
  await expect(dialog(page)).toContainText('用它加密的密文也无法解密')
  await expect(dialog(page)).toContainText('云数据库 RDS：1 个资源')
  await inDialog(page, '禁用密钥').click()
  await expect(dialog(page)).toBeHidden()
  await page.getByRole('button', { name: '启用', exact: true }).click()
  await expect(page.getByRole('button', { name: '禁用', exact: true })).toBeVisible()
})

test('开启删除保护后无法计划删除，关闭后计划删除并取消', async ({ page }) => {
  await open(page, { path, language: 'zh' })
  await choose(page, '开启删除保护')
  await dialog(page).getByLabel('删除保护描述').fill('订单系统正在使用 🔐')
  await inDialog(page, '开启删除保护').click()
  await expect(dialog(page)).toBeHidden()
  await expect(card(page, '基本信息')).toContainText('订单系统正在使用 🔐')

  await choose(page, '计划删除密钥')
  await expect(dialog(page)).toContainText('开启删除保护的密钥无法计划删除')
  await inDialog(page, '关闭删除保护').click()
  await dialog(page)
    .getByLabel(/^请输入 .* 以确认/)
    .fill(alias)
  await dialog(page)
    .getByLabel(/^预删除周期/)
    .fill('7')
  await inDialog(page, '计划删除密钥').click()
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText('该密钥待删除').first()).toBeVisible()
  await expect(page.getByText(/^剩余 [67] 天/).first()).toBeVisible()

  await page.getByRole('button', { name: '取消删除', exact: true }).first().click()
  await dialog(page)
    .getByRole('button', { name: /^取消删除/ })
    .click()
  await expect(page.getByRole('button', { name: '禁用', exact: true })).toBeVisible()
})

test('设置外部密钥的别名和标签', async ({ page }) => {
  await open(page, { path, language: 'zh' })
  await card(page, '别名').getByRole('button', { name: '创建别名' }).click()
  const aliasPanel = page.getByRole('dialog', { name: '创建别名' })
  await aliasPanel.getByRole('textbox', { name: '别名' }).fill('orders/新')
  await aliasPanel.getByRole('button', { name: '确定', exact: true }).click()
  await expect(aliasPanel.getByRole('textbox', { name: '别名' })).toHaveAttribute('aria-invalid', 'true')
  await aliasPanel.getByRole('textbox', { name: '别名' }).fill('orders/second')
  await aliasPanel.getByRole('button', { name: '确定', exact: true }).click()
  await expect(card(page, '别名')).toContainText('alias/orders/second')
  await card(page, '别名').getByRole('button', { name: '删除 alias/orders/second' }).click()
  await expect(dialog(page)).toContainText('请求可能失败')
  await inDialog(page, '删除别名').click()
  await expect(card(page, '别名')).not.toContainText('alias/orders/second')

  await card(page, '标签').getByRole('button', { name: '编辑标签' }).click()
  const tagPanel = page.getByRole('dialog', { name: '编辑标签' })
  await tagPanel.getByRole('button', { name: '添加标签' }).click()
  await tagPanel.getByRole('textbox', { name: '标签键 4' }).fill('cost-center')
  await tagPanel.getByRole('textbox', { name: '标签值 4' }).fill('4711')
  await tagPanel.getByRole('button', { name: /^保存/ }).click()
  await expect(tagPanel).toBeHidden()
  await expect(card(page, '标签')).toContainText('cost-center：4711')
})
