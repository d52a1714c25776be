/** Every page in both themes and languages, in every state that it can be in: no violation of WCAG 2.2 AA. */
import type { Page } from '@playwright/test'
import { userArn } from '#src/api/contract/arn.ts'
import { accounts, aliases, identities, instances } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolationsInBothThemes, open, test, type World } from './fixtures.ts'

const key = (alias: string): string => `keys/${encodeURIComponent(alias)}?region=cn-hangzhou`
const access = (rest = ''): string => `keys/${encodeURIComponent(aliases.working)}/access?region=cn-hangzhou${rest}`
const operator = userArn(accounts.main.accountId, 'key-operator')
const explained = `access?region=cn-hangzhou&principal=${encodeURIComponent(operator)}&permission=kms:EnableKey&key=${encodeURIComponent(aliases.working)}`
const list = 'keys?region=cn-hangzhou'
const intern = identities.intern.accessKeyId

/** `instance`: on to the page of that one, whose ID is drawn. */
const states: readonly (readonly [name: string, world: World & { instance?: string }])[] = [
  ['key list, full', { path: `${list}&size=20` }],
  ['key list, filtered to nothing', { path: `${list}&alias=alias%2Fnothing-here` }],
  ['key list, empty', { path: list, scenario: 'empty' }],
  ['key list, denied', { path: list, as: intern }],
  ['key list, proxy down', { path: list, scenario: 'proxy-down' }],
  ['key list, no external instance', { path: `keys?region=${instances.softwareSingapore.region}` }],
  ['default keys', { path: `${list}&tab=default` }],
  ['create panel', { path: `${list}&panel=create` }],
  ['key, works', { path: key(aliases.working) }],
  ['key, unavailable', { path: key(aliases.externalKeyDisabled) }],
  ['key, pending deletion', { path: key(aliases.pendingDeletion) }],
  ['key, denied', { path: key(aliases.working), as: intern }],
  ['key, not found', { path: 'keys/key-nowhere?region=cn-hangzhou' }],
  ['instance, shared', { path: list, instance: instances.group.name }],
  ['instance, received', { path: list, instance: instances.settlement.name }],
  ['instances, external', { path: 'instances?region=cn-hangzhou' }],
  ['instances, empty', { path: 'instances?region=cn-beijing' }],
  ['instances, denied', { path: 'instances?region=cn-hangzhou', as: intern }],
  ['instance, not found', { path: 'instances/kst-nowhere?region=cn-hangzhou' }],
  // A group of columns: axe takes a quarter of a minute for all of them, and they are alike.
  ['key access', { path: access('&show=read') }],
  [
    'key access, explained',
    { path: access(`&show=read&principal=${encodeURIComponent(operator)}&permission=kms:Decrypt`) },
  ],
  ['key access, denied', { path: access(), as: intern }],
  ['explanation, nothing asked', { path: 'access?region=cn-hangzhou' }],
  ['explanation, denied to ask', { path: explained, as: intern }],
  ['explanation, answered', { path: explained }],
  ['explanation, keys', { path: `${explained}&ask=keys` }],
  ['key manager, full', { path: 'key-manager?region=cn-hangzhou' }],
  ['key manager, empty', { path: 'key-manager?region=cn-hangzhou', scenario: 'empty' }],
  ['key manager, one key', { path: 'key-manager/pay-card-vault-01?region=cn-hangzhou' }],
  ['requests', { path: 'activity?region=cn-hangzhou' }],
  ['request, not found', { path: 'activity/nowhere?region=cn-hangzhou' }],
  ['no such page', { path: 'nowhere?region=cn-hangzhou' }],
]

async function toInstance(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^(?:Instance ID|实例ID)/ }).click()
  await page.getByRole('option', { name: new RegExp(name) }).click()
  await page.getByRole('link', { name: /^(?:Details|详情)$/ }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

for (const language of ['en', 'zh'] as const)
  test.describe(language, () => {
    for (const [name, { instance, ...world }] of states)
      test(name, async ({ page }) => {
        await open(page, { ...world, theme: 'system', language })
        if (instance !== undefined) await toInstance(page, instance)
        await expect(page.getByRole('heading', { level: 1 }).or(page.getByRole('dialog'))).toBeVisible()
        await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
        await expect(page.locator('html')).toHaveAttribute('lang', language === 'zh' ? 'zh-CN' : 'en-US')
        await expectNoAxeViolationsInBothThemes(page)
      })
  })

test('where less motion is asked for, the other theme is there at once, on every element', async ({ page }) => {
  await open(page, { path: key(aliases.working), theme: 'system' })
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
  await page.emulateMedia({ colorScheme: 'dark' })
  const moving = await page.evaluate(
    () => new Promise<number>((done) => requestAnimationFrame(() => done(document.getAnimations().length))),
  )
  expect(moving).toBe(0)
})
