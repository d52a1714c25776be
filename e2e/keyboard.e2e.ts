/** Shortcuts, the command palette and arrows in the table: everything without a pointer, and nothing while somebody types. */
import { aliases } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const path = 'keys?region=cn-hangzhou'

test('shortcuts reach the search, the pages and their own list, and rest inside fields', async ({ page }) => {
  await open(page, { path })
  await expect(page.getByText('19 keys')).toBeVisible()

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(help).toContainText('Search or filter this page')
  await expect(help).toContainText('Next or previous row')
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(help, 'a dialog is open: keys are its own').toBeVisible()
  await page.keyboard.press('Escape')
  await expect(help).toBeHidden()

  await page.keyboard.press('/')
  await expect(page.getByRole('search', { name: 'Filters' }).locator(':focus')).toHaveCount(1)

  await page.getByLabel('Filter by').selectOption({ label: 'Key ID' })
  const field = page.getByRole('textbox', { name: 'Type Key ID' })
  await field.focus()
  await page.keyboard.type('g m ? /')
  await expect(field).toHaveValue('g m ? /')
  await expect(page).toHaveURL(/\/keys\?/)

  await field.blur()
  await page.keyboard.press('g')
  await page.keyboard.press('m')
  await expect(page).toHaveURL(/\/key-manager/)
  await page.keyboard.press('g')
  await page.keyboard.press('d')
  await expect(page.getByRole('tab', { name: 'Default Key' })).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await expect(page.getByRole('tab', { name: 'User Master Key' })).toHaveAttribute('aria-selected', 'true')
})

test('arrows move in the table', async ({ page }) => {
  await open(page, { path: `${path}&alias=${aliases.sameExternalKey.join(',')}` })
  const links = page.getByRole('table', { name: 'Keys' }).getByRole('link', { name: /^alias\// })
  await expect(links).toHaveCount(2)
  await links.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(links.nth(1)).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(links.first()).toBeFocused()
  await page.keyboard.press('End')
  await expect(links.nth(1)).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(links.nth(1)).not.toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: /^alias\/orders\/db/ })).toBeVisible()
})

test('命令面板按别名打开密钥，列出其操作，并可切换语言', async ({ page }) => {
  await open(page, { path, language: 'zh', theme: 'system' })
  await expect(page.getByText('共 19 个密钥')).toBeVisible()
  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: '命令面板' })
  const search = palette.getByRole('combobox')
  await expect(search).toBeFocused()
  await page.keyboard.type(aliases.working)
  await expect(palette.getByRole('option')).toHaveCount(1)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expectNoAxeViolations(page)
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: aliases.working })).toBeVisible()
  await expect(palette).toBeHidden()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('计划删除')
  await expect(palette.getByRole('option', { name: '计划删除密钥' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toContainText(aliases.working)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toBeHidden()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('English')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-US')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await expectNoAxeViolations(page)
})
