/** What the browser keeps of a page: for tests that look for what must not be there. */
import type { Page } from '@playwright/test'
import { expect } from './fixtures.ts'

/** Everything that the browser keeps for this origin, as one text. */
const keptTexts = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const texts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), location.href]
    texts.push(JSON.stringify(history.state))
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(new Error('The database does not open.'))
      })
      for (const table of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve) => {
          const request = db.transaction(table).objectStore(table).getAll()
          request.onsuccess = () => resolve(request.result)
        })
        texts.push(JSON.stringify(rows))
      }
      db.close()
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        const response = await cache.match(request)
        texts.push(request.url, (await response?.text()) ?? '')
      }
    }
    return texts.join('\n')
  })

/** Neither as it is nor in another form. */
export async function expectForgotten(page: Page, secrets: readonly string[]): Promise<void> {
  const kept = await keptTexts(page)
  expect(kept.length, 'something was looked at').toBeGreaterThan(1000)
  for (const secret of secrets)
    for (const form of [secret, btoa(secret), Buffer.from(secret).toString('hex')]) expect(kept).not.toContain(form)
}
