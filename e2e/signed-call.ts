/** Calls that the console has no form for, such as those that administer RAM. */
import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { acs3Algorithm, canonicalRequest, stringToSign } from '#src/api/contract/acs3.ts'
import { globalRegion, products } from '#src/api/contract/action.ts'
import { actions, type ActionName, type Input } from '#src/api/contract/actions.ts'
import { writeInput } from '#src/api/contract/params.ts'

type Sign = SubtleCrypto['sign']
type Lending = Window & { signLikeThePage?: (data: BufferSource) => Promise<ArrayBuffer> }

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** To be called before the page opens: keys cannot be read, so the one that the page signs with is borrowed. */
export const lendSigningKey = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const sign = Object.getOwnPropertyDescriptor(SubtleCrypto.prototype, 'sign')?.value as Sign
    SubtleCrypto.prototype.sign = function (...input) {
      ;(window as Lending).signLikeThePage = (data) => Reflect.apply(sign, this, [input[0], input[1], data])
      return Reflect.apply(sign, this, input)
    }
  })

/** As the identity that the page acts as; `accessKeyId`: its own. Throws for a refusal. */
export async function callAs<N extends ActionName>(
  page: Page,
  accessKeyId: string,
  name: N,
  input: Input<N>,
  region = 'cn-hangzhou',
): Promise<void> {
  const { product, params } = actions[name]
  const { version, regional, host } = products[product]
  const body = new URLSearchParams([...writeInput(params, input)]).toString()
  const sent = {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-acs-action': name,
    'x-acs-version': version,
    'x-acs-date': new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    'x-acs-signature-nonce': crypto.randomUUID(),
    'x-acs-content-sha256': sha256(body),
  }
  const headers = new Map(Object.entries(sent)).set('host', host(region))
  const payloadHash = sent['x-acs-content-sha256']
  const canonical = canonicalRequest({ method: 'POST', path: '/', query: [], headers, payloadHash })
  const authorization = `${acs3Algorithm} Credential=${accessKeyId},SignedHeaders=${[...headers.keys()].sort().join(';')}`
  const refusal = await page.evaluate(
    async ({ text, path, sent, authorization, body }) => {
      const { signLikeThePage } = window as Lending
      if (!signLikeThePage) return 'The page has signed nothing yet.'
      const signature = await signLikeThePage(new TextEncoder().encode(text))
      const hex = Array.from(new Uint8Array(signature), (byte) => byte.toString(16).padStart(2, '0')).join('')
      const response = await fetch(path, {
        method: 'POST',
        headers: { ...sent, authorization: `${authorization},Signature=${hex}` },
        body,
      })
      return response.ok ? null : await response.text()
    },
    {
      text: stringToSign(sha256(canonical)),
      path: `api/${product}/${regional ? region : globalRegion}/`,
      sent,
      authorization,
      body,
    },
  )
  if (refusal !== null) throw new Error(`${name}: ${refusal}`)
}
