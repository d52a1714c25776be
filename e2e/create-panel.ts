/** The Create Key panel by the names of its parts, for the stories that are told in it. */
import type { Locator, Page } from '@playwright/test'
import type { Fault } from '#src/api/contract/backend.ts'
import { expect, open, type World } from './fixtures.ts'

/** The list of the instance that is preset: `hyok-payments`. */
export const list = 'keys?region=cn-hangzhou'

export const panel = (page: Page) => {
  const dialog = page.getByRole('dialog', { name: 'Create Key' })
  const field = (name: string): Locator => dialog.getByRole('textbox', { name, exact: true })
  return {
    dialog,
    externalKeyId: field('External key ID'),
    alias: field('Key alias'),
    tagKey: (row: number) => field(`Tag key ${row}`),
    tagValue: (row: number) => field(`Tag value ${row}`),
    addTag: dialog.getByRole('button', { name: 'Add tag' }),
    tags: dialog.getByRole('group', { name: 'Tags' }),
    description: field('Description'),
    policy: dialog.getByRole('group', { name: 'Key policy' }),
    defaultPolicy: dialog.getByRole('radio', { name: 'Default policy' }),
    customPolicy: dialog.getByRole('radio', { name: 'Custom policy' }),
    administrators: dialog.getByRole('combobox', { name: 'Administrators' }),
    users: dialog.getByRole('combobox', { name: 'Users', exact: true }),
    crossAccountUsers: field('Cross-account users'),
    quota: dialog.getByRole('meter', { name: 'Access management quota' }),
    ok: dialog.getByRole('button', { name: 'OK', exact: true }),
    cancel: dialog.getByRole('button', { name: 'Cancel', exact: true }),
  }
}

/** Opens the panel over the key list. */
export async function openPanel(page: Page, world: World = {}) {
  await open(page, { path: list, ...world })
  await page.getByRole('button', { name: 'Create Key' }).click()
  const parts = panel(page)
  await expect(parts.externalKeyId).toBeFocused()
  return parts
}

/** Picks options of a picker by typing, as one would. */
export async function pick(picker: Locator, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await picker.fill(name)
    await picker.page().getByRole('option', { name, exact: false }).first().click()
  }
  await picker.press('Escape')
}

export async function paste(field: Locator, text: string): Promise<void> {
  await field.focus()
  await field.evaluate((element, data) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', data)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

export interface SentRequest {
  readonly action: string
  readonly parameters: URLSearchParams
}

/** The calls that the page sends from now on, as they are added. */
export function recordRequests(page: Page): readonly SentRequest[] {
  const sent: SentRequest[] = []
  page.on('request', (request) => {
    const action = request.headers()['x-acs-action']
    // The service worker's own sending of the same request is none of the page's.
    if (action !== undefined && request.serviceWorker() === null)
      sent.push({ action, parameters: new URLSearchParams(request.postData() ?? '') })
  })
  return sent
}

export const countOf = (sent: readonly SentRequest[], action: string): number =>
  sent.filter((request) => request.action === action).length

export const setFaults = (page: Page, faults: readonly Fault[]): Promise<void> =>
  page.evaluate(async (given) => window.kmsLab?.setFaults(given), faults)

export const advanceClock = (page: Page, ms: number): Promise<void> =>
  page.evaluate(async (given) => window.kmsLab?.advanceClock(given), ms)

export const createdNotice = (page: Page): Locator => page.getByRole('status').filter({ hasText: 'Key created' })

export const firstRow = (page: Page): Locator =>
  page
    .getByRole('table', { name: 'Keys' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })
    .first()
