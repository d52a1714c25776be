/** Keys whose material KMS holds: made on software and hardware instances, the default key, their rotation and their versions. */
import type { Locator, Page } from '@playwright/test'
import { instances, softwareAliases } from '#mocks/scenarios/names.ts'
import { advanceClock, countOf, createdNotice, firstRow, panel, recordRequests, setFaults } from './create-panel.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const path = 'keys?region=cn-hangzhou'
const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

async function openPanelOn(page: Page, instance: string) {
  await open(page, { path })
  await page.getByRole('button', { name: /^Instance ID/ }).click()
  await page.getByRole('option', { name: new RegExp(instance) }).click()
  await page.getByRole('button', { name: 'Create Key' }).click()
  const { dialog, ...parts } = panel(page)
  const radio = (name: string): Locator => dialog.getByRole('radio', { name, exact: true })
  return {
    ...parts,
    dialog,
    symmetric: radio('Symmetric key'),
    asymmetric: radio('Asymmetric key'),
    spec: dialog.getByRole('combobox', { name: 'Key spec' }),
    insideHsm: radio('Inside the HSM'),
    inDatabase: radio('Database, encrypted by the HSM'),
    rotation: dialog.getByRole('combobox', { name: 'Automatic rotation' }),
    days: dialog.getByRole('textbox', { name: 'Rotation period (days)' }),
    imported: radio('External (import key material)'),
  }
}

const card = (page: Page) => {
  const region = page.getByRole('region', { name: 'Rotation and versions' })
  const versions = region.getByRole('table', { name: 'Versions' })
  return {
    region,
    change: region.getByRole('button', { name: 'Change rotation' }),
    create: region.getByRole('button', { name: 'Create version' }),
    versions: versions.getByRole('rowheader'),
  }
}

test('a software key, made with rotation, is rotated by time and still decrypts what came before', async ({ page }) => {
  const parts = await openPanelOn(page, instances.software.name)
  await expect(parts.symmetric).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(parts.asymmetric).toBeFocused()
  await expect(parts.symmetric, 'what is not offered can be reached, and not chosen').toBeChecked()
  await expect(parts.asymmetric).toHaveAccessibleDescription(/implements no asymmetric keys/)
  await expect(parts.imported).toHaveAccessibleDescription(/does not import key material/)
  await parts.alias.fill('kms/rotating')
  await parts.rotation.selectOption('Another period…')
  await parts.days.fill('6')
  await parts.ok.click()
  await expect(parts.days).toBeFocused()
  await expect(parts.days).toHaveAccessibleDescription(/from 7 to 365/)
  await expectNoAxeViolations(page)
  await parts.days.fill('30')
  await parts.ok.click()
  await expect(createdNotice(page)).toContainText('by its KMS key ID or by one of its aliases')
  await expect(firstRow(page)).toContainText('alias/kms/rotating')
  await createdNotice(page).getByRole('link', { name: 'Try it' }).click()

  const { region, create, versions } = card(page)
  await expect(region).toContainText('Every 30 days')
  await expect(versions).toHaveCount(1)
  await expect(versions).toContainText('Primary version')
  await page.getByLabel('Plaintext').fill('before the rotation')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Ciphertext', exact: true })).toHaveText(/\S/)

  await advanceClock(page, 31 * dayMs)
  await expect(versions).toHaveCount(2)
  await expect(versions.first()).toContainText('Primary version')
  await expect(versions.last()).not.toContainText('Primary version')
  await expect(create, 'a day after the rotation').toHaveAccessibleDescription(/Seven days must lie between/)
  await page.getByRole('button', { name: 'Decrypt this' }).click()
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Plaintext', exact: true })).toHaveText('before the rotation')
})

test('a version is made by hand, seven days apart; rotation is suspended with the key, and turned off', async ({
  page,
}) => {
  await open(page, { path })
  await page.getByRole('button', { name: /^Instance ID/ }).click()
  await page.getByRole('option', { name: new RegExp(instances.software.name) }).click()
  await page.getByRole('link', { name: softwareAliases.rotating, exact: true }).click()
  const { region, change, create, versions } = card(page)
  await expect(versions.first()).toContainText('Primary version')
  const before = await versions.count()
  await expectNoAxeViolations(page)

  await create.click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('whatever is encrypted from then on uses it')
  await expect(question).toContainText('stays decryptable')
  await expect(question).toContainText('one unit of the instance’s key quota')
  await question.getByRole('button', { name: 'Create version' }).click()
  await expect(versions).toHaveCount(before + 1)
  await expect(create).toHaveAccessibleDescription(/Seven days must lie between/)
  // The page looks at the clock by the minute.
  await advanceClock(page, 7 * dayMs + 2 * minuteMs)
  await expect(create).toBeEnabled()

  await page.getByRole('button', { name: 'Disable', exact: true }).click()
  await question.getByRole('button', { name: 'Disable Key' }).click()
  await expect(region).toContainText('Suspended')
  await expect(change).toHaveAccessibleDescription(/Not while the key is Disabled/)
  await page.getByRole('button', { name: 'Enable', exact: true }).click()
  await expect(change).toBeEnabled()
  await change.click()
  const rotation = page.getByRole('dialog', { name: 'Automatic rotation' })
  await rotation.getByRole('combobox', { name: 'Automatic rotation' }).selectOption('Off')
  await rotation.getByRole('button', { name: 'OK', exact: true }).click()
  await expect(rotation).toBeHidden()
  await expect(region).toContainText('Automatic rotationDisabled')
})

test('a hardware key rotates in the database, and not inside the HSM', async ({ page }) => {
  const parts = await openPanelOn(page, instances.hardware.name)
  await expect(parts.insideHsm).toBeChecked()
  await expect(parts.dialog.getByText(/A key inside the HSM cannot rotate/)).toBeVisible()
  await expect(parts.rotation).toBeHidden()
  await parts.spec.selectOption('Aliyun_AES_128')
  await parts.alias.fill('kms/inside')
  await parts.ok.click()
  await createdNotice(page).getByRole('link', { name: 'Try it' }).click()
  const basics = page.getByRole('region', { name: 'Basic information' })
  await expect(basics).toContainText('Aliyun_AES_128')
  await expect(basics).toContainText('Inside the HSM')
  const { region, change, create } = card(page)
  for (const button of [change, create])
    await expect(button).toHaveAccessibleDescription(/has one version and does not rotate/)

  await page.goBack()
  await page.getByRole('button', { name: 'Create Key' }).click()
  await parts.inDatabase.check()
  await parts.rotation.selectOption('Every 90 days')
  await parts.alias.fill('kms/in-database')
  await parts.ok.click()
  await createdNotice(page).getByRole('link', { name: 'Try it' }).click()
  await expect(basics).toContainText('Database, encrypted by the HSM')
  await expect(region).toContainText('Every 90 days')
  await expect(change).toBeEnabled()
})

test('默认密钥：一个地域启用一个', async ({ page, context }) => {
  const other = await context.newPage()
  await open(page, { path: 'keys?region=cn-shanghai&tab=default&panel=create', language: 'zh' })
  await open(other, { path: 'keys?region=cn-shanghai&tab=default&panel=create', language: 'zh' })
  const dialogIn = (tab: Page): Locator => tab.getByRole('dialog', { name: '启用默认密钥' })
  await expect(dialogIn(other)).toBeVisible()
  const dialog = dialogIn(page)
  await dialog.getByRole('textbox', { name: '密钥别名' }).fill('region/default')
  await dialog.getByRole('textbox', { name: '描述信息' }).fill('云盘加密')
  await expectNoAxeViolations(page)
  await dialog.getByRole('button', { name: '确定' }).click()
  await expect(dialog).toBeHidden()
  const row = page.getByRole('row').filter({ hasText: 'alias/region/default' })
  await expect(row).toContainText('默认主密钥')
  await expect(page.getByRole('button', { name: '启用默认密钥' })).toHaveAccessibleDescription(/该地域已有默认密钥/)

  await test.step('另一个标签页的请求被拒绝，并说明原因', async () => {
    await dialogIn(other).getByRole('button', { name: '确定' }).click()
    await expect(dialogIn(other).getByRole('alert')).toContainText('该地域已有默认密钥')
    await expect(dialogIn(other).getByRole('alert')).toContainText('Rejected.LimitExceeded')
  })

  await row.getByRole('link', { name: 'alias/region/default', exact: true }).click()
  const rotation = page.getByRole('region', { name: '密钥轮转与版本' })
  await rotation.getByRole('button', { name: '设置轮转策略' }).click()
  await page.getByRole('dialog').getByRole('combobox', { name: '自动轮转' }).selectOption('365 天')
  await page.getByRole('dialog').getByRole('button', { name: '确定' }).click()
  await expect(rotation).toContainText('已开启')
  await page.goBack()
  await page.getByRole('link', { name: 'alias/acs/ecs', exact: true }).click()
  await expect(page.getByText('该密钥由云服务创建和管理，此处只读。').first()).toBeVisible()
})

test.describe('after a lost answer', () => {
  // A broken connection is what the fault is about; the service worker's own log of it is no failure.
  test.use({ allowedProblems: [/resulted in a network error response/] })

  test('the newest keys of the instance are looked at', async ({ page }) => {
    const parts = await openPanelOn(page, instances.software.name)
    const sent = recordRequests(page)
    await setFaults(page, [{ id: 'lost', hop: 'kms', kind: 'lostAnswer', action: 'CreateKey', times: 1 }])
    await parts.alias.fill('kms/found')
    await parts.ok.click()
    const lost = page.getByRole('dialog', { name: 'Was the key created?' })
    await expect(lost.getByRole('region', { name: `Keys made on ${instances.software.name}` })).toBeVisible()
    await expect(lost.getByRole('listitem'), 'older keys are not offered').toHaveCount(1)
    await lost.getByRole('button', { name: /^It is this one/ }).click()
    await expect(firstRow(page)).toContainText('alias/kms/found')
    expect(countOf(sent, 'CreateKey')).toBe(1)
  })
})
