/** The key list: what its rows say, how it is narrowed and paged, and what stands in its place where there is none. */
import type { Locator, Page } from '@playwright/test'
import { aliases, externalKeys, identities, instances } from '#mocks/scenarios/names.ts'
import { expect, open, test } from './fixtures.ts'

const path = 'keys?region=cn-hangzhou'
/** Keys on `hyok-payments`, and how many of them are Enabled. */
const all = 19
const enabled = 15

const table = (page: Page): Locator => page.getByRole('table', { name: 'Keys' })
const bodyRows = (page: Page): Locator =>
  table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
const row = (page: Page, alias: string): Locator =>
  bodyRows(page).filter({ has: page.getByRole('link', { name: alias, exact: true }) })
const chips = (page: Page): Locator => page.getByRole('group', { name: 'Active filters' })
const create = (page: Page): Locator => page.getByRole('button', { name: 'Create Key' })

async function addFilter(page: Page, field: string, value: string): Promise<void> {
  const filters = page.getByRole('search', { name: 'Filters' })
  await filters.getByLabel('Filter by').selectOption({ label: field })
  await filters.getByRole('button', { name: `Choose ${field}` }).click()
  await page.getByRole('combobox', { name: `Choose ${field}` }).fill(value)
  await page.getByRole('option', { name: value, exact: true }).click()
}

async function chooseInstance(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Instance ID/ }).click()
  await page.getByRole('option', { name: new RegExp(name) }).click()
}

const searchOf = (page: Page): Record<string, string> => Object.fromEntries(new URL(page.url()).searchParams)

test.describe('a row', () => {
  test('says what its key is', async ({ page }) => {
    await open(page, { path: `${path}&alias=${aliases.working}` })
    const key = row(page, aliases.working)
    await expect(key).toContainText('Enabled')
    await expect(key).toContainText('pay-card-vault-01')
    await expect(key).toContainText('Aliyun_AES_256')
    await expect(key).toContainText('Encrypt/Decrypt')
    await expect(key.getByText('env: prod')).toBeVisible()
    await expect(key.getByText('2 more tags')).toBeAttached()
    await expect(key.getByRole('button', { name: `Copy ${aliases.working}` })).toBeAttached()
    await expect(key.getByRole('button', { name: /^Copy key-/ })).toBeAttached()
    await key.getByRole('link', { name: `Details of ${aliases.working}` }).click()
    await expect(page.getByRole('heading', { level: 1, name: aliases.working })).toBeVisible()
  })

  test('shows the first of several aliases and how many more there are', async ({ page }) => {
    await open(page, { path: `${path}&alias=${aliases.ordersService}` })
    await expect(bodyRows(page)).toHaveCount(1)
    await expect(bodyRows(page).getByText('1 more alias')).toBeAttached()
  })

  test('names the condition that makes an enabled key unavailable', async ({ page }) => {
    const shown = [aliases.externalKeyDisabled, aliases.externalKeyMissing, aliases.working]
    await open(page, { path: `${path}&alias=${shown.join(',')}` })
    await expect(row(page, aliases.externalKeyDisabled)).toContainText('Enabled · unavailable')
    await expect(row(page, aliases.externalKeyDisabled)).toContainText('External key disabled')
    await expect(row(page, aliases.externalKeyMissing)).toContainText('External key not found')
    await expect(row(page, aliases.working)).not.toContainText('unavailable')
    await chooseInstance(page, instances.archive.name)
    await expect(row(page, aliases.instanceDisconnected)).toContainText('Instance disconnected from its proxy')
  })

  test('counts down to a deletion, and says why it cannot be enabled meanwhile', async ({ page }) => {
    await open(page, { path })
    const key = row(page, aliases.pendingDeletion)
    await expect(key).toContainText(/Pending Deletion\d+ days \d+ hours? left/)
    await expect(key.getByRole('button', { name: `Cancel the deletion of ${aliases.pendingDeletion}` })).toBeEnabled()
    await key.getByRole('button', { name: `More actions for ${aliases.pendingDeletion}` }).click()
    const entry = page.getByRole('menuitem', { name: /^Enable\b(?! Deletion)/ })
    await expect(entry).toBeDisabled()
    await expect(entry).toContainText('Cancel the deletion first')
  })
})

test.describe('filters', () => {
  test('hold across pages, stand in the address, and are walked back from', async ({ page }) => {
    await open(page, { path })
    await expect(page.getByText(`${all} keys`)).toBeVisible()
    await page.getByRole('button', { name: 'Next page' }).click()
    await expect(bodyRows(page)).toHaveCount(all - 10)
    expect(searchOf(page)).toEqual({ region: 'cn-hangzhou', page: '2' })

    await addFilter(page, 'State', 'Enabled')
    await expect(page.getByText(`${enabled} keys`)).toBeVisible()
    await expect(page.getByText('1 / 2')).toBeVisible()
    expect(searchOf(page)).toEqual({ region: 'cn-hangzhou', state: 'Enabled' })
    await page.getByRole('button', { name: 'Next page' }).click()
    await expect(bodyRows(page)).toHaveCount(enabled - 10)

    await addFilter(page, 'Alias', aliases.working)
    await expect(bodyRows(page)).toHaveCount(1)
    await page.reload()
    await expect(bodyRows(page)).toHaveCount(1)
    await chips(page)
      .getByRole('button', { name: `Remove Alias: ${aliases.working}` })
      .click()
    await expect(page.getByText(`${enabled} keys`)).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await expect(page.getByText(`${all} keys`)).toBeVisible()
    await expect(chips(page)).toBeHidden()

    await page.goBack()
    await page.goBack()
    await expect(chips(page).getByText(`Alias: ${aliases.working}`)).toBeVisible()
    await expect(bodyRows(page)).toHaveCount(1)
  })

  test('by tag complete from the tags that exist, by key and by value', async ({ page }) => {
    await open(page, { path })
    await addFilter(page, 'Tag key', 'service')
    await expect(page.getByText('2 keys')).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await addFilter(page, 'Tag value', 'staging')
    await expect(page.getByText('2 keys')).toBeVisible()
    await expect(row(page, 'alias/etl/landing')).toBeVisible()
  })

  test('by key ID take a pasted ARN', async ({ page }) => {
    await open(page, { path: `${path}&alias=${aliases.working}` })
    const link = row(page, aliases.working).getByRole('link', { name: aliases.working, exact: true })
    const keyId = /key-[^?]+/.exec((await link.getAttribute('href')) ?? '')?.[0] ?? ''
    await page.getByRole('button', { name: 'Clear filters' }).click()
    await page.getByLabel('Filter by').selectOption({ label: 'Key ID' })
    await page.getByRole('textbox', { name: 'Type Key ID' }).fill(`acs:kms:cn-hangzhou:1203456789012345:key/${keyId}`)
    await page.getByRole('textbox', { name: 'Type Key ID' }).press('Enter')
    await expect(bodyRows(page)).toHaveCount(1)
    await expect(chips(page).getByText(`Key ID: ${keyId}`)).toBeVisible()
  })

  test('that match nothing can be cleared from where the list would be', async ({ page }) => {
    await open(page, { path: `${path}&state=PendingImport` })
    await expect(page.getByRole('heading', { name: 'No key matches these filters' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear filters' }).last().click()
    await expect(page.getByText(`${all} keys`)).toBeVisible()
  })

  test('that no API knows are dropped from a link, and the page stands', async ({ page }) => {
    await open(page, { path: `${path}&state=Lost,Disabled&spec=%00&page=-4&size=7&usage=%5B%7B%7D%5D&panel=nothing` })
    await expect(chips(page).getByRole('button', { name: /^Remove/ })).toHaveCount(1)
    await expect(row(page, aliases.disabled)).toBeVisible()
  })
})

test.describe('pages', () => {
  test('are 10, 20 or 50 long', async ({ page }) => {
    await open(page, { path })
    await expect(bodyRows(page)).toHaveCount(10)
    await page.getByLabel('Per page').selectOption('20')
    await expect(bodyRows(page)).toHaveCount(all)
    expect(searchOf(page)).toEqual({ region: 'cn-hangzhou', size: '20' })
    await page.goBack()
    await expect(bodyRows(page)).toHaveCount(10)
  })

  test('beyond the end offer the last one', async ({ page }) => {
    await open(page, { path: `${path}&page=9` })
    await expect(page.getByRole('heading', { name: 'There is no page 9' })).toBeVisible()
    await page.getByRole('button', { name: 'Go to the last page' }).click()
    await expect(bodyRows(page)).toHaveCount(all - 10)
    expect(searchOf(page)).toMatchObject({ page: '2' })
  })

  test('of ten thousand keys turn like any other', async ({ page }) => {
    await open(page, { path: `${path}&page=1000`, scenario: 'large' })
    await expect(page.getByText('10,000 keys')).toBeVisible()
    await expect(bodyRows(page)).toHaveCount(10)
    await expect(page.getByRole('button', { name: 'Next page' })).toBeDisabled()
    await page.getByRole('button', { name: 'Previous page' }).click()
    await expect(page.getByText('999 / 1000')).toBeVisible()
    await expect(table(page)).toHaveAttribute('aria-busy', 'false')
  })
})

test.describe('the instance', () => {
  test('of an external key tells its connection, latency, quotas and sharing', async ({ page }) => {
    await open(page, { path })
    const strip = page.getByRole('region', { name: 'Instance ID' })
    await expect(strip).toContainText('Connected')
    await expect(strip).toContainText('Public endpoint')
    await expect(strip).toContainText(/\d+ ms \(simulated\)/)
    await expect(strip).toContainText(`Keys${all} / 1,000`)
    await expect(strip).toContainText(/Access management\d \/ 5/)
    await expect(strip).toContainText('Not shared')
    await strip.getByText('Which instance type to choose').click()
    await expect(strip.getByText(/prefer one of those/)).toBeVisible()
    await strip.getByText('What external keys do not offer').click()
    await expect(strip.getByText(/cannot import key material, rotate or back up/)).toBeVisible()

    await chooseInstance(page, instances.group.name)
    await expect(strip).toContainText('Shared with 1 account')
    await chooseInstance(page, instances.settlement.name)
    await expect(strip).toContainText(/Shared by account \d{16}/)
    await expect(row(page, aliases.onSharedInstance)).toBeVisible()
  })

  test('says why no key can be created on it', async ({ page }) => {
    await open(page, { path })
    await expect(create(page)).toBeEnabled()
    await chooseInstance(page, instances.archive.name)
    await expect(create(page)).toBeDisabled()
    await expect(create(page)).toHaveAccessibleDescription(/lost its proxy/)
    await chooseInstance(page, instances.software.name)
    await expect(create(page)).toBeEnabled()
  })

  test('that a link names and that is not here is not replaced silently', async ({ page }) => {
    await open(page, { path: `${path}&instance=kst-elsewhere` })
    await expect(page.getByRole('heading', { name: 'This instance is not here' })).toBeVisible()
    await page.getByRole('button', { name: 'Show this region’s instances' }).click()
    await expect(bodyRows(page)).toHaveCount(10)
  })

  test('belongs to its region: another region keeps the filter and drops the instance', async ({ page }) => {
    await open(page, { path: `${path}&state=Disabled` })
    await chooseInstance(page, instances.archive.name)
    await expect(page).toHaveURL(/instance=kst-/)
    await page.getByRole('button', { name: /^Region/ }).click()
    await page.getByRole('option', { name: /cn-shanghai/ }).click()
    await expect(page).not.toHaveURL(/instance=/)
    expect(searchOf(page)).toMatchObject({ region: 'cn-shanghai' })
    await expect(page.getByRole('heading', { name: 'This instance is not enabled yet' })).toBeVisible()
    await expect(create(page)).toHaveAccessibleDescription(/not enabled yet/)
  })
})

test.describe('where there is no list', () => {
  test('no external instance: the next step is named, and the other instances are shown', async ({ page }) => {
    await open(page, { path: 'keys?region=ap-southeast-1' })
    await expect(page.getByText('No external key management instance in this region')).toBeVisible()
    await expect(bodyRows(page)).toHaveCount(1)
  })

  test('no instance: another region is offered', async ({ page }) => {
    await open(page, { path: 'keys?region=eu-central-1' })
    await expect(page.getByRole('heading', { name: 'No KMS instance in this region' })).toBeVisible()
  })

  test('no external key yet: the way leads outside the cloud', async ({ page }) => {
    await open(page, { path, scenario: 'empty' })
    await expect(page.getByRole('heading', { name: 'Make an external key first' })).toBeVisible()
    await page.getByRole('link', { name: 'Go to the external key manager' }).click()
    await expect(page).toHaveURL(/key-manager/)
  })

  test('no permission: the one that is missing is named', async ({ page }) => {
    await open(page, { path, as: identities.intern.accessKeyId })
    await expect(page.getByRole('heading', { name: 'You may not see this list' })).toBeVisible()
    await expect(page.getByText('kms:ListKmsInstances')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Copy Request ID' })).toBeVisible()
  })
})

test('a key just created stands first and marked, with its identifiers and the way to try it', async ({ page }) => {
  await open(page, { path: `${path}&state=Disabled&page=2` })
  await create(page).click()
  const panel = page.getByRole('dialog', { name: 'Create Key' })
  await panel.getByLabel('External key ID').fill(externalKeys.ready[0])
  await panel.getByLabel('Key alias').fill('list/just-made')
  await panel.getByRole('button', { name: 'OK', exact: true }).click()
  await expect(panel).toBeHidden()

  const notice = page.getByRole('status').filter({ hasText: 'Key created' })
  await expect(notice).toContainText('by its KMS key ID, not by the external key ID')
  await expect(notice.getByRole('button', { name: 'Copy Key ID' })).toBeVisible()
  await expect(notice.getByRole('button', { name: 'Copy ARN' })).toBeVisible()
  await expect(bodyRows(page).first()).toContainText('alias/list/just-made')
  await expect(bodyRows(page).first()).toContainText('New')
  expect(searchOf(page)).toEqual({ region: 'cn-hangzhou' })

  await notice.getByRole('link', { name: 'Try it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'alias/list/just-made' })).toBeVisible()
  await page.goBack()
  await expect(notice).toBeHidden()
  await expect(bodyRows(page)).toHaveCount(10)
})

test('默认密钥：主密钥可管理，服务密钥只读', async ({ page }) => {
  await open(page, { path, language: 'zh' })
  await page.getByRole('tab', { name: '默认密钥' }).click()
  await expect(page.getByText('服务密钥由云产品创建和使用，此处仅供查看')).toBeVisible()
  const defaults = page.getByRole('table', { name: '默认密钥列表' })
  await expect(defaults.getByRole('row')).toHaveCount(5)
  const [master, service] = [defaults.getByRole('row').nth(1), defaults.getByRole('row').nth(2)]
  await expect(master).toContainText('默认主密钥')
  await expect(master.getByRole('button', { name: /^禁用/ })).toBeEnabled()
  await expect(service).toContainText('服务密钥')
  await expect(service.getByRole('button', { name: /^禁用/ })).toBeDisabled()
  await expect(page.getByRole('button', { name: '启用默认密钥' })).toHaveAccessibleDescription(/该地域已有默认密钥/)
  await service.getByRole('button', { name: /的更多操作$/ }).click()
  await expect(page.getByRole('menuitem', { name: /^计划删除密钥/ })).toContainText(
    '该密钥由云服务创建和管理，此处只读。',
  )
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: '用户主密钥' }).click()
  await expect(page.getByRole('button', { name: '创建密钥' })).toBeEnabled()
  expect(searchOf(page)).toEqual({ region: 'cn-hangzhou' })
})

test('a narrow screen scrolls the table, not the page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, { path: `${path}&state=Enabled` })
  await expect(table(page)).toHaveAttribute('aria-busy', 'false')
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})
