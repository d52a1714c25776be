/** The three questions of the XKI port, and how they fail. */
import { expect } from 'vitest'
import { noBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { XkiError, type SealedBytes, type XkiPort } from '#mocks/xki/port.ts'
import { caller, instance, silentSpan, xkiWorld, type WorldOptions } from './xki-world.ts'

export const plaintext = utf8('Hello World!')
export const additionalData = utf8('context')
export const sealed: SealedBytes = {
  iv: new Uint8Array(12),
  tag: new Uint8Array(16),
  metadata: noBytes,
  ciphertext: new Uint8Array(plaintext.length),
}

interface Asked {
  readonly client: XkiPort
}

export const ask = {
  metadata: ({ client }: Asked) => client.metadata(instance, 'foo', caller, silentSpan),
  encrypt: ({ client }: Asked) => client.encrypt(instance, 'foo', { plaintext, additionalData }, caller, silentSpan),
  decrypt: ({ client }: Asked) => client.decrypt(instance, 'foo', { ...sealed, additionalData }, caller, silentSpan),
}
export type Question = keyof typeof ask
export const questions = Object.keys(ask) as Question[]

/** The failure of a question, as hop and cause. Anything but an XkiError fails the test. */
export async function failureOf(question: Promise<unknown>): Promise<string> {
  const error = await question.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(XkiError)
  const { hop, failure } = error as XkiError
  return `${hop} ${failure}`
}

export const failsBehind = async (question: Question, options: WorldOptions): Promise<string> =>
  failureOf(ask[question](await xkiWorld(options)))
