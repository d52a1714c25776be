/** Who may do what with a key, and why: the matrix, its explanations, the page that answers any question, and changes that turn an answer. */
import type { Locator, Page } from '@playwright/test'
import { accountArn, roleArn, userArn } from '#src/api/contract/arn.ts'
import { crossAccountRamPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { accounts, aliases, identities } from '#mocks/scenarios/names.ts'
import { write } from './code-editor.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const own = accounts.main.accountId
const partner = accounts.partner.accountId

const pathOf = (alias: string, rest = ''): string => `keys/${encodeURIComponent(alias)}${rest}?region=cn-hangzhou`
const accessPath = (alias: string, search = ''): string => `${pathOf(alias, '/access')}${search}`

const grid = (page: Page): Locator => page.getByRole('grid')
const rowOf = (page: Page, name: string): Locator =>
  grid(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name }) })

/** The cell of a principal under a permission's head. */
async function cell(page: Page, name: string, permission: string): Promise<Locator> {
  const head = grid(page).getByRole('columnheader', { name: permission, exact: true })
  return rowOf(page, name).locator(`[role="gridcell"][aria-colindex="${await head.getAttribute('aria-colindex')}"]`)
}

async function expectCell(page: Page, name: string, permission: string, word: string): Promise<void> {
  await expect(grid(page)).toBeVisible()
  await expect(await cell(page, name, permission)).toHaveAccessibleName(word)
}

/** What is being edited is saved, and the editor left for the key's page. */
async function savePolicy(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review changes' }).click()
  await page.getByRole('button', { name: 'Save policy' }).click()
  await expect(page.getByText(/^The policy of .* is saved\.$/)).toBeVisible()
}

const marked = (scope: Page | Locator): Locator => scope.locator('mark')

test('an administrator who cannot decrypt: why, by keyboard, and the change that turns it', async ({ page }) => {
  await open(page, { path: pathOf(aliases.working) })
  await page.getByRole('link', { name: 'Who may do what' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Access' })).toBeFocused()
  await expectCell(page, 'user/key-operator', 'DisableKey', 'Allowed')
  await expectCell(page, 'user/key-operator', 'Decrypt', 'Not granted')
  await expectCell(page, 'user/key-admin', 'AsymmetricSign', 'Granted, but impossible')

  // One stop for the keyboard, arrows from there.
  await page.getByRole('textbox', { name: 'Principal' }).fill('operator')
  await page.keyboard.press('Enter')
  await expect(grid(page).getByRole('rowheader')).toHaveText([/^user\/key-operator/])
  await expect(page).toHaveURL(/who=operator/)
  await expectNoAxeViolations(page)
  await grid(page).getByRole('gridcell').first().focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('ArrowRight')
  await expect(await cell(page, 'user/key-operator', 'Decrypt')).toBeFocused()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('dialog', { name: 'kms:Decrypt explained' })
  await expect(panel).toContainText('RAM user key-operator may not do kms:Decrypt: nothing grants it.')
  await expect(panel).toContainText('names the account, which decides by RAM')
  await expect(marked(panel).first()).toBeVisible()
  await expectNoAxeViolations(page)
  await page.keyboard.press('Escape')
  await expect(await cell(page, 'user/key-operator', 'Decrypt')).toBeFocused()
  await page.keyboard.press('Enter')

  await panel.getByRole('button', { name: 'Open in the policy editor' }).click()
  await expect(page.getByText(/The change that the explanation proposes is filled in/)).toBeVisible()
  const document = page.getByRole('textbox', { name: 'Policy document' })
  await expect(document.getByText('user/key-operator').last(), 'the statement that is new').toBeInViewport()
  await savePolicy(page)
  await page.getByRole('link', { name: 'Who may do what' }).click()
  await expectCell(page, 'user/key-operator', 'Decrypt', 'Allowed')
  await expectCell(page, 'user/key-operator', 'Encrypt', 'Not granted')

  // The statement that now decides is the one that is marked.
  await (await cell(page, 'user/key-operator', 'Decrypt')).click()
  await expect(panel).toContainText('RAM user key-operator may do kms:Decrypt.')
  await expect(panel).toContainText('Decides.')
  await expect(marked(panel).filter({ hasText: 'user/key-operator' }).first()).toBeVisible()
  await expect(panel).toContainText('Smallest change that would take it away')
})

test('只能解密的用户：矩阵、条件、可用密钥，以及本人能看到的说明', async ({ page }) => {
  const intern = userArn(own, 'intern')
  const policy: KeyPolicy = {
    Version: '1',
    Statement: [
      { Effect: 'Allow', Principal: { RAM: [accountArn(own)] }, Action: ['kms:*'], Resource: ['*'] },
      { Effect: 'Allow', Principal: { RAM: [intern] }, Action: ['kms:Decrypt'], Resource: ['*'] },
      {
        Effect: 'Allow',
        Principal: { RAM: [intern] },
        Action: ['kms:Encrypt', 'kms:DescribeKey'],
        Resource: ['*'],
        Condition: { IpAddress: { 'acs:SourceIp': ['198.51.100.0/24'] } },
      },
    ],
  }
  await open(page, { path: `${pathOf(aliases.ordersService, '/policy')}&view=document`, language: 'zh' })
  await write(page.getByRole('textbox', { name: '策略文档' }), JSON.stringify(policy))
  await page.getByRole('button', { name: '查看变更' }).click()
  await page.getByRole('button', { name: '保存策略' }).click()
  // 密钥页用文字说明条件。
  await expect(page.getByText('来源 IP 地址属于 198.51.100.0/24')).toBeVisible()
  await page.getByRole('link', { name: '查看访问权限' }).click()
  await expectCell(page, 'user/intern', 'Decrypt', '允许')
  await expect(rowOf(page, 'user/intern').getByRole('gridcell', { name: '允许', exact: true })).toHaveCount(1)
  await page.getByRole('combobox', { name: '权限' }).selectOption({ label: '密码运算' })
  await page.getByRole('combobox', { name: '结果' }).selectOption({ label: '允许' })
  await expect(rowOf(page, 'user/intern')).toBeVisible()
  await expect(rowOf(page, 'user/auditor')).toBeHidden()
  await expect(grid(page).getByRole('columnheader', { name: 'EnableKey', exact: true })).toBeHidden()

  // 条件不满足时说明是哪个条件；换一个来源地址即可允许。
  await (await cell(page, 'user/intern', 'Encrypt')).click()
  const panel = page.getByRole('dialog', { name: 'kms:Encrypt 说明' })
  await expect(panel).toContainText('来源 IP 地址属于 198.51.100.0/24')
  await panel.getByRole('link', { name: '在独立页面中打开' }).click()
  await expect(page.getByRole('heading', { level: 1, name: '权限说明' })).toBeFocused()
  await expect(page.getByText('RAM 用户 intern 不能执行 kms:Encrypt：没有任何策略授权。')).toBeVisible()
  await page.getByText('指定其他请求条件').click()
  await page.getByRole('textbox', { name: '来源 IP 地址' }).fill('198.51.100.7')
  await page.getByRole('button', { name: '查询' }).click()
  await expect(page.getByText('RAM 用户 intern 可以执行 kms:Encrypt。')).toBeVisible()
  await expect(page).toHaveURL(/ip=198\.51\.100\.7/)

  await page.getByRole('combobox', { name: '要查询什么？' }).selectOption({ label: '可使用哪些密钥' })
  await page.getByRole('combobox', { name: '权限', exact: true }).fill('kms:Decrypt')
  await page.keyboard.press('Tab')
  // 身份也可以只写名称。
  const principal = page.getByRole('textbox', { name: '身份' })
  await principal.fill('nobody-here')
  await page.getByRole('button', { name: '列出密钥' }).click()
  await expect(principal).toBeFocused()
  await expect(principal).toHaveAccessibleDescription(/唯一匹配的 RAM 用户或角色名称/)
  await principal.fill('intern')
  await page.getByRole('button', { name: '列出密钥' }).click()
  await expect(principal).toHaveValue(intern)
  const keys = page.getByRole('table', { name: '可使用的密钥' })
  await expect(keys.getByRole('rowheader')).toHaveText([new RegExp(aliases.ordersService)])
  await expectNoAxeViolations(page)

  // 被拒绝时也说明是哪个条件未满足。
  await page.evaluate((id) => sessionStorage.setItem('kms.identity', id), identities.intern.accessKeyId)
  await page.goto(pathOf(aliases.ordersService))
  const denied = page.getByRole('status').filter({ hasText: '无权限查看此密钥' })
  await expect(denied).toContainText(/kms:DescribeKey.*满足条件 IpAddress acs:SourceIp 时才会允许。/s)
})

test('a cross-account role: one leg missing on either side, then both', async ({ page }) => {
  const role = roleArn(partner, 'clearing')
  const user = userArn(partner, 'clearing-ops')
  const ask = (principal: string): string =>
    `access?region=cn-hangzhou&principal=${encodeURIComponent(principal)}&permission=kms:Decrypt&key=${encodeURIComponent(aliases.crossAccount)}`
  await open(page, { path: ask(role) })
  const legs = page.getByRole('listitem')
  await expect(page.getByText(/one of the two accounts grants it, the other does not/)).toBeVisible()
  await expect(legs.filter({ hasText: 'Key policy of this account' })).toContainText('missing')
  await expect(legs.filter({ hasText: `RAM policies of account ${partner}` })).toContainText('grants it')
  await expect(page.getByText('You may not read these RAM policies')).toBeVisible()
  await page.getByRole('button', { name: 'Open in the policy editor' }).click()
  await savePolicy(page)
  await page.goto(ask(role))
  await expect(page.getByText(`RAM role clearing of account ${partner} may do kms:Decrypt.`)).toBeVisible()
  await expect(legs.filter({ hasText: 'Key policy of this account' })).toContainText('grants it')

  // The matrix shows whom the key policy names; the other leg is the other account's to add.
  await page.goto(accessPath(aliases.crossAccount, `&account=${partner}`))
  await expectCell(page, 'role/clearing', 'Decrypt', 'Allowed')
  await page.goto(ask(user))
  await expect(page.getByText(/nothing grants it/)).toBeVisible()
  await expect(legs.filter({ hasText: 'missing' })).toHaveCount(2)
  await expect(page.getByText('All of these together:')).toBeVisible()
  await expect(page.getByText(`Account ${partner} has to do this.`)).toBeVisible()
  await page.getByText('RAM policy for everything that a cross-account user does').click()
  const whole = page.getByRole('region', { name: 'RAM policy for everything that a cross-account user does' })
  const arn = /acs:kms:cn-hangzhou:\d+:key\/[a-z0-9-]+/.exec((await whole.textContent()) ?? '')?.[0] ?? ''
  expect(await whole.textContent()).toBe(crossAccountRamPolicy(arn))
})

test('granted and impossible: the obstacle in words, and what would help', async ({ page }) => {
  await open(page, { path: accessPath(aliases.disabled, '&show=cryptography') })
  await expectCell(page, 'user/key-admin', 'Decrypt', 'Granted, but impossible')
  await (await cell(page, 'user/key-admin', 'Decrypt')).click()
  const panel = page.getByRole('dialog')
  await expect(panel).toContainText('KMS answers Rejected.Disabled.')
  await expect(panel).toContainText('Enable the key.')
  await panel.getByRole('link', { name: 'Go to the key' }).click()
  await page.getByRole('button', { name: 'Enable', exact: true }).first().click()
  await expect(page.getByRole('button', { name: 'Disable', exact: true })).toBeVisible()
  await page.goto(accessPath(aliases.disabled, '&show=cryptography'))
  await expectCell(page, 'user/key-admin', 'Decrypt', 'Allowed')

  // Nothing that policies say brings a disabled external key back.
  await page.goto(accessPath(aliases.externalKeyDisabled, '&show=kms:Encrypt'))
  await expectCell(page, 'user/key-admin', 'Encrypt', 'Granted, but impossible')
  await (await cell(page, 'user/key-admin', 'Encrypt')).click()
  await expect(panel).toContainText('The external key is disabled at the key manager.')
  await expect(panel).toContainText('No change turns this answer')
})

test('without rights: which permission is missing, and why, from the address alone', async ({ page }) => {
  await open(page, { path: accessPath(aliases.working), as: identities.intern.accessKeyId })
  await expect(page.getByRole('heading', { name: 'You may not ask this' })).toBeVisible()
  await expect(page.getByText('kms:DescribeKey', { exact: true })).toBeVisible()
  await expect(page.getByText(/^By RAM \(ram:AttachPolicyToUser\)/)).toBeVisible()
  await expectNoAxeViolations(page)
  await page.getByRole('link', { name: 'Explain kms:DescribeKey' }).click()
  await expect(page.getByText('RAM user intern may not do kms:DescribeKey: nothing grants it.')).toBeVisible()
  await expect(page.getByText('You may not read the key policy (kms:GetKeyPolicy)')).toBeVisible()
  await expect(page.getByText('ram:ListUsers is missing')).toBeVisible()

  // About others one has to be allowed to ask.
  await page.getByRole('textbox', { name: 'Principal' }).fill('user/key-admin')
  await page.getByRole('button', { name: 'Explain', exact: true }).click()
  await expect(page.getByText('You may not ask this')).toBeVisible()
  await expect(page.getByText('kms:GetKeyPolicy', { exact: true })).toBeVisible()
  await expect(page.getByText(/^By RAM \(ram:AttachPolicyToUser\)/)).toBeVisible()

  // The page is a shortcut away, and picks from the account's own principals.
  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('g')
  await page.keyboard.press('k')
  await expect(page.getByRole('heading', { level: 1, name: 'Key Management' })).toBeVisible()
  await page.keyboard.press('g')
  await page.keyboard.press('a')
  await expect(page.getByText('Nothing is asked yet')).toBeVisible()
})
