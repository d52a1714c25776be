/**
 * What comes of a proxy that answers wrongly: its right answer, spoiled after its own checks. The fields have the names of one dialect or the
 * other; an answer without the field in question passes as it is.
 */
import { isPlainObject, parseJson } from '#src/api/contract/rules.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'

type Damage = (response: Response) => Response | Promise<Response>

function likewise(response: Response, body: string, contentType?: string): Response {
  const headers = new Headers(response.headers)
  if (contentType !== undefined) headers.set('content-type', contentType)
  return new Response(body, { status: response.status, headers })
}

const fieldIn =
  (name: string, change: (bytes: Bytes) => Bytes): Damage =>
  async (response) => {
    const text = await response.text()
    const body = parseJson(text)
    if (!isPlainObject(body)) return likewise(response, text)
    const changed = Object.entries(body).map(([key, value]) => {
      const bytes = key.toLowerCase() === name.toLowerCase() && typeof value === 'string' ? decodeBase64(value) : null
      return [key, bytes ? encodeBase64(change(bytes)) : value] as const
    })
    return likewise(response, JSON.stringify(Object.fromEntries(changed)))
  }

const otherBytes = (bytes: Bytes): Bytes => bytes.map((byte) => byte ^ 0xa5)

export const damaged = {
  rubbish: (response) => likewise(response, 'rubbish { "not": an answer }'),
  wrongContentType: async (response) => likewise(response, await response.text(), 'text/html'),
  truncated: async (response) => {
    const whole = await response.text()
    return likewise(response, whole.slice(0, Math.floor(whole.length / 2)))
  },
  wrongTag: fieldIn('authenticationTag', otherBytes),
  wrongIv: fieldIn('initializationVector', (iv) => iv.slice(1)),
  otherCiphertext: fieldIn('ciphertext', otherBytes),
} as const satisfies Readonly<Record<string, Damage>>
