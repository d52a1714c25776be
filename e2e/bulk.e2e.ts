/** Many keys at once: selecting them, what a check says before anything is done, what becomes of every key, and taking the list along. */
import { readFile } from 'node:fs/promises'
import type { Download, Locator, Page } from '@playwright/test'
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'

const path = 'keys?region=cn-hangzhou'
/** Keys on `hyok-payments`, and their states. */
const all = 19

const table = (page: Page): Locator => page.getByRole('table', { name: 'Keys' })
const boxes = (page: Page): Locator => table(page).getByRole('checkbox', { name: /^Select (?!every)/ })
const pageBox = (page: Page): Locator => table(page).getByRole('checkbox', { name: 'Select every key on this page' })
const bar = (page: Page): Locator => page.getByRole('region', { name: 'Selected keys' })
const panel = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name })
const results = (page: Page): Locator => page.getByRole('list', { name: 'Result of each key' })

async function choose(page: Page, verb: string): Promise<void> {
  await bar(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: verb, exact: true }).click()
}

async function saved(page: Page, button: Locator): Promise<{ name: string; text: string }> {
  const [file]: [Download, unknown] = await Promise.all([page.waitForEvent('download'), button.click()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

/** Rows of a file that this console has written; no cell of it holds a line break. */
const rowsOf = (text: string): string[][] =>
  text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split('\r\n')
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
        (quoted ?? plain ?? '').replaceAll('""', '"'),
      ),
    )

test('a selection grows by Shift, by page and to all that match, and is dropped with the filter', async ({ page }) => {
  await open(page, { path })
  await boxes(page).nth(2).click()
  await expect(bar(page)).toContainText('1 key selected')
  await boxes(page)
    .nth(5)
    .click({ modifiers: ['Shift'] })
  await expect(bar(page)).toContainText('4 keys selected')
  await expect(pageBox(page)).toHaveJSProperty('indeterminate', true)
  await boxes(page).nth(7).focus()
  await page.keyboard.press('Shift+Space')
  await expect(bar(page)).toContainText('6 keys selected')

  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(boxes(page)).toHaveCount(all - 10)
  await expect(pageBox(page)).not.toBeChecked()
  await boxes(page).first().click()
  await page.getByRole('button', { name: 'Refresh' }).click()
  await expect(bar(page)).toContainText('7 keys selected')
  await expect(page.locator('[aria-live]')).toContainText(['7 keys selected'])
  await page.getByRole('button', { name: 'Previous page' }).click()
  await expect(boxes(page).nth(5)).toBeChecked()

  await pageBox(page).click()
  await expect(bar(page)).toContainText('11 keys selected')
  await bar(page)
    .getByRole('button', { name: `Select all ${all} keys of this instance` })
    .click()
  await expect(bar(page)).toContainText(`${all} keys selected`)
  await boxes(page).first().click()
  await expect(bar(page)).toContainText(`${all - 1} keys selected`)
  await expectNoAxeViolations(page)

  const filters = page.getByRole('search', { name: 'Filters' })
  await filters.getByRole('button', { name: 'Choose State' }).click()
  await page.getByRole('option', { name: 'Enabled', exact: true }).click()
  await expect(bar(page)).toBeHidden()
  await expect(pageBox(page)).not.toBeChecked()
})

test('the check says whom it passes over and why; protecting, tagging and untagging do the rest', async ({ page }) => {
  await open(page, { path: `${path}&size=20` })
  await boxes(page).first().click()
  await boxes(page)
    .nth(all - 1)
    .click({ modifiers: ['Shift'] })
  await choose(page, 'Enable Deletion Protection')
  const protect = panel(page, 'Enable Deletion Protection of Keys')
  await expect(protect).toContainText(`of ${all} keys will be protected`)
  await protect.getByText(/keys?: The key waits for its deletion/).click()
  await expect(protect.getByRole('list').getByText(aliases.pendingDeletion)).toBeVisible()
  await expect(protect.getByText(/keys?: Deletion protection is on already/)).toBeVisible()
  await protect.getByLabel('Description').fill('Quarterly audit')
  await expectNoAxeViolations(page)
  await protect.getByRole('button', { name: /^Protect \d+ keys$/ }).click()
  await expect(protect.getByText('Finished')).toBeVisible()
  await expect(protect).toContainText(/\d+ done, 0 failed, \d+ skipped/)
  await protect.getByRole('button', { name: 'Close' }).last().click()
  await expect(bar(page)).toBeHidden()
  await expect(table(page).getByRole('cell', { name: 'Enabled', exact: true })).not.toHaveCount(0)

  await open(page, { path: `${path}&alias=${aliases.sameExternalKey.join(',')}` })
  await pageBox(page).click()
  await bar(page).getByRole('button', { name: 'Add Tags' }).click()
  const tag = panel(page, 'Add Tags to Keys')
  await expect(tag.getByRole('button', { name: /^Tag \d+ keys?/ })).toBeDisabled()
  await tag.getByRole('textbox', { name: 'Tag key 1' }).fill('reviewed')
  await tag.getByRole('textbox', { name: 'Tag value 1' }).fill('2026')
  await tag.getByRole('button', { name: 'Tag 2 keys' }).click()
  await expect(tag).toContainText('2 done, 0 failed')
  await tag.getByRole('button', { name: 'Close' }).last().click()
  await expect(table(page).getByRole('row').filter({ hasText: 'reviewed: 2026' })).toHaveCount(2)

  await pageBox(page).click()
  await choose(page, 'Remove Tags')
  const untag = panel(page, 'Remove Tags from Keys')
  await untag.getByRole('combobox', { name: 'Tag keys' }).fill('rev')
  await page.getByRole('option', { name: /reviewed/ }).click()
  await page.keyboard.press('Escape')
  await untag.getByRole('button', { name: 'Remove tags from 2 keys' }).click()
  await expect(untag).toContainText('2 done, 0 failed')
  await untag.getByRole('button', { name: 'Close' }).last().click()
  await expect(table(page).getByText(/reviewed: 2026/)).toHaveCount(0)
})

test('deletions are scheduled after the number of keys was typed, and cancelled again; in Chinese', async ({
  page,
}) => {
  await open(page, { path: `${path}&alias=${aliases.sameExternalKey.join(',')}`, language: 'zh', theme: 'dark' })
  const chosen = page.getByRole('region', { name: '已选密钥' })
  await page.getByRole('checkbox', { name: '选择本页全部密钥' }).click()
  await expect(chosen).toContainText('已选择 2 个密钥')
  await chosen.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '计划删除密钥' }).click()
  const schedule = panel(page, '批量计划删除密钥')
  await expect(schedule).toContainText('永远无法解密')
  const submit = schedule.getByRole('button', { name: '计划删除 2 个密钥' })
  await expect(submit).toBeDisabled()
  await schedule.getByRole('textbox', { name: '预删除周期' }).fill('5')
  await schedule.getByRole('textbox', { name: '请输入密钥个数以确认：2' }).fill('2')
  await expect(submit).toBeDisabled()
  await schedule.getByRole('textbox', { name: '预删除周期' }).fill('7')
  await expectNoAxeViolations(page)
  await submit.click()
  await expect(schedule).toContainText('成功 2 个，失败 0 个')
  await schedule.getByRole('button', { name: '关闭' }).last().click()
  await expect(page.getByRole('table').getByText(/剩余 \d 天/)).toHaveCount(2)

  await page.getByRole('checkbox', { name: '选择本页全部密钥' }).click()
  await chosen.getByRole('button', { name: '更多' }).click()
  await page.getByRole('menuitem', { name: '取消删除密钥' }).click()
  await panel(page, '批量取消删除密钥').getByRole('button', { name: '取消删除 2 个密钥' }).click()
  await expect(panel(page, '批量取消删除密钥')).toContainText('成功 2 个')
})

test('who may not is told before anything is tried', async ({ page }) => {
  await open(page, { path, as: identities.auditor.accessKeyId })
  await pageBox(page).click()
  await bar(page).getByRole('button', { name: 'Disable', exact: true }).click()
  const disable = panel(page, 'Disable Keys')
  await expect(disable).toContainText('0 of 10 keys will be disabled')
  await expect(disable.getByText(/keys?: You lack kms:DisableKey/)).toBeVisible()
  const submit = disable.getByRole('button', { name: /^Disable 0 keys/ })
  await expect(submit).toBeDisabled()
  await expect(submit).toHaveAccessibleDescription('There is no key left to do this with.')
})

test.describe('in the middle of a run', () => {
  test.use({ fresh: true, allowedProblems: [/network error response/] })

  test('a cloud out of reach stops the asking until it is told to go on; a stop lets the rest be', async ({ page }) => {
    await open(page, { path: `${path}&size=20&state=Enabled` })
    await pageBox(page).click()
    await bar(page).getByRole('button', { name: 'Disable', exact: true }).click()
    const disable = panel(page, 'Disable Keys')
    const submit = disable.getByRole('button', { name: /^Disable 15 keys/ })
    await expect(submit).toBeEnabled()
    await page.evaluate(() =>
      window.kmsLab?.setFaults([{ id: 'out', hop: 'kms', kind: 'unreachable', action: 'DisableKey' }]),
    )
    await submit.click()
    await expect(disable.getByRole('alert')).toContainText('The cloud cannot be reached')
    await page.evaluate(() =>
      window.kmsLab?.setFaults([{ id: 'slow', hop: 'kms', kind: 'latency', ms: 1500, action: 'DisableKey' }]),
    )
    await disable.getByRole('button', { name: 'Go on' }).click()
    await disable.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(disable.getByText('Finished')).toBeVisible()
    await expect(disable).toContainText(/[1-5] done, [34] failed, 0 skipped, [1-9]\d? not tried/)
    await expect(disable).toContainText(/For [34] keys the outcome is not known/)
    await page.evaluate(() => window.kmsLab?.setFaults([]))
    await disable.getByRole('button', { name: /^Retry the [34] failed/ }).click()
    await disable.getByRole('button', { name: /^Go on with the \d+ not tried/ }).click()
    await expect(disable).toContainText(/15 done, 0 failed, 0 skipped, 0 not tried/)
  })
})

test.describe('six hundred keys', () => {
  test.use({ fresh: true, allowedProblems: [/503/] })
  test.setTimeout(150_000)

  test('with failures among them: responsive, every row told, the failed tried again', async ({ page }) => {
    const count = 606
    await open(page, { path: `${path}&state=Disabled&tagValue=prod,staging`, scenario: 'large' })
    await pageBox(page).click()
    await bar(page)
      .getByRole('button', { name: `Select all ${count} keys that match` })
      .click()
    const idle = await frames(page, 1500)
    await bar(page).getByRole('button', { name: 'Enable', exact: true }).click()
    const enable = panel(page, 'Enable Keys')
    await expect(enable).toContainText(/\d+ of 606 checked, about \d+ seconds left/)
    const submit = enable.getByRole('button', { name: `Enable ${count} keys` })
    await expect(submit).toBeEnabled({ timeout: 60_000 })
    await page.evaluate(() =>
      window.kmsLab?.setFaults([{ id: 'some', hop: 'kms', kind: 'error', action: 'EnableKey', times: 15 }]),
    )
    await submit.click()
    await expect(enable.getByText(/15 failed so far/)).toBeVisible()
    // A quarter of the frames that the page draws when nothing goes on, at least: the emulated cloud works on the same processor.
    expect(await frames(page, 3000)).toBeGreaterThan(idle / 4)

    // By accident: it goes on, and there is a way back from any page.
    await page.keyboard.press('Escape')
    const way = page.getByRole('region', { name: 'Work on many keys' })
    await expect(way).toContainText(/Enable\s*\d+ of 606 done/)
    await page.getByRole('link', { name: 'External key manager' }).click()
    await way.getByRole('button', { name: /^Enable/ }).click()
    await expect(enable.getByText('Finished')).toBeVisible({ timeout: 60_000 })
    await expect(enable).toContainText('591 done, 15 failed, 0 skipped, 0 not tried')
    const { text } = await saved(page, enable.getByRole('button', { name: 'Report as CSV' }))
    const [head = [], ...rows] = rowsOf(text)
    expect(head.join()).toBe('keyId,aliases,action,result,reason,explanation,message,requestId,time')
    expect(rows).toHaveLength(count)
    const failed = rows.filter((row) => row[3] === 'failed')
    expect(failed).toHaveLength(15)
    for (const [, , action, , reason, , , requestId] of failed) {
      expect([action, reason]).toEqual(['EnableKey', 'ServiceUnavailableTemporary'])
      expect(requestId).toMatch(/^[0-9a-f-]{36}$/i)
    }

    await enable.getByRole('button', { name: 'Retry the 15 failed' }).click()
    await expect(enable).toContainText('606 done, 0 failed, 0 skipped, 0 not tried')
    await expect(results(page).getByRole('listitem').first()).toHaveAttribute('aria-setsize', String(count))
    await expectNoAxeViolations(page)
    const report = await saved(page, enable.getByRole('button', { name: 'Report as JSON' }))
    expect(report.name).toMatch(/^kms-enable_cn-hangzhou_\d{4}-\d{2}-\d{2}T\d{4}Z\.json$/)
    expect(JSON.parse(report.text)).toMatchObject({
      action: 'EnableKey',
      region: 'cn-hangzhou',
      counts: { done: count },
    })
    await enable.getByRole('button', { name: 'Close' }).last().click()
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  })
})

test('columns and density are chosen, remembered, and reset', async ({ page }) => {
  await open(page, { path: `${path}&alias=${aliases.working}` })
  const look = page.getByRole('button', { name: 'Columns and density' })
  const head = (name: string): Locator => table(page).getByRole('columnheader', { name, exact: true })
  await look.click()
  await page.getByRole('menuitemcheckbox', { name: 'Description' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Tags' }).click()
  await expect(head('Description')).toBeVisible()
  await expect(head('Tags')).toBeHidden()
  await expectNoAxeViolations(page)
  await page.getByRole('menuitemradio', { name: 'Compact' }).click()
  const row = table(page).getByRole('row').last()
  const height = async (): Promise<number> => (await row.boundingBox())?.height ?? 0
  await expect(page.getByRole('menu')).toBeHidden()
  const compact = await height()

  await page.reload()
  await expect(head('Description')).toBeVisible()
  await expect(head('Tags')).toBeHidden()
  await expect(row.getByRole('rowheader')).toContainText(aliases.working)
  expect(await height()).toBe(compact)
  await page.getByRole('tab', { name: 'Default Key' }).click()
  await expect(page.getByRole('columnheader', { name: 'Tags' })).toBeVisible()

  await page.getByRole('tab', { name: 'User Master Key' }).click()
  await look.click()
  await page.getByRole('menuitem', { name: 'Reset to preset' }).click()
  await expect(head('Tags')).toBeVisible()
  await expect(head('Description')).toBeHidden()
  await expect.poll(height).toBeGreaterThan(compact)
})

test('the list is exported as it is filtered: every page, with aliases and tags', async ({ page }) => {
  await open(page, { path: `${path}&state=Enabled&tagKey=team` })
  const total = Number(/\d+/.exec(await page.getByText(/^\d+ keys$/).innerText())?.[0])
  expect(total).toBeGreaterThan(10)
  const menu = page.getByRole('button', { name: 'Export', exact: true })
  await menu.click()
  const csv = await saved(page, page.getByRole('menuitem', { name: 'As CSV' }))
  expect(csv.name).toMatch(/^kms-keys_cn-hangzhou_kst-[a-z0-9]+_\d{4}-\d{2}-\d{2}T\d{4}Z\.csv$/)
  const [head = [], ...rows] = rowsOf(csv.text)
  expect(rows).toHaveLength(total)
  expect(new Set(rows.map((row) => row[head.indexOf('KeyState')]))).toEqual(new Set(['Enabled']))
  const working = rows.find((row) => row[head.indexOf('Aliases')] === aliases.working)
  expect(working?.[head.indexOf('ExternalKeyId')]).toBe('pay-card-vault-01')
  expect(working?.[head.indexOf('Tags')]).toContain('env=prod')

  const dialog = panel(page, 'Export the List')
  await expect(dialog).toContainText(`${total} keys exported`)
  await expectNoAxeViolations(page)
  const json = await saved(page, dialog.getByRole('button', { name: 'Save as JSON' }))
  expect(JSON.parse(json.text)).toMatchObject({ region: 'cn-hangzhou', isWhole: true, count: total })
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await expect(menu).toBeFocused()
})

test.describe('without the clipboard API', () => {
  test.use({ fresh: true })

  test('an identifier is copied all the same', async ({ page }) => {
    await page.addInitScript(() => {
      Object.defineProperty(Navigator.prototype, 'clipboard', { configurable: true, get: () => undefined })
    })
    await open(page, { path: `${path}&alias=${aliases.working}` })
    const copy = table(page).getByRole('button', { name: `Copy ${aliases.working}` })
    await copy.focus()
    await page.keyboard.press('Enter')
    await expect(table(page).getByRole('button', { name: 'Copied' })).toBeFocused()
    await page.getByLabel('Filter by').selectOption({ label: 'Key ID' })
    const field = page.getByRole('textbox', { name: 'Type Key ID' })
    await field.focus()
    await page.keyboard.press('Control+V')
    await expect(field).toHaveValue(aliases.working)
  })
})

/** Frames a second, over so many milliseconds. */
const frames = (page: Page, ms: number): Promise<number> =>
  page.evaluate(
    (during) =>
      new Promise<number>((resolve) => {
        const start = performance.now()
        let count = 0
        const draw = (): void => {
          count += 1
          const passed = performance.now() - start
          if (passed < during) requestAnimationFrame(draw)
          else resolve((count * 1000) / passed)
        }
        requestAnimationFrame(draw)
      }),
    ms,
  )
