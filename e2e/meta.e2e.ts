/** What holds for every page: its policy, its origin, and the guard that watches both. */
import { metaPolicy, securityHeaders } from '#scripts/csp.ts'
import { expect, expectNoAxeViolations, open, test } from './fixtures.ts'
import { runInWorker, workerUrls } from './workers.ts'

test.use({ fresh: true })

test('every response carries exactly the security headers, the workers of the page too', async ({ page, browser }) => {
  const loaded = new Map<string, Record<string, string>>()
  page.on('response', (response) => loaded.set(new URL(response.url()).pathname, response.headers()))
  await open(page)
  await expect(page.getByRole('main')).toBeVisible()
  const workers = await workerUrls(browser)
  expect(workers.map((url) => new URL(url).pathname).toSorted()).toEqual([
    expect.stringMatching(/^\/assets\/emulator-worker-[\w-]{8}\.js$/),
    '/mockServiceWorker.js',
  ])
  for (const url of workers) {
    const response = await page.request.get(url)
    loaded.set(new URL(url).pathname, response.headers())
  }
  const answers = [...loaded].filter(([path]) => !path.startsWith('/api/'))
  expect(answers.length).toBeGreaterThan(5)
  for (const [path, headers] of answers) {
    for (const [name, value] of Object.entries(securityHeaders)) {
      expect(headers[name.toLowerCase()], `${name} of ${path}`).toBe(value)
    }
  }
})

test('the page carries its policy for hosts that set no headers', async ({ page }) => {
  await open(page)
  await expect(page.locator('meta[http-equiv="Content-Security-Policy"]')).toHaveAttribute('content', metaPolicy)
})

test.describe('Trusted Types', () => {
  test('refuse a worker from any other address', async ({ page }) => {
    await open(page)
    await expect(page.getByRole('main')).toBeVisible()
    const refusals = await page.evaluate(async () => {
      const attempts: Record<string, () => unknown> = {
        'a shared worker': () => new SharedWorker('/assets/index.js'),
        'a worker': () => new Worker('/mockServiceWorker.js?x'),
        'a service worker': () => navigator.serviceWorker.register('/assets/index.js'),
      }
      const refused: string[] = []
      for (const [what, attempt] of Object.entries(attempts)) {
        try {
          await attempt()
        } catch (error) {
          if (error instanceof TypeError && error.message.startsWith('No worker is started from')) refused.push(what)
        }
      }
      return refused
    })
    expect(refusals).toEqual(['a shared worker', 'a worker', 'a service worker'])
  })
})

test.describe('the guard', () => {
  test.use({ allowedProblems: [/./] })

  test('sees what pages and workers do wrong', async ({ page, browser, guard }) => {
    await open(page)
    await expect(page.getByRole('main')).toBeVisible()
    await page.evaluate(() => {
      console.error('a printed error')
      console.warn('a printed warning')
      setTimeout(() => {
        throw new Error('an uncaught error')
      })
      new Image().src = 'https://elsewhere.example/pixel.png'
      try {
        document.body.insertAdjacentHTML('beforeend', '<p>markup from text</p>')
      } catch {
        // Swallowed on purpose: the violation is reported all the same.
      }
    })
    await runInWorker(
      browser,
      'shared_worker',
      `console.error('printed by the emulator'); fetch('https://elsewhere.example/').catch(() => 0)`,
    )
    await expect
      .poll(() => guard.seen.join('\n'))
      .toMatch(
        new RegExp(
          [
            'console error: a printed error',
            'console warning: a printed warning',
            'uncaught: .*an uncaught error',
            'policy violation: img-src https://elsewhere.example/pixel.png',
            'policy violation: require-trusted-types-for',
            'worker console error: printed by the emulator',
            'worker security: .*elsewhere.example',
          ]
            .map((line) => `(?=[^]*${line})`)
            .join(''),
        ),
      )
  })
})

test.describe('under a sub-path', () => {
  test.use({ baseURL: async ({ baseURL: _ }, use, testInfo) => use(String(testInfo.config.metadata['subPath'])) })

  test('the console works, deep links, calls and workers included', async ({ page, browser }) => {
    const calls: string[] = []
    page.on('request', (request) => {
      const { pathname } = new URL(request.url())
      if (pathname.includes('/api/')) calls.push(pathname)
    })
    await open(page)
    await expect(page).toHaveURL(/\/kms\/keys\?/)
    await page.getByRole('table').getByRole('link', { name: 'alias/' }).first().click()
    await expect(page).toHaveURL(/\/kms\/keys\/key-/)
    // The address changes before the page does.
    const heading = await page.getByRole('heading', { level: 1, name: 'alias/' }).innerText()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    expect(calls.length).toBeGreaterThan(0)
    // Workers of the test before may still be on their way out, on another port.
    const { origin } = new URL(page.url())
    const workers = (await workerUrls(browser)).map((url) => new URL(url)).filter((url) => url.origin === origin)
    expect(workers.length).toBeGreaterThan(0)
    for (const path of [...calls, ...workers.map(({ pathname }) => pathname)]) {
      expect(path).toMatch(/^\/kms\//)
    }
  })
})

test('a state of the world is opened, and what is changed in it survives a reload', async ({ page }) => {
  await open(page, { path: 'keys?region=cn-hangzhou', language: 'zh', theme: 'dark', scenario: 'empty' })
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  await expect(page.getByRole('tab', { name: '用户主密钥' })).toBeVisible()
  await expectNoAxeViolations(page)
  await page.evaluate(() => localStorage.setItem('kms.language', 'en'))
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en-US')
})
