/** A cloud that a build of schema version 1 stored in this browser opens, and its software keys get the material that they lacked. */
import type { Page } from '@playwright/test'
import { expect, open, test } from './fixtures.ts'

// Of the bare file that is opened in between, browsers ask for an icon.
test.use({ fresh: true, allowedProblems: [/\/favicon\.ico/] })

const path = `keys/${encodeURIComponent('alias/apps/sessions')}?region=cn-hangzhou`

/** Puts what is stored back into the shape that version 1 had. */
const asVersion1 = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const tablesSince2 = ['keyVersions', 'resources', 'detections', 'keyUses', 'useAttempts']
    const fieldsSince2 = ['deletionScheduledAt', 'storage', 'primaryVersionId', 'rotatedAt', 'rotation']
    const done = <R>(request: IDBRequest<R>): Promise<R> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed.')))
      })
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      const now = await done(indexedDB.open(name))
      const tables = [...now.objectStoreNames].filter((table) => !tablesSince2.includes(table))
      const rows = new Map<string, readonly (readonly [IDBValidKey, object])[]>()
      for (const table of tables) {
        const stored = now.transaction(table).objectStore(table)
        const [ids, values] = await Promise.all([
          done(stored.getAllKeys()),
          done(stored.getAll() as IDBRequest<object[]>),
        ])
        const older = values.map((value) =>
          table === 'keys'
            ? Object.fromEntries(Object.entries(value).filter(([field]) => !fieldsSince2.includes(field)))
            : value,
        )
        rows.set(
          table,
          ids.map((id, index) => [id, older[index]!]),
        )
      }
      now.close()
      await done(indexedDB.deleteDatabase(name))
      const opening = indexedDB.open(name, 1)
      opening.addEventListener('upgradeneeded', () => {
        for (const [table, pairs] of rows) {
          const store = opening.result.createObjectStore(table)
          for (const [id, row] of pairs) store.put(row, id)
        }
      })
      ;(await done(opening)).close()
    }
  })

test('a cloud of an older build opens, and its software key encrypts from then on', async ({ page }) => {
  await open(page, { path })
  await expect(page.getByLabel('Plaintext')).toBeVisible()
  // Nothing of the console runs here, and so nothing holds the databases.
  await page.goto('favicon.svg')
  await asVersion1(page)

  await page.goto(path)
  await page.getByLabel('Plaintext').fill('kept over builds')
  await page.getByRole('button', { name: 'Encrypt', exact: true }).click()
  const ciphertext = await page.getByRole('region', { name: 'Ciphertext', exact: true }).innerText()
  await page.reload()
  await page.getByRole('tab', { name: 'Decrypt' }).click()
  await page.getByRole('textbox', { name: 'Ciphertext' }).fill(ciphertext)
  await page.getByRole('button', { name: 'Decrypt', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Plaintext', exact: true })).toHaveText('kept over builds')
})
