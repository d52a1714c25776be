/** What KMS makes of a proxy that answers rubbish, or well-formed untruths: never a result, and never another error. */
import { expect, test } from 'vitest'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import { concat, noBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { additionalData, ask, failsBehind, plaintext, questions, sealed } from '#mocks/testing/xki-questions.ts'
import { xkiWorld } from '#mocks/testing/xki-world.ts'
import type { Host } from './network.ts'
import type { SealedBytes } from './port.ts'
import { integrityValue } from './sealing.ts'

const json = (body: unknown, status = 200, type = 'application/json'): Response =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'content-type': type } })
const answering =
  (make: () => Response | Promise<Response>): Host =>
  async () =>
    make()

const brokenStream = (): Response =>
  new Response(
    new ReadableStream({
      start: (controller) => {
        controller.enqueue(utf8('{"plaintext":"'))
        controller.error(new Error('connection reset'))
      },
    }),
    { status: 200, headers: { 'content-type': 'application/json' } },
  )

const rubbish: Readonly<Record<string, () => Response>> = {
  'an empty body': () => json(''),
  'a page': () => json('<html></html>', 200, 'text/html'),
  'JSON under another content type': () => json({}, 200, 'text/plain'),
  'no content type': () => new Response(null, { status: 200 }),
  'JSON cut short': () => json('{"ciphertext":"AAAA","initializ'),
  'JSON twice': () => json('{}{}'),
  'a broken stream': brokenStream,
  'bytes that are no UTF-8': () =>
    new Response(new Uint8Array([0xff, 0xfe]), { headers: { 'content-type': 'application/json' } }),
  null: () => json(null),
  'a list': () => json([]),
  'a text': () => json('"text"'),
  'an empty object': () => json({}),
  'an answer to another question': () => json({ xksProxyFleetSize: 1 }),
  'an error with status 200': () => json({ errorName: 'KeyNotFoundException' }),
  'status 201': () => json({}, 201),
  'status 204': () => new Response(null, { status: 204 }),
  'a redirect': () => new Response(null, { status: 302, headers: { location: 'https://evil.example.com/' } }),
  'an unknown error': () => json({ errorName: 'SurpriseException' }, 400),
  'an error without a name': () => json({ errorMessage: 'no' }, 404),
  'an error page with a right status': () => json('Not Found', 404, 'text/plain'),
  'a known error under a wrong status': () => json({ errorName: 'KeyNotFoundException' }, 400),
  'a bad path': () => json({ errorName: 'InvalidUriPathException' }, 404),
  'a denial': () => json({ errorName: 'AccessDeniedException' }, 403),
  'a validation error': () => json({ errorName: 'ValidationException' }, 400),
  'a failure': () => json({ errorName: 'InternalException' }, 500),
  'a gateway\u2019s 501': () => json('Not Implemented', 501, 'text/html'),
  'an error named like an object\u2019s own machinery': () => json('{"errorName":"constructor"}', 400),
}
const causes: Readonly<Record<string, readonly string[]>> = {
  proxyUnreadable: [
    'an empty body',
    'JSON twice',
    'bytes that are no UTF-8',
    'null',
    'a list',
    'a text',
    'an empty object',
    'an answer to another question',
    'an error with status 200',
  ],
  proxyContentType: ['a page', 'JSON under another content type', 'no content type'],
  proxyTruncated: ['JSON cut short', 'a broken stream'],
  proxyDenied: ['a denial'],
  proxyWrongPath: ['a bad path'],
}
/** What an answer is told as; everything else that is wrong with one is a proxy that failed. */
const causeOf = (name: string): string =>
  Object.keys(causes).find((cause) => causes[cause]?.includes(name)) ?? 'proxyError'

test.each(Object.entries(rubbish))('%s', async (name, answer) => {
  for (const question of questions)
    expect(await failsBehind(question, { host: answering(answer) }), question).toBe(`proxy ${causeOf(name)}`)
})

test('a ciphertext can be invalid only when it was sent', async () => {
  const host = answering(() => json({ errorName: 'InvalidCiphertextException' }, 400))
  expect(await failsBehind('decrypt', { host })).toBe('keyManager invalidCiphertext')
  expect(await failsBehind('encrypt', { host })).toBe('proxy proxyError')
  expect(await failsBehind('metadata', { host })).toBe('proxy proxyError')
})

test('any 401 is a refused credential', async () => {
  const host = answering(() => json('Unauthorized', 401, 'text/html'))
  for (const question of questions) expect(await failsBehind(question, { host })).toBe('proxy proxyRefusedCredential')
})

test('a host that throws is not reached', async () => {
  const host = answering(() => Promise.reject(new Error('anything')))
  for (const question of questions) expect(await failsBehind(question, { host })).toBe('proxy proxyUnreachable')
})

test.each([
  ['no spec', { keySpec: undefined }],
  ['a spec that is no text', { keySpec: 256 }],
  ['no usages', { keyUsage: undefined }],
  ['usages that are no list', { keyUsage: 'ENCRYPT' }],
  ['eleven usages', { keyUsage: Array.from({ length: 11 }, () => 'SIGN') }],
  ['another status', { keyStatus: 'PENDING' }],
])('metadata with %s', async (_, change) => {
  const good = { keySpec: 'AES_256', keyUsage: ['ENCRYPT', 'DECRYPT', 'WRAP'], keyStatus: 'ENABLED', more: 1 }
  expect((await ask.metadata(await xkiWorld({ host: answering(() => json(good)) }))).key?.usages).toContain('WRAP')
  expect(await failsBehind('metadata', { host: answering(() => json({ ...good, ...change })) })).toBe(
    'proxy proxyUnreadable',
  )
})

/** An answer to `encrypt` whose integrity value is right for whatever it holds. */
async function encryptAnswer(change: Partial<SealedBytes>): Promise<Record<string, string>> {
  const told = { ...sealed, ...change }
  return {
    ciphertext: encodeBase64(told.ciphertext),
    initializationVector: encodeBase64(told.iv),
    authenticationTag: encodeBase64(told.tag),
    ciphertextMetadata: encodeBase64(told.metadata),
    ciphertextDataIntegrityValue: encodeBase64(await integrityValue(additionalData, told)),
  }
}

test('the shape of an encryption', async () => {
  for (const change of [{}, { iv: new Uint8Array(16) }, { metadata: new Uint8Array(20) }]) {
    const world = await xkiWorld({ host: async () => json(await encryptAnswer(change)) })
    expect(await ask.encrypt(world)).toEqual({ ...sealed, ...change, latencyMs: 12 })
  }
})

test.each<[string, Partial<SealedBytes>]>([
  ['an IV of 11 bytes', { iv: new Uint8Array(11) }],
  ['an empty IV', { iv: noBytes }],
  ['a tag of 15 bytes', { tag: new Uint8Array(15) }],
  ['a tag of 17 bytes', { tag: new Uint8Array(17) }],
  ['metadata of 21 bytes', { metadata: new Uint8Array(21) }],
  ['a shorter ciphertext', { ciphertext: sealed.ciphertext.slice(1) }],
  ['a ciphertext with its tag', { ciphertext: concat(sealed.ciphertext, sealed.tag) }],
  ['no ciphertext', { ciphertext: noBytes }],
])('an encryption with %s', async (_, change) => {
  expect(await failsBehind('encrypt', { host: async () => json(await encryptAnswer(change)) })).toBe(
    'proxy proxyWrongLength',
  )
})

test.each([
  'ciphertext',
  'initializationVector',
  'authenticationTag',
  'ciphertextMetadata',
  'ciphertextDataIntegrityValue',
])('an encryption whose %s is missing, no Base64, or another', async (field) => {
  const good = await encryptAnswer({ metadata: new Uint8Array(3) })
  for (const value of [null, 1, `${good[field]}\n`, '-_-_'])
    expect(await failsBehind('encrypt', { host: answering(() => json({ ...good, [field]: value })) })).toBe(
      'proxy proxyUnreadable',
    )
  const without = await failsBehind('encrypt', { host: answering(() => json({ ...good, [field]: undefined })) })
  // The one field that may be missing, where none was sent.
  expect(without).toBe(field === 'ciphertextMetadata' ? 'proxy proxyIntegrity' : 'proxy proxyUnreadable')
  const bytes = decodeBase64(good[field]!)!
  const flipped = encodeBase64(bytes.with(0, bytes[0]! ^ 1))
  expect(await failsBehind('encrypt', { host: answering(() => json({ ...good, [field]: flipped })) })).toBe(
    'proxy proxyIntegrity',
  )
})

test.each([
  ['missing', undefined, 'proxyUnreadable'],
  ['no text', 1, 'proxyUnreadable'],
  ['no Base64', 'SGVsbG8gV29ybGQh\n', 'proxyUnreadable'],
  ['empty', '', 'proxyWrongLength'],
  ['shorter than the ciphertext', encodeBase64(plaintext.slice(1)), 'proxyWrongLength'],
  ['longer than the ciphertext', encodeBase64(concat(plaintext, utf8('!'))), 'proxyWrongLength'],
])('a decryption whose plaintext is %s', async (_, value, cause) => {
  expect(await failsBehind('decrypt', { host: answering(() => json({ plaintext: value })) })).toBe(`proxy ${cause}`)
})
