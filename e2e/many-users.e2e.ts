/** A key is made in an account of ten thousand RAM users: its administrators are found by name. */
import { openPanel } from './create-panel.ts'
import { expect, test } from './fixtures.ts'

test('one of ten thousand users is found and picked', async ({ page }) => {
  const parts = await openPanel(page, { scenario: 'large' })
  await parts.customPolicy.click()
  await parts.administrators.click()
  const options = page.getByRole('option')
  // 10,000 users and 7 roles, of which only those in sight are in the document.
  await expect(options.first()).toHaveAttribute('aria-setsize', '10007', { timeout: 20_000 })
  expect(await options.count()).toBeLessThan(60)

  await parts.administrators.fill('xiuying.tang')
  await expect(options.first()).toHaveText(/xiuying\.tang.*唐秀英/)
  await expect(options.first()).toHaveAttribute('aria-setsize', '20')
  await parts.administrators.fill('秀英 tang20')
  await expect(options).toHaveCount(1)
  await parts.administrators.press('Enter')
  await parts.administrators.press('Escape')
  await expect(parts.dialog.getByRole('button', { name: 'Remove xiuying.tang20' })).toBeVisible()

  await parts.users.fill('order-app')
  await page.getByRole('option', { name: /order-app/ }).click()
  await parts.users.press('Escape')
  await expect(parts.dialog.getByRole('button', { name: 'Remove order-app' })).toBeVisible()
})
