/** A key's policy after the key exists: changed by pickers or as a document, with what that does shown before it is saved. */
import type { Locator, Page } from '@playwright/test'
import { accountArn, roleArn, userArn } from '#src/api/contract/arn.ts'
import { customPolicy, defaultPolicy, type KeyPolicy, type PolicyStatement } from '#src/api/contract/policy.ts'
import { limits } from '#src/api/contract/rules.ts'
import { accounts, aliases, identities } from '#mocks/scenarios/names.ts'
import { write } from './code-editor.ts'
import { advanceClock, pick, setFaults } from './create-panel.ts'
import { expect, expectNoAxeViolations, expectNoAxeViolationsInBothThemes, open, test, type World } from './fixtures.ts'

const own = accounts.main.accountId
const operator = userArn(own, 'key-operator')
const newcomer = '1500000000000001'

const pathOf = (alias: string, rest = ''): string => `keys/${encodeURIComponent(alias)}${rest}?region=cn-hangzhou`
const policyPath = (alias: string, view?: 'document'): string =>
  pathOf(alias, '/policy') + (view === undefined ? '' : `&view=${view}`)

const parts = (page: Page) => ({
  administrators: page.getByRole('combobox', { name: 'Administrators' }),
  users: page.getByRole('combobox', { name: 'Users', exact: true }),
  crossAccountUsers: page.getByRole('textbox', { name: 'Cross-account users' }),
  document: page.getByRole('textbox', { name: 'Policy document' }),
  problems: page.getByRole('region', { name: 'Problems' }),
  changes: page.getByRole('table', { name: 'Changes by principal' }),
  review: page.getByRole('button', { name: 'Review changes' }),
  save: page.getByRole('button', { name: 'Save policy' }),
  row: (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) }),
})

async function openPolicy(page: Page, world: World) {
  await open(page, world)
  await expect(page.getByRole('heading', { level: 1, name: 'Configure Key Policy' })).toBeVisible()
  return parts(page)
}

const textOf = (policy: KeyPolicy): string => JSON.stringify(policy, null, 2)
const allow = (principals: readonly string[], actions: readonly string[]): PolicyStatement => ({
  Effect: 'Allow',
  Principal: { RAM: principals },
  Action: actions,
  Resource: ['*'],
})

/** GetKeyPolicy, as the key's page shows it. */
async function storedPolicy(page: Page): Promise<unknown> {
  await page.getByRole('tab', { name: 'Document' }).click()
  const document = page.getByRole('region', { name: 'Document' })
  return JSON.parse((await document.textContent()) ?? '')
}

const savedToast = (page: Page): Locator => page.getByText(/^The policy of .* is saved\.$/)

test('by pickers, from the key’s page: what changes is shown, saved, and what GetKeyPolicy returns', async ({
  page,
}) => {
  await open(page, { path: pathOf(aliases.working), as: identities.keyOperator.accessKeyId })
  await page.getByRole('link', { name: 'Configure Key Policy' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Configure Key Policy' })).toBeFocused()
  const { administrators, users, review, save, changes, row } = parts(page)
  await expect(review).toHaveAccessibleDescription('Nothing is changed.')
  await expect(save).toBeHidden()

  await pick(users, 'order-app')
  await page.getByRole('button', { name: 'Remove crypto-app' }).click()
  await page.getByRole('button', { name: 'Remove break-glass' }).click()
  await page.getByRole('button', { name: 'Remove key-operator' }).click()
  await expect(administrators).toBeVisible()
  await review.click()

  await expect(page.getByRole('heading', { name: 'What this change does' })).toBeFocused()
  await expect(changes.getByRole('rowheader')).toHaveCount(4)
  await expect(row('RAM role order-app')).toContainText('gains 11 permissions')
  await expect(row('RAM user crypto-app')).toContainText('loses 11 permissions')
  await expect(row('RAM user key-operator')).toContainText('You')
  await expect(page.getByText('The last administrator goes')).toBeVisible()
  await expect(page.getByText('RAM user key-operator, RAM role break-glass: no longer administrator')).toBeVisible()
  await expect(page.getByText('You may lock yourself out')).toBeVisible()
  await row('RAM role order-app').getByText('gains 11 permissions').click()
  await expect(row('RAM role order-app').getByText('kms:GenerateDataKey', { exact: true })).toBeVisible()
  await expectNoAxeViolations(page)

  // Back leads to the editor as it was, also by the browser's own.
  await page.goBack()
  await expect(page.getByRole('button', { name: 'Remove order-app' })).toBeVisible()
  await pick(administrators, 'key-operator')
  await review.click()
  await expect(page.getByText('The last administrator goes')).toBeHidden()
  await expect(page.getByText('You may lock yourself out')).toBeHidden()
  await save.click()

  await expect(savedToast(page)).toBeVisible()
  expect(await storedPolicy(page)).toEqual(
    customPolicy([own], {
      administrator: [operator],
      user: [roleArn(own, 'payment-gateway'), roleArn(own, 'order-app')],
      crossAccountUser: [],
    }),
  )
})

test('as a document: completed, errors found at their place and corrected there, undone and saved', async ({
  page,
}) => {
  const { document, problems, review, save, changes, row } = await openPolicy(page, {
    path: policyPath(aliases.working, 'document'),
  })
  await expect(document).toContainText('"kms default key policy"')
  await expect(problems.getByRole('status')).toHaveText('No problems.')

  // Not JSON: where it breaks.
  await write(document, '{"Version":"1" "Statement":[]}')
  await expect(problems.getByRole('button')).toHaveText(/Line 1.*A comma is missing before this/)
  await expect(review).toHaveAccessibleDescription('The document holds an error: correct it first.')
  await expect(document).toHaveAttribute('aria-invalid', 'true')

  // JSON and no policy: everything that is wrong, each to go to and to type over.
  const wrong = textOf({
    Version: '1',
    Statement: [
      ...defaultPolicy([own]).Statement,
      { ...allow([operator, userArn(own, 'nobody-here')], ['oss:*', 'kms:Encrpyt']), Sid: 'ключ 🔑 مفتاح' },
    ],
  })
  await write(document, wrong)
  await expect(problems.getByRole('status')).toHaveText('2 errors, 2 warnings.')
  await expect(problems.getByRole('button', { name: /RAM lists no such user or role.*nobody-here/ })).toBeVisible()
  await expect(problems.getByRole('button', { name: /kms:Encrpyt has no effect/ })).toBeVisible()
  await problems.getByRole('button', { name: /Statement\[1\]\.Action\[0\]/ }).click()
  await expect(document).toBeFocused()
  await page.keyboard.insertText('"kms:Decrypt"')
  // The list is read anew before its next entry is followed.
  await expect(problems.getByRole('status')).toHaveText('1 error, 2 warnings.')
  await problems.getByRole('button', { name: /Statement\[1\]\.Sid/ }).click()
  await page.keyboard.insertText('"orders"')
  await expect(problems.getByRole('status')).toHaveText('No errors, 2 warnings.')
  await problems.getByRole('button', { name: /Encrpyt/ }).click()
  await page.keyboard.press('Delete')
  // An action from the list, by what is in its name.
  await page.keyboard.type('"datakey')
  await page.getByRole('option', { name: 'kms:GenerateDataKey', exact: true }).click()
  await expect(problems.getByRole('status')).toHaveText('No errors, 1 warning.')
  await problems.getByRole('button', { name: /nobody-here/ }).click()
  await page.keyboard.press('Delete')
  await page.keyboard.type('"order-app')
  await page.getByRole('option', { name: /role\/order-app/ }).click()
  await expect(problems.getByRole('status')).toHaveText('No problems.')
  await expect(document).not.toHaveAttribute('aria-invalid')

  // Tab writes, and does not trap.
  await document.focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('Tab')
  await expect(document).toBeFocused()
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')
  await expect(document).not.toBeFocused()
  await expect(document).toHaveAccessibleDescription(/Escape, then Tab, leaves the editor/)

  await review.click()
  await expect(changes.getByRole('rowheader')).toHaveCount(5)
  await expect(row('RAM role order-app')).toContainText('gains 2 permissions')
  await save.click()
  await expect(savedToast(page)).toBeVisible()
  expect(await storedPolicy(page)).toEqual({
    Version: '1',
    Statement: [
      ...defaultPolicy([own]).Statement,
      {
        Sid: 'orders',
        ...allow([operator, roleArn(own, 'order-app')], ['kms:Decrypt', 'kms:GenerateDataKey']),
      },
    ],
  })
})

test('what the pickers cannot say locks them, says why, and loses nothing', async ({ page }) => {
  const { document, users, problems, review } = await openPolicy(page, {
    path: policyPath(aliases.working, 'document'),
  })
  const denying = textOf({
    Version: '1',
    Statement: [...defaultPolicy([own]).Statement, { ...allow([operator], ['kms:Decrypt']), Effect: 'Deny' }],
  })
  await write(document, denying)
  await page.getByRole('tab', { name: 'Visual Editor' }).click()
  await expect(page.getByText('Statement 2: It denies. The pickers only allow.')).toBeVisible()
  await expect(users).toBeHidden()
  await page.getByRole('button', { name: 'Edit the document' }).click()
  await expect(document).toContainText('"Deny"')

  // What was undone is done again, though the editor was away meanwhile.
  await document.focus()
  await page.keyboard.press('Control+z')
  await expect(document).not.toContainText('"Deny"')
  await expect(review).toHaveAccessibleDescription('Nothing is changed.')
  await page.getByRole('tab', { name: 'Visual Editor' }).click()
  await pick(users, 'risk-engine')
  await page.getByRole('tab', { name: 'Document' }).click()
  await expect(document).toContainText(roleArn(own, 'payment-gateway'))

  // Leaving the page keeps the change; giving it up asks.
  await write(document, `${denying.slice(0, -1)},"Version":"1"}`)
  await expect(problems.getByRole('button')).toHaveText(/“Version” stands twice/)
  await page.getByRole('link', { name: aliases.working }).click()
  await page.getByRole('link', { name: 'Configure Key Policy' }).click()
  await expect(page.getByText('What you had changed before is here again.')).toBeVisible()
  await page.getByRole('tab', { name: 'Document' }).click()
  await expect(document).toContainText('"Deny"')
  await page.getByRole('button', { name: 'Discard changes' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
  await expect(document).toContainText('"kms default key policy"')
  await expect(review).toHaveAccessibleDescription('Nothing is changed.')
})

test('locking oneself out is said, must be confirmed, and then is so', async ({ page }) => {
  const { document, review, save, row } = await openPolicy(page, {
    path: policyPath(aliases.working, 'document'),
    as: identities.keyOperator.accessKeyId,
  })
  const { Statement } = customPolicy([own], { administrator: [operator], user: [], crossAccountUser: [] })
  await write(
    document,
    textOf({
      Version: '1',
      Statement: [
        ...Statement,
        allow([accountArn(accounts.partner.accountId)], ['kms:Encrypt']),
        { ...allow([operator], ['kms:Get*', 'kms:Set*']), Effect: 'Deny' },
      ],
    }),
  )
  await review.click()
  await expect(page.getByText('You would lock yourself out')).toBeVisible()
  await expect(page.getByText('kms:GetKeyPolicy, kms:SetKeyPolicy. You could not take the change back.')).toBeVisible()
  await expect(page.getByText(`All of account ${accounts.partner.accountId} is named`)).toBeVisible()
  await expect(page.getByText('Something is denied')).toBeVisible()
  await expect(row('RAM user key-operator')).toContainText('is denied')
  await expect(save).toHaveAccessibleDescription(/Confirm first/)
  await save.press('Enter')
  await expect(save).toBeVisible()
  await page.getByRole('checkbox', { name: 'I know that I cannot take this back myself.' }).check()
  await save.click()
  await expect(savedToast(page)).toBeVisible()
  await expect(page.getByText('You may not read this key’s policy (kms:GetKeyPolicy).')).toBeVisible()
  await page.goto(policyPath(aliases.working))
  const denied = page.getByRole('status').filter({ hasText: 'You may not see this key’s policy' })
  await expect(denied).toContainText(/Explicit deny by the key policy.*Key policy, statement \d/s)
  await expect(page.getByText(/A policy is never replaced without having been seen/)).toBeVisible()
})

test.describe('refused', () => {
  // The service worker tells of the answer that was lost on purpose.
  test.use({ allowedProblems: [/resulted in a network error response/] })

  test('for the quota it stays as typed, and five minutes later is saved; a lost answer is looked up', async ({
    page,
  }) => {
    const { crossAccountUsers, review, save } = await openPolicy(page, {
      scenario: 'quota-full',
      path: policyPath(aliases.working),
    })
    await crossAccountUsers.fill(`acs:ram::${newcomer}:user/newcomer,acs:ram::12:user/x,`)
    await expect(page.getByText('This is 1 more than the quota allows.')).toBeVisible()
    await expect(review).toHaveAccessibleDescription(
      'An entry in the pickers names nobody: correct or remove it first.',
    )
    await page.getByRole('button', { name: 'Remove acs:ram::12:user/x' }).click()
    await review.click()
    await expect(page.getByText(`This choice adds account ${newcomer}.`)).toBeVisible()
    await save.click()
    await expect(page.getByRole('alert')).toContainText('The policy was not saved')
    await expect(page.getByRole('alert')).toContainText('Rejected.ShareQuotaExceedLimit')

    await advanceClock(page, limits.quotaReturnMs)
    await setFaults(page, [{ id: 'lost', hop: 'kms', kind: 'lostAnswer', action: 'SetKeyPolicy', times: 1 }])
    await save.click()
    await expect(savedToast(page)).toBeVisible()
    expect(await storedPolicy(page)).toMatchObject({
      Statement: [{}, {}, {}, { Principal: { RAM: [`acs:ram::${newcomer}:user/newcomer`] } }],
    })

    // Withdrawn again: the unit returns later.
    await page.getByRole('link', { name: 'Configure Key Policy' }).click()
    await page.getByRole('button', { name: `Remove acs:ram::${newcomer}:user/newcomer` }).click()
    await review.click()
    await expect(page.getByText(`Account ${newcomer} is named no longer.`)).toBeVisible()
  })
})

test('a policy that another tab changed meanwhile is shown, and never overwritten unseen', async ({
  page,
  context,
}) => {
  const mine = await openPolicy(page, { path: policyPath(aliases.working) })
  const other = await context.newPage()
  const theirs = await openPolicy(other, { path: policyPath(aliases.working) })
  await pick(mine.users, 'order-app')
  await mine.review.click()
  await expect(mine.save).toBeVisible()

  await pick(theirs.users, 'kms-auditor')
  await theirs.review.click()
  await theirs.save.click()
  await expect(savedToast(other)).toBeVisible()

  await expect(page.getByRole('heading', { name: 'The policy was changed meanwhile' })).toBeVisible()
  await expect(mine.save).toBeHidden()
  await expect(mine.row('RAM role kms-auditor')).toContainText('gains 11 permissions')
  await expect(mine.review).toHaveAccessibleDescription(/decide first which version goes on/)
  await page.getByRole('button', { name: 'Go on with mine, compare with theirs' }).click()
  await expect(mine.row('RAM role kms-auditor')).toContainText('loses 11 permissions')
  await expect(mine.row('RAM role order-app')).toContainText('gains 11 permissions')
  await page.getByRole('button', { name: 'Back to editing' }).click()

  // Once more, and theirs is taken this time.
  await other.getByRole('link', { name: 'Configure Key Policy' }).click()
  await pick(theirs.users, 'etl')
  await theirs.review.click()
  await theirs.save.click()
  await page.getByRole('button', { name: 'Take theirs over' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take theirs over' }).click()
  await expect(page.getByRole('button', { name: 'Remove etl' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove order-app' })).toBeHidden()
})

test('32,768 bytes are saved, and one more is refused in words; default keys have no policy', async ({ page }) => {
  const { document, problems, review, save } = await openPolicy(page, {
    path: policyPath(aliases.crossAccount, 'document'),
  })
  const bare = textOf(customPolicy([own], { administrator: [operator], user: [], crossAccountUser: [] }))
  const full = bare + ' '.repeat(limits.policyBytes - bare.length)
  const size = page.getByRole('meter', { name: 'Size in bytes' })
  await write(document, `${full} `)
  await expect(problems.getByRole('button')).toHaveText(/The document has 32,769 bytes, 1 more than the 32,768 allowed/)
  await expect(review).toHaveAccessibleDescription(/correct it first/)
  await write(document, full)
  await expect(problems.getByRole('status')).toHaveText('No problems.')
  await expect(size).toHaveAttribute('aria-valuetext', '32,768 used, 0 left of 32,768')
  await review.click()
  await save.click()
  await expect(savedToast(page)).toBeVisible()

  await page.goto(policyPath('alias/acs/oss'))
  await expect(page.getByText(/Default keys have no key policy/)).toBeVisible()
})

test('a key that waits for its deletion takes no policy; when it goes, what was written stays', async ({ page }) => {
  const { document, review, save } = await openPolicy(page, { path: policyPath(aliases.pendingDeletion, 'document') })
  await expect(page.getByText('You can prepare a change here, but not save it')).toBeVisible()
  await write(document, textOf(customPolicy([own], { administrator: [operator], user: [], crossAccountUser: [] })))
  await review.click()
  await expect(save).toHaveAccessibleDescription(/deletion/)
  await page.getByRole('button', { name: 'Back to editing' }).click()
  await advanceClock(page, 400 * 24 * 60 * 60_000)
  await expect(page.getByRole('alert')).toContainText('This key no longer exists')
  await expect(document).toContainText(operator)
  await review.click()
  await expect(save).toHaveAccessibleDescription('The key no longer exists.')
})

test('设置密钥策略: the same in Chinese, in both themes, and on a narrow screen', async ({ page }) => {
  await open(page, { path: policyPath(aliases.crossAccount, 'document'), language: 'zh', theme: 'system' })
  await expect(page.getByRole('heading', { level: 1, name: '设置密钥策略' })).toBeVisible()
  const document = page.getByRole('textbox', { name: '策略文档' })
  await write(document, textOf({ Version: '1', Statement: [allow([operator], ['kms:Decrypt', 'oss:*'])] }))
  const problems = page.getByRole('region', { name: '问题' })
  await expect(problems.getByRole('button')).toHaveText(/第 6 行|第 \d+ 行.*Action 必须为 KMS 操作/)
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('textbox', { name: '查找' })).toBeFocused()
  await expectNoAxeViolationsInBothThemes(page)
  await page.keyboard.press('Escape')
  await problems.getByRole('button').click()
  await page.keyboard.insertText('"kms:Encrypt"')
  await page.setViewportSize({ width: 390, height: 800 })
  await page.getByRole('tab', { name: '可视化编辑' }).click()
  await expect(page.getByText('第 1 条语句：其操作与管理员或使用者的操作不完全一致。')).toBeVisible()
  await page.getByRole('button', { name: '查看变更' }).click()
  await expect(page.getByRole('table', { name: '各主体的权限变化' })).toContainText('失去 11 项权限')
  await expectNoAxeViolationsInBothThemes(page)
  expect(await page.evaluate(() => window.document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.getByRole('button', { name: '保存策略' }).click()
  await expect(page.getByText(/的密钥策略已保存。/)).toBeVisible()
})
