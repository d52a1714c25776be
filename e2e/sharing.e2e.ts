/** An instance shared with other accounts: whose keys are whose, what it takes of the quota, and how it ends. */
import type { Locator, Page } from '@playwright/test'
import { accounts, aliases, externalKeys, identities, instances, strangerAccountId } from '#mocks/scenarios/names.ts'
import { advanceClock, createdNotice, panel } from './create-panel.ts'
import { expect, expectNoAxeViolations, open, test, type World } from './fixtures.ts'

const list = 'keys?region=cn-hangzhou'
const minutes = 60_000
const main = accounts.main.accountId
const partner = accounts.partner.accountId
const retail = accounts.retail.accountId

/** From the key list, as one would; returns the instance's address. */
async function openInstance(page: Page, name: string, world: World = {}): Promise<string> {
  const zh = world.language === 'zh'
  await open(page, { path: list, ...world })
  await page.getByRole('button', { name: zh ? /^实例ID/ : /^Instance ID/ }).click()
  await page.getByRole('option', { name: new RegExp(name) }).click()
  await page.getByRole('link', { name: zh ? '详情' : 'Details', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  return page.url()
}

async function actAs(page: Page, accessKeyId: string, url: string): Promise<void> {
  await page.evaluate((id) => sessionStorage.setItem('kms.identity', id), accessKeyId)
  await page.goto(url)
}

const card = (page: Page, name: string): Locator => page.getByRole('region', { name, exact: true })
const sharing = (page: Page): Locator => card(page, 'Share Resources')
const quota = (page: Page): Locator => card(page, 'Access management quota')
const meter = (page: Page): Locator => quota(page).getByRole('meter')

const sharePanel = (page: Page, title = 'Share Resources') => {
  const dialog = page.getByRole('dialog', { name: title })
  return {
    dialog,
    name: dialog.getByRole('textbox', { name: 'Resource share name' }),
    accounts: dialog.getByRole('textbox', { name: 'Principals' }),
    quota: dialog.getByRole('meter'),
    ok: dialog.getByRole('button', { name: 'OK', exact: true }),
  }
}

/** Makes an external key on the instance and returns the principals of its policy as its page shows them. */
async function keyMadeBy(page: Page, accessKeyId: string, address: string, externalKeyId: string) {
  const instance = new URL(address).pathname.split('/').at(-1)!
  await actAs(page, accessKeyId, `${list}&instance=${instance}`)
  await page.getByRole('button', { name: 'Create Key' }).click()
  const parts = panel(page)
  await parts.externalKeyId.fill(externalKeyId)
  await parts.ok.click()
  await createdNotice(page).getByRole('link', { name: 'Try it' }).click()
  await expect(page).toHaveURL(/\/keys\/key-/)
  return { url: page.url(), principals: await principalsOnPage(page) }
}

async function principalsOnPage(page: Page): Promise<readonly string[]> {
  await page.getByRole('tab', { name: 'Document' }).click()
  const text = await page.getByRole('region', { name: 'Document' }).textContent()
  const { Statement } = JSON.parse(text ?? '') as { Statement: { Principal: { RAM: string[] } }[] }
  return Statement.flatMap(({ Principal }) => Principal.RAM)
}

const all = (account: string): string => `acs:ram::${account}:*`

test('the default policy in its three settings, and who sees which keys', async ({ page }) => {
  test.slow()
  const { account: owner, partnerAccount: receiver } = identities
  const address = await openInstance(page, instances.payments.name, { theme: 'system' })
  await expect(sharing(page)).toContainText('This instance is in no resource share.')
  await expect(sharing(page)).toContainText(`${main} only`)
  const alone = await keyMadeBy(page, owner.accessKeyId, address, externalKeys.ready[0])
  expect(alone.principals).toEqual([all(main)])

  // Shared, under joint ownership.
  await page.goto(address)
  await sharing(page).getByRole('button', { name: 'Share Resources' }).click()
  const parts = sharePanel(page)
  await parts.ok.click()
  await expect(parts.name).toHaveAccessibleDescription(/Required/)
  await parts.name.fill('payments and partner')
  await expect(parts.name).toBeFocused()
  await parts.accounts.fill(`${strangerAccountId},`)
  await expect(parts.name).toHaveAccessibleDescription(/not allowed/)
  await parts.name.fill('payments-and-partner')
  await parts.ok.click()
  await expect(parts.accounts).toHaveAccessibleDescription(/not a member of the resource directory/)
  await expect(parts.name).toHaveValue('payments-and-partner')
  await parts.dialog.getByRole('button', { name: `Remove ${strangerAccountId}` }).click()
  await parts.accounts.fill(`${partner},`)
  await expect(parts.quota).toHaveAttribute('aria-valuetext', /^3 used, 2 left of 5$/)
  await expectNoAxeViolations(page)
  await parts.ok.click()
  await expect(parts.dialog).toBeHidden()
  const share = page.getByRole('region', { name: 'Resource share payments-and-partner' })
  await expect(share.getByRole('row', { name: new RegExp(partner) })).toContainText('Associated')
  const unit = quota(page).getByRole('row', { name: new RegExp(partner) })
  await expect(unit).toContainText('Shared with it by payments-and-partner')
  await expect(unit.getByRole('link', { name: aliases.crossAccount })).toBeVisible()
  await expect(meter(page)).toHaveAttribute('aria-valuetext', '3 used, 2 left of 5')

  const joint = await keyMadeBy(page, receiver.accessKeyId, address, externalKeys.ready[1])
  expect(joint.principals).toEqual([all(main), all(partner)])
  await page.goto(address)
  await expect(page.getByText('Being Shared', { exact: true })).toBeVisible()
  await expect(card(page, 'Shared with this account')).toContainText(`${main} and ${partner}: both accounts`)
  await expect(quota(page)).toContainText('is told to the account that owns the instance')
  await page.goto(alone.url)
  await expect(page.getByRole('heading', { name: 'This key is not here' })).toBeVisible()

  await actAs(page, owner.accessKeyId, joint.url)
  expect(await principalsOnPage(page)).toEqual([all(main), all(partner)])

  // Independent for good.
  await page.goto(address)
  await page.getByRole('button', { name: 'Change to independent ownership' }).click()
  const dialog = page.getByRole('alertdialog')
  const change = dialog.getByRole('button', { name: /^Change for good/ })
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(change).toHaveAccessibleDescription(/Type the name/)
  await dialog.getByRole('textbox').fill('hyok-payment')
  await expect(change).toBeDisabled()
  await dialog.getByRole('textbox').fill(instances.payments.name)
  await expectNoAxeViolations(page)
  await change.click()
  await expect(sharing(page)).toContainText('Independent ownership')
  await expect(page.getByRole('button', { name: 'Change to independent ownership' })).toBeHidden()
  await page.goto(joint.url)
  await expect(page.getByRole('heading', { name: 'This key is not here' })).toBeVisible()

  await actAs(page, receiver.accessKeyId, joint.url)
  expect(await principalsOnPage(page)).toEqual([all(partner)])
  const theirs = await keyMadeBy(page, receiver.accessKeyId, address, externalKeys.ready[2])
  expect(theirs.principals).toEqual([all(partner)])
  await actAs(page, owner.accessKeyId, theirs.url)
  await expect(page.getByRole('heading', { name: 'This key is not here' })).toBeVisible()
})

test('配额用尽时关联失败，取消授权 5 分钟后返还，重新添加后成功', async ({ page }) => {
  await openInstance(page, instances.payments.name, { scenario: 'quota-full', language: 'zh', theme: 'system' })
  const quotaCard = card(page, '访问管理数量')
  const returning = quotaCard.getByRole('row', { name: new RegExp(strangerAccountId) })
  await expect(quotaCard.getByRole('meter')).toHaveAttribute('aria-valuetext', /已用 4，剩余 0，共 4/)
  await expect(returning).toContainText('返还')
  await expect(returning).toContainText(/剩余 4 分 \d+ 秒/)

  await page.getByRole('button', { name: '资源共享' }).click()
  const dialog = page.getByRole('dialog', { name: '资源共享' })
  await dialog.getByRole('textbox', { name: '共享单元名称' }).fill('支付共享')
  await dialog.getByRole('textbox', { name: '资源使用者' }).fill(`${retail},`)
  await expect(dialog).toContainText('超出数量 1 个账号')
  await dialog.getByRole('button', { name: '确定' }).click()
  const share = page.getByRole('region', { name: '共享单元 支付共享' })
  await expect(share).toContainText('关联失败')
  await expect(share).toContainText('访问管理数量不足')
  await expectNoAxeViolations(page)

  await advanceClock(page, 5 * minutes)
  await expect(returning).toBeHidden()
  await expect(quotaCard.getByRole('meter')).toHaveAttribute('aria-valuetext', /已用 3，剩余 1，共 4/)
  await expect(share).toContainText('关联失败')

  await share.getByRole('button', { name: `移除 ${retail}` }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: '移除', exact: true }).click()
  await expect(share).toContainText('该共享单元没有资源使用者')
  await expect(page.getByRole('button', { name: '资源共享' })).toBeFocused()
  await share.getByRole('button', { name: '添加使用者' }).click()
  const add = page.getByRole('dialog', { name: '添加使用者' })
  await add.getByRole('textbox', { name: '资源使用者' }).fill(`${retail},`)
  await add.getByRole('button', { name: '确定' }).click()
  await expect(share).toContainText('已关联')
  await expect(quotaCard.getByRole('meter')).toHaveAttribute('aria-valuetext', /已用 4，剩余 0，共 4/)
  await expect(quotaCard.getByRole('row', { name: new RegExp(retail) })).toContainText('支付共享')
})

test('an account keeps the instance while it has keys there, and two tabs see one truth', async ({ page, context }) => {
  const address = await openInstance(page, instances.group.name)
  const share = page.getByRole('region', { name: `Resource share ${instances.group.name}` })
  await share.getByRole('button', { name: `Remove ${partner}` }).click()
  const dialog = page.getByRole('alertdialog')
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText('must delete all of them before sharing ends')
  await expect(dialog.getByRole('alert')).toContainText(new RegExp(`Account ${partner}: \\d+ keys? on kst-`))
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(share.getByRole('row', { name: new RegExp(partner) })).toContainText('Associated')

  // A share that holds two instances, ended in another tab while accounts are being added to it here.
  await openInstance(page, instances.payments.name)
  await sharing(page).getByRole('button', { name: 'Share Resources' }).click()
  const parts = sharePanel(page)
  await parts.name.fill('two-tabs')
  await parts.ok.click()
  const twoTabs = page.getByRole('region', { name: 'Resource share two-tabs' })
  await expect(twoTabs).toContainText('No account is in this resource share.')
  const payments = page.url()
  await twoTabs.getByRole('button', { name: 'Add accounts' }).click()
  const add = sharePanel(page, 'Add accounts')
  await add.ok.click()
  await expect(add.accounts).toHaveAccessibleDescription(/at least one account/)
  await add.accounts.fill(`${main},`)
  await expect(add.accounts).toHaveAccessibleDescription(/the account of the instance itself/)
  await add.dialog.getByRole('button', { name: `Remove ${main}` }).click()
  await add.accounts.fill(`${retail},`)

  const other = await context.newPage()
  await other.goto(payments)
  await other.getByRole('region', { name: 'Resource share two-tabs' }).getByRole('button', { name: 'Delete' }).click()
  await other.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click()
  // Under the dialog everything is hidden: it closes when the share is gone.
  await expect(other.getByRole('alertdialog')).toBeHidden()
  await expect(other.getByRole('region', { name: 'Resource share two-tabs' })).toBeHidden()
  await other.close()

  await add.ok.click()
  await expect(add.dialog.getByRole('alert')).toContainText('has no such resource share')
  await expect(add.dialog.getByRole('button', { name: `Remove ${retail}` })).toBeVisible()

  // Nobody else reads or changes it.
  await actAs(page, identities.keyAdmin.accessKeyId, address)
  await expect(sharing(page).getByRole('alert')).toContainText('resourcesharing:ListResourceShare')
  await actAs(page, identities.partnerEtl.accessKeyId, payments)
  await expect(page.getByRole('heading', { name: 'There is no such instance here' })).toBeVisible()
})
