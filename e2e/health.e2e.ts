/** Connection health: what a person sees of checks that fail, of the recovery, and of requests that went wrong. */
import type { Page } from '@playwright/test'
import { aliases, instances } from '#mocks/scenarios/names.ts'
import { advanceClock, setFaults } from './create-panel.ts'
import { expect, expectNoAxeViolationsInBothThemes, open, test } from './fixtures.ts'

const { name, region } = instances.payments
const minuteMs = 60_000

async function encrypt(page: Page, times: number): Promise<void> {
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true })
  await tryIt.getByRole('textbox', { name: 'Plaintext' }).fill('plain')
  for (let time = 0; time < times; time++) {
    const answered = page.waitForResponse((response) => response.request().headers()['x-acs-action'] === 'Encrypt')
    await tryIt.getByRole('button', { name: 'Encrypt', exact: true }).click()
    await answered
    await expect(tryIt.getByRole('button', { name: 'Encrypt', exact: true })).not.toHaveAttribute('aria-busy')
  }
}

async function toHealth(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Instances', exact: true }).click()
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('link', { name: 'Connection health' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Connection health' })).toBeFocused()
}

test('what failed is counted at its hop, told in words, and leads to its request', async ({ page }) => {
  await open(page, { path: `keys/${encodeURIComponent(aliases.working)}?region=${region}` })
  await encrypt(page, 3)
  await setFaults(page, [{ id: 'denies', hop: 'proxy', kind: 'refuseCredential', times: 2 }])
  await encrypt(page, 2)
  await toHealth(page)

  const requests = page.getByRole('slider', { name: 'Requests over time' })
  await requests.focus()
  const requestsCard = page.getByRole('region', { name: 'Requests', exact: true })
  await expect(requestsCard).toContainText('failed at KMS 0, XKI proxy')
  await page.keyboard.press('Home')
  await expect(requests).toHaveAttribute('aria-valuenow', '0')
  await expect(requests).toHaveAttribute('aria-valuetext', /: 0 succeeded/)

  await requestsCard.getByText('The figures as a table').click()
  const rows = requestsCard.getByRole('table').getByRole('row')
  const counts = await rows.evaluateAll((all) =>
    all.slice(1).map((row) => [...row.querySelectorAll('td')].slice(0, 4).map((cell) => Number(cell.textContent))),
  )
  const sum = (column: number): number => counts.reduce((total, row) => total + (row[column] ?? 0), 0)
  // The pages have looked at the external key besides.
  expect(sum(0)).toBeGreaterThanOrEqual(5)
  expect([sum(1), sum(2), sum(3)]).toEqual([0, 2, 0])

  const failures = page.getByRole('table', { name: 'Last failures' })
  await expect(failures.getByRole('row')).toHaveCount(3)
  await expect(failures).toContainText('The XKI proxy refused the credential of the instance.')
  await expectNoAxeViolationsInBothThemes(page)
  await failures.getByRole('link', { name: 'Encrypt' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Encrypt')
})

test('an instance that fails its checks is disconnected, says why, and comes back by itself', async ({ page }) => {
  await open(page, { path: `instances?region=${region}` })
  await toHealth(page)
  const states = page.getByRole('table', { name: 'State over time' })
  await expect(states.getByRole('row')).toHaveCount(2)
  await setFaults(page, [{ id: 'down', hop: 'proxy', kind: 'unreachable' }])
  await advanceClock(page, 3 * minuteMs)

  const now = page.getByRole('region', { name: 'Now' })
  await expect(now).toContainText('Three health checks in a row failed')
  await expect(now).toContainText('The XKI proxy cannot be reached.')
  await expect(states.getByRole('row').nth(1)).toContainText('Disconnected')
  await expect(states.getByRole('row').nth(1)).toContainText('The XKI proxy cannot be reached.')

  await setFaults(page, [])
  await advanceClock(page, minuteMs)
  await expect(states.getByRole('row').nth(1)).toContainText('Connected')
  await expect(now).not.toContainText('Three health checks')
  await expect(now).toContainText(/Passed in \d+ ms/)
})

test('in Chinese, on a narrow screen, over a day', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await open(page, { path: `instances?region=${region}`, language: 'zh' })
  await page.getByRole('link', { name, exact: true }).click()
  await page.getByRole('link', { name: '连接健康' }).click()
  await page.getByRole('combobox', { name: '时间范围' }).selectOption({ label: '最近 24 小时' })
  await expect(page).toHaveURL(/period=24h/)
  await expect(page.getByRole('heading', { level: 2, name: '状态变化' })).toBeVisible()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectNoAxeViolationsInBothThemes(page)
})
