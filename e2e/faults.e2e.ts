/**
 * Each fault between KMS and an external key, as a person meets it: the words, the hop, and the way to the trace. What the API answers is
 * tested in `mocks/xki/faults.test.ts`.
 */
import type { Page } from '@playwright/test'
import type { FaultKind } from '#src/api/contract/faults.ts'
import type { Hop, UnavailableCause as Cause } from '#src/api/contract/errors.ts'
import english from '#src/i18n/messages/en/errors.json' with { type: 'json' }
import chinese from '#src/i18n/messages/zh/errors.json' with { type: 'json' }
import { aliases } from '#mocks/scenarios/names.ts'
import { setFaults } from './create-panel.ts'
import { expect, open, test } from './fixtures.ts'

/** The fault, as it is set, and what an encryption then tells. */
const faults: readonly (readonly [at: 'proxy' | 'keyManager', kind: FaultKind, hop: Hop, cause: Cause])[] = [
  ['proxy', 'unreachable', 'proxy', 'proxyUnreachable'],
  ['proxy', 'timeout', 'proxy', 'proxyTimeout'],
  ['proxy', 'latency', 'proxy', 'proxyTimeout'],
  ['proxy', 'flapping', 'proxy', 'proxyUnreachable'],
  ['proxy', 'error', 'proxy', 'proxyError'],
  ['proxy', 'refuseCredential', 'proxy', 'proxyRefusedCredential'],
  ['proxy', 'throttle', 'proxy', 'proxyThrottled'],
  ['proxy', 'lostAnswer', 'proxy', 'proxyUnreachable'],
  ['proxy', 'rubbish', 'proxy', 'proxyUnreadable'],
  ['proxy', 'wrongContentType', 'proxy', 'proxyContentType'],
  ['proxy', 'truncated', 'proxy', 'proxyTruncated'],
  ['proxy', 'wrongTag', 'proxy', 'proxyIntegrity'],
  ['proxy', 'wrongIv', 'proxy', 'proxyWrongLength'],
  ['proxy', 'otherCiphertext', 'proxy', 'proxyIntegrity'],
  ['proxy', 'smallLimits', 'proxy', 'proxyTooLarge'],
  ['keyManager', 'timeout', 'keyManager', 'keyManagerTimeout'],
  ['keyManager', 'throttle', 'proxy', 'proxyThrottled'],
  ['keyManager', 'error', 'proxy', 'proxyError'],
]

const words = {
  en: { messages: english, card: 'Try it', plaintext: 'Plaintext', encrypt: 'Encrypt' },
  zh: { messages: chinese, card: '在线试用', plaintext: '明文', encrypt: '加密' },
} as const

async function meetAll(page: Page, language: keyof typeof words, met: typeof faults): Promise<void> {
  const { messages, card, plaintext, encrypt } = words[language]
  await open(page, { path: `keys/${encodeURIComponent(aliases.working)}?region=cn-hangzhou`, language })
  const tryIt = page.getByRole('region', { name: card, exact: true })
  // More than XKS obliges a proxy to, less than KMS takes.
  await tryIt.getByRole('textbox', { name: plaintext }).fill('x'.repeat(5000))
  let before = ''
  for (const [at, kind, hop, cause] of met) {
    await setFaults(page, [{ id: `${at} ${kind}`, hop: at, kind, ...(kind === 'latency' ? { ms: 400 } : {}) }])
    await tryIt.getByRole('button', { name: encrypt, exact: true }).click()
    const alert = tryIt.getByRole('alert')
    const request = alert.getByRole('link', { name: /^[0-9a-f-]{36}$/ })
    // Another request than the last.
    await expect.poll(() => request.textContent().catch(() => before)).not.toBe(before)
    before = (await request.textContent()) ?? ''
    await expect(alert, `${at} ${kind}`).toContainText(messages.cause[cause])
    await expect(alert, `${at} ${kind}`).toContainText(messages.hop[hop])
    await expect(alert).toContainText('Rejected.Unavailable')
    await expect(request).toHaveAttribute('href', new RegExp(`/activity/${before}`))
  }
}

test('each fault has its words and its hop', async ({ page }) => {
  test.slow()
  await meetAll(page, 'en', faults)
})

test('in Chinese too, and the trace marks the hop', async ({ page }) => {
  test.slow()
  await meetAll(page, 'zh', faults.slice(0, 4))
  await page
    .getByRole('alert')
    .getByRole('link', { name: /^[0-9a-f-]{36}$/ })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(page.getByRole('main')).toContainText('proxyUnreachable')
})
