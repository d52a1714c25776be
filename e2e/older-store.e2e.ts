/** A cloud that a build of schema version 1 stored in this browser opens, and its software keys get the material that they lacked. */
import type { Page } from '@playwright/test'
import { expect, open, test } from './fixtures.ts'

// Of the bare file that is opened in between, browsers ask for an icon.
test.use({ fresh: true, allowedProblems: [/\/favicon\.ico/] })

const path = `keys/${encodeURIComponent('alias/apps/sessions')}?region=cn-hangzhou`

/** Puts what is stored back into the shape that version 1 had. */
const asVersion1 = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const newerTables = ['keyVersions', 'resources', 'detections', 'keyUses', 'useAttempts', 'groups', 'sessions']
    const fieldsSince2 = ['deletionScheduledAt', 'storage', 'primaryVersionId', 'rotatedAt', 'rotation']
    const without = (value: object, fields: readonly string[]): object =>
      Object.fromEntries(Object.entries(value).filter(([field]) => !fields.includes(field)))
    const inVersion1 = (table: string, value: object): object => {
      if (table === 'keys') return without(value, fieldsSince2)
      if (table === 'world') return without(value, ['schema'])
      if (table === 'principals') {
        const { policies } = value as { policies: readonly { name: string }[] }
        return { ...without(value, ['role']), policies: policies.map(({ name }) => name) }
      }
      if (table === 'ramPolicies') {
        const { id, accountId, name, versions } = value as Record<string, unknown> & {
          versions: { document: unknown }[]
        }
        return { id, accountId, name, document: versions[0]?.document }
      }
      return value
    }
    const done = <R>(request: IDBRequest<R>): Promise<R> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB failed.')))
      })
    for (const { name } of await indexedDB.databases()) {
      if (name === undefined) continue
      const now = await done(indexedDB.open(name))
      const tables = [...now.objectStoreNames].filter((table) => !newerTables.includes(table))
      const rows = new Map<string, readonly (readonly [IDBValidKey, object])[]>()
      for (const table of tables) {
        const stored = now.transaction(table).objectStore(table)
        const [ids, values] = await Promise.all([
          done(stored.getAllKeys()),
          done(stored.getAll() as IDBRequest<object[]>),
        ])
        const older = values.map((value) => inVersion1(table, value))
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
