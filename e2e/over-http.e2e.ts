/** The console over a cloud on a port: signing in and out, and what becomes of it when the cloud or the credentials go. */
import type { Page } from '@playwright/test'
import { startCloud } from '#mocks/hosts/node/start-cloud.ts'
import type { CloudIdentity, StartedCloud } from '#mocks/hosts/node/public.ts'
import { accounts, aliases, identities } from '#mocks/scenarios/names.ts'
import { callOver } from '#mocks/testing/http-client.ts'
import { test as base, expect, expectNoAxeViolationsInBothThemes } from './fixtures.ts'

const test = base.extend<{ cloud: StartedCloud; owner: CloudIdentity }>({
  // Playwright reads which fixtures one needs from the first parameter: it has to be taken apart.
  cloud: async ({ browserName: _ }, use) => {
    const cloud = await startCloud({ consoleDir: 'dist' })
    await use(cloud)
    await cloud.close()
  },
  owner: async ({ cloud }, use) => use(cloud.identities[0]!),
  baseURL: async ({ cloud }, use) => use(cloud.kms),
})
test.use({ fresh: true })

const form = (page: Page) => ({
  heading: page.getByRole('heading', { level: 1, name: 'Sign in' }),
  id: page.getByRole('textbox', { name: 'AccessKey ID' }),
  secret: page.getByLabel('AccessKey secret'),
  submit: page.getByRole('button', { name: 'Sign in', exact: true }),
})

async function signIn(page: Page, { accessKeyId, accessKeySecret }: CloudIdentity): Promise<void> {
  const { id, secret, submit } = form(page)
  await id.fill(accessKeyId)
  await secret.fill(accessKeySecret)
  await submit.click()
}

const keyPage = `/keys/${encodeURIComponent(aliases.working)}?region=cn-hangzhou`
const menu = (page: Page) => page.getByRole('button', { name: /^Identity/ })

test('a wrong pair is told apart, the right one leads to the page that was asked for, and a reload stays there', async ({
  page,
  owner,
}) => {
  await page.goto(keyPage)
  const { heading, id, secret, submit } = form(page)
  await expect(heading).toBeVisible()
  await expectNoAxeViolationsInBothThemes(page)
  await submit.click()
  await expect(id).toBeFocused()
  await expect(id).toHaveAccessibleDescription('This is required.')

  await signIn(page, { ...owner, accessKeyId: '🔑 مفتاح' })
  await expect(id).toHaveAccessibleDescription('There is no such AccessKey ID.')
  await signIn(page, { ...owner, accessKeyId: `${owner.accessKeyId}x` })
  await expect(id).toHaveAccessibleDescription('There is no such AccessKey ID.')
  // The secret is gone, taken or not.
  await expect(secret).toHaveValue('')
  await signIn(page, { ...owner, accessKeySecret: `${owner.accessKeySecret}x` })
  await expect(secret).toHaveAccessibleDescription(/does not belong/)
  await expect(id).toHaveValue(owner.accessKeyId)

  await signIn(page, owner)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(aliases.working.replace('alias/', ''))
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(aliases.working.replace('alias/', ''))
  expect(await storedText(page)).not.toContain(owner.accessKeySecret)
})

test('an external key is created, encrypts and is administered; signing out forgets, and comes back to the page', async ({
  page,
  owner,
  cloud,
}) => {
  await page.goto('/keys?region=cn-hangzhou')
  await signIn(page, owner)
  await expect(page.getByRole('table', { name: 'Keys' }).getByRole('row').nth(1)).toBeVisible()
  await page.goto(keyPage)
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true })
  await tryIt.getByRole('textbox', { name: 'Plaintext' }).fill('over HTTP')
  await tryIt.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect(tryIt.getByText('Ciphertext', { exact: true }).last()).toBeVisible()

  await page.getByRole('link', { name: 'External key manager', exact: true }).click()
  await expect(
    page.getByRole('cell', { name: cloud.externalKeyId }).or(page.getByText(cloud.externalKeyId)).first(),
  ).toBeVisible()

  await page.goto(keyPage)
  await menu(page).click()
  await page.getByRole('option', { name: /Sign out/ }).click()
  await expect(form(page).heading).toBeVisible()
  await expect(page).toHaveURL(new RegExp('/keys/'))
  await page.reload()
  await expect(form(page).heading).toBeVisible()
  await signIn(page, owner)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(aliases.working.replace('alias/', ''))
})

test('credentials that are accepted no more are asked for over the page, which keeps what was typed', async ({
  page,
  cloud,
}) => {
  const [owner] = cloud.identities
  await page.goto(keyPage)
  await signIn(page, owner!)
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true })
  await tryIt.getByRole('textbox', { name: 'Plaintext' }).fill('half a sentence')
  // Another world has other secrets for the same access keys.
  const gone = { Code: 'InvalidAccessKeyId.NotFound', Message: 'Specified access key is not found.', RequestId: 'r-1' }
  await page.route('**/api/kms/**', (route) => route.fulfill({ status: 404, json: gone }))
  await tryIt.getByRole('button', { name: 'Encrypt', exact: true }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Your AccessKey is no longer accepted' })
  await expect(dialog.getByLabel('AccessKey secret')).toBeFocused()
  await expectNoAxeViolationsInBothThemes(page)
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await expect(dialog).toBeHidden()
  await menu(page).click()
  await page.getByRole('option', { name: /Sign in again/ }).click()
  await page.unroute('**/api/kms/**')
  await dialog.getByLabel('AccessKey secret').fill(owner!.accessKeySecret)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect(tryIt.getByRole('textbox', { name: 'Plaintext' })).toHaveValue('half a sentence')
  await tryIt.getByRole('button', { name: 'Encrypt', exact: true }).click()
  await expect(tryIt.getByText('Ciphertext', { exact: true }).last()).toBeVisible()
})

test('temporary credentials of a role sign in with their token, and not without; a role can be assumed then too', async ({
  page,
  cloud,
}) => {
  const operator = cloud.identities.find(({ accessKeyId }) => accessKeyId === identities.keyOperator.accessKeyId)!
  const RoleArn = `acs:ram::${accounts.main.accountId}:role/break-glass`
  const { Credentials } = await callOver(cloud, operator, 'AssumeRole', { RoleArn, RoleSessionName: 'night-shift' })
  await page.goto('/keys?region=cn-hangzhou')
  await signIn(page, {
    ...operator,
    accessKeyId: Credentials.AccessKeyId,
    accessKeySecret: Credentials.AccessKeySecret,
  })
  const token = page.getByRole('textbox', { name: 'Security token' })
  await expect(token).toBeFocused()
  await expect(token).toHaveAccessibleDescription(/need the security token/)
  await token.fill(Credentials.SecurityToken)
  await form(page).secret.fill(Credentials.AccessKeySecret)
  await form(page).submit.click()
  await expect(menu(page)).toHaveAccessibleName(/break-glass/)
  await expect(page.getByRole('table', { name: 'Keys' }).getByRole('row').nth(1)).toBeVisible()

  // An hour later they have ended, and somebody else signs in.
  await cloud.lab.advanceClock(2 * 60 * 60_000)
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  const dialog = page.getByRole('alertdialog', { name: 'Your sign-in has ended' })
  await dialog.getByRole('textbox', { name: 'AccessKey ID' }).fill(operator.accessKeyId)
  await dialog.getByLabel('AccessKey secret').fill(operator.accessKeySecret)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(menu(page)).toHaveAccessibleName(/key-operator/)
  await expect(page.getByRole('heading', { level: 1, name: 'Instances' })).toBeVisible()

  await menu(page).click()
  await page.getByRole('option', { name: /Another role/ }).click()
  const assume = page.getByRole('alertdialog', { name: 'Assume a role' })
  await assume.getByRole('textbox', { name: 'ARN of the role' }).fill(RoleArn)
  await assume.getByRole('button', { name: 'Assume role' }).click()
  await expect(menu(page)).toHaveAccessibleName(/role\/break-glass/)

  // The end of a role is not the end of the sign-in.
  await cloud.lab.advanceClock(2 * 60 * 60_000)
  await page.getByRole('link', { name: 'Key Management', exact: true }).click()
  const over = page.getByRole('alertdialog', { name: 'The session of role/break-glass has ended' })
  await over.getByRole('button', { name: 'Return to key-operator' }).click()
  await expect(menu(page)).toHaveAccessibleName(/key-operator/)
  await expect(page.getByRole('table', { name: 'Keys' }).getByRole('row').nth(1)).toBeVisible()
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
})

test('a cloud that does not answer is named, and can be tried again', async ({ page, owner, context }) => {
  await page.goto('/keys?region=cn-hangzhou')
  await expect(form(page).heading).toBeVisible()
  await context.route('**/api/sts/**', (route) => route.abort())
  await signIn(page, owner)
  await expect(page.getByRole('alert')).toContainText('The cloud does not answer')
  await context.unroute('**/api/sts/**')
  await signIn(page, owner)
  await expect(page.getByRole('table', { name: 'Keys' }).getByRole('row').nth(1)).toBeVisible()
})

test('the cloud’s clock counts, wherever the computer’s stands', async ({ page, owner, cloud }) => {
  await page.goto(keyPage)
  await signIn(page, owner)
  await expect(menu(page)).toBeVisible()
  await cloud.lab.advanceClock(400 * 24 * 60 * 60_000)
  await page.reload()
  await page.getByRole('link', { name: 'Requests' }).click()
  const year = new Date(cloud.now()).getUTCFullYear()
  await expect(page.getByRole('table', { name: 'Requests' }).getByText(String(year)).first()).toBeVisible()
})

test('after twelve hours one signs in again, and stays where one is', async ({ page, owner }) => {
  await page.clock.install()
  await page.goto(keyPage)
  await signIn(page, owner)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(aliases.working.replace('alias/', ''))
  await page.clock.fastForward('12:01:00')
  const dialog = page.getByRole('alertdialog', { name: 'Your sign-in has ended' })
  await expect(dialog.getByRole('textbox', { name: 'AccessKey ID' })).toHaveValue(owner.accessKeyId)
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await expect(menu(page)).toHaveAccessibleName(/root, .*ended/)
  // What is stored has ended too.
  await page.reload()
  await expect(form(page).heading).toBeVisible()
})

test('in Chinese, on a narrow screen', async ({ page, owner }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.addInitScript(() => localStorage.setItem('kms.language', 'zh'))
  await page.goto(keyPage)
  await expect(page.getByRole('heading', { level: 1, name: '登录' })).toBeVisible()
  await page.getByRole('textbox', { name: 'AccessKey ID' }).fill(owner.accessKeyId)
  await page.getByLabel('AccessKey Secret').fill('nobody’s')
  await page.getByLabel('AccessKey Secret').press('Enter')
  await expect(page.getByLabel('AccessKey Secret')).toHaveAccessibleDescription(/不匹配/)
  await expectNoAxeViolationsInBothThemes(page)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
})

/** All that this origin stores. Keys are none of it: they cannot be read. */
const storedText = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const found: unknown[] = [Object.entries(localStorage), Object.entries(sessionStorage)]
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '')
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(new Error('IndexedDB')))
      })
      for (const store of database.objectStoreNames)
        found.push(
          await new Promise((resolve) => {
            const request = database.transaction(store).objectStore(store).getAll()
            request.addEventListener('success', () => resolve(request.result))
          }),
        )
      database.close()
    }
    return JSON.stringify(found)
  })
