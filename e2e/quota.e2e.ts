/** The access management quota of an instance: foreseen, used up, and given back by the cloud's clock. */
import { accounts, externalKeys, strangerAccountId } from '#mocks/scenarios/names.ts'
import { advanceClock, createdNotice, openPanel, pick } from './create-panel.ts'
import { expect, test } from './fixtures.ts'

const [ready] = externalKeys.ready
/** In no scenario's policies. */
const newcomer = '1500000000000001'
const minutes = 60_000

test('only accounts that are not counted yet add to it', async ({ page }) => {
  const parts = await openPanel(page)
  await parts.customPolicy.check()
  await expect(parts.quota).toHaveAttribute('aria-valuetext', /^3 used, 2 left of 5$/)
  await pick(parts.administrators, 'key-admin')
  const partner = `acs:ram::${accounts.partner.accountId}:role`
  await parts.crossAccountUsers.fill(`${partner}/etl,${partner}/clearing,`)
  await expect(parts.dialog.getByText(`Account ${accounts.partner.accountId} is counted already`)).toBeVisible()
  await expect(parts.quota).toHaveAttribute('aria-valuetext', /^3 used, 2 left of 5$/)
  await parts.crossAccountUsers.fill(`acs:ram::${newcomer}:user/a,acs:ram::${newcomer}:role/b,`)
  await expect(parts.quota).toHaveAttribute('aria-valuetext', /^3 used, \+1 by this choice, 1 left of 5$/)
  await expect(parts.dialog.getByText('A withdrawn unit returns after about five minutes.')).toBeVisible()
})

test('used up it refuses a new account at its field, and five minutes later takes it', async ({ page }) => {
  const parts = await openPanel(page, { scenario: 'quota-full' })
  await parts.externalKeyId.fill(ready)
  await parts.customPolicy.check()
  await parts.crossAccountUsers.fill(`acs:ram::${newcomer}:user/newcomer,`)
  await expect(parts.dialog.getByText('This is 1 more than the quota allows.')).toBeVisible()
  await expect(parts.dialog.getByText(`The unit of account ${strangerAccountId} returns at`)).toBeVisible()
  await parts.ok.click()
  await expect(parts.crossAccountUsers).toBeFocused()
  await expect(parts.crossAccountUsers).toHaveAccessibleDescription(
    /access management quota of the instance is used up/,
  )
  await expect(parts.crossAccountUsers).toHaveAccessibleDescription(/Rejected\.ShareQuotaExceedLimit/)

  await advanceClock(page, 5 * minutes)
  await expect(parts.dialog.getByText('This is 1 more than the quota allows.')).toBeHidden()
  await expect(parts.quota).toHaveAttribute('aria-valuetext', /\+1 by this choice, 0 left/)
  await parts.ok.click()
  await expect(createdNotice(page)).toBeVisible()
})

test('an account that still holds its withdrawn unit may be named again', async ({ page }) => {
  const parts = await openPanel(page, { scenario: 'quota-full' })
  await parts.externalKeyId.fill(ready)
  await parts.customPolicy.check()
  await parts.crossAccountUsers.fill(`acs:ram::${strangerAccountId}:role/back,`)
  await expect(parts.dialog.getByText(`Account ${strangerAccountId} is counted already`)).toBeVisible()
  await parts.ok.click()
  await expect(createdNotice(page)).toBeVisible()
})
