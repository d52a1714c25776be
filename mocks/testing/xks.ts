/** Asking a proxy over XKS as a client of one's own, and judging its answers. */
import { expect } from 'vitest'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8, type Bytes } from '#mocks/crypto/bytes.ts'
import { errorStatuses, type ErrorName } from '#mocks/xki/dialects/xks-v1.ts'
import type { Proxy } from '#mocks/xki/proxy.ts'
import { testStart } from './runtime.ts'
import { prefix, signed, type SignedOptions } from './xki-world.ts'

export const requestMetadata = {
  awsPrincipalArn: 'arn:aws:iam::123456789012:user/Alice',
  kmsKeyArn: 'arn:aws:kms:us-east-2:123456789012:/key/1234abcd-12ab-34cd-56ef-1234567890ab',
  kmsOperation: 'Encrypt',
  kmsRequestId: '4112f4d6-db54-4af4-ae30-c55a22a8dfae',
  kmsViaService: 'ebs',
}
export const base = `${prefix}/kms/xks/v1`
export const plaintext = encodeBase64(utf8('Hello World!'))
export const aad = encodeBase64(utf8('project=nile,department=marketing'))
export const encryptBody = { requestMetadata, plaintext, encryptionAlgorithm: 'AES_GCM' }

export type Json = Record<string, unknown>
export interface Answer {
  readonly status: number
  readonly body: Json
}

export function expectRefusal({ status, body }: Answer, errorName: ErrorName): void {
  expect({ status, errorName: body['errorName'] }).toEqual({ status: errorStatuses[errorName], errorName })
  // Printable ASCII of fewer than 512 characters.
  expect(body['errorMessage']).toMatch(/^[\x20-\x7e]{1,511}$/)
}

export const bytesOf = (body: Json, field: string): Bytes => decodeBase64(String(body[field]))!

export const decryptBody = (sealed: Json, input: Json = {}): Json => ({
  requestMetadata: { ...requestMetadata, kmsOperation: 'Decrypt' },
  encryptionAlgorithm: 'AES_GCM',
  ciphertext: sealed['ciphertext'],
  initializationVector: sealed['initializationVector'],
  authenticationTag: sealed['authenticationTag'],
  ciphertextMetadata: sealed['ciphertextMetadata'],
  ...input,
})

export interface Asker {
  readonly send: (request: Request) => Promise<Answer>
  /** Posts JSON of an object, or a text or bytes as they are; signed at `testStart`. */
  readonly post: (path: string, body: object | string | Bytes, options?: Partial<SignedOptions>) => Promise<Answer>
  /** The answer to an encryption that succeeds. */
  readonly encrypt: (keyId: string, input?: Json) => Promise<Json>
  readonly decrypt: (keyId: string, sealed: Json, input?: Json) => Promise<Answer>
}

export function asker({ proxy }: { readonly proxy: Proxy }): Asker {
  const send: Asker['send'] = async (request) => {
    const response = await proxy.fetch(request)
    expect(response.headers.get('content-type')).toBe('application/json')
    return { status: response.status, body: (await response.json()) as Json }
  }
  const post: Asker['post'] = async (path, body, options = {}) => {
    const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    return send(await signed(path, raw, { time: testStart, ...options }))
  }
  return {
    send,
    post,
    encrypt: async (keyId, input = {}) => {
      const { status, body } = await post(`${base}/keys/${keyId}/encrypt`, { ...encryptBody, ...input })
      expect(status).toBe(200)
      return body
    },
    decrypt: (keyId, sealed, input) => post(`${base}/keys/${keyId}/decrypt`, decryptBody(sealed, input)),
  }
}
