/** Two tabs see one cloud, at once. */
import { aliases } from '#mocks/scenarios/names.ts'
import { expect, open, test } from './fixtures.ts'

const keyPath = `keys/${encodeURIComponent(aliases.crossAccount)}?region=cn-hangzhou`

test('what one tab does, the other shows without being asked, and both keep after a reload', async ({
  page,
  context,
}) => {
  await open(page, { path: keyPath })
  const other = await context.newPage()
  await open(other, { path: keyPath })
  await expect(other.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable Key' }).click()
  await expect(page.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()
  await expect(other.getByRole('button', { name: 'Enable', exact: true })).toBeVisible()

  await other.reload()
  await other.getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()
})

test('resetting the cloud in one tab begins it anew in the other', async ({ page, context }) => {
  await open(page, { path: 'key-manager?region=cn-hangzhou' })
  const other = await context.newPage()
  await open(other, { path: 'key-manager?region=cn-hangzhou' })
  await page.getByRole('button', { name: 'Create key' }).click()
  await page.getByRole('dialog').getByLabel('External key ID').fill('made-before-reset')
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
  await expect(other.getByRole('row', { name: /made-before-reset/ })).toBeVisible()

  await page.getByRole('button', { name: 'Help' }).click()
  await page.getByRole('menuitem', { name: /Reset this cloud/ }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: /Reset/ }).click()
  await expect(other.getByRole('row', { name: /made-before-reset/ })).toBeHidden()
  await expect(other.getByRole('row').nth(1)).toBeVisible()
})
