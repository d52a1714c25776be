import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { makePair, rsaWrappings, wrappedBytes } from '#src/api/key-pair.ts'
import { toBase64 } from './bytes.ts'
import { readPublicKey, toPem } from './public-key.ts'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength })
const spkiPem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()
const spkiBase64 = (key: KeyObject): string => key.export({ type: 'spki', format: 'der' }).toString('base64')
const problemOf = (text: string) => {
  const read = readPublicKey(text)
  return 'problem' in read ? read.problem : null
}

const { publicKey, privateKey } = rsa(2048)

describe('a public key', () => {
  it('is read as PEM, with whatever stands around it, and as Base64 of its DER', () => {
    const base64 = spkiBase64(publicKey)
    expect(readPublicKey(spkiPem(publicKey))).toEqual({ base64 })
    expect(readPublicKey(`Bag attributes\r\n${spkiPem(publicKey).replaceAll('\n', '\r\n')}\r\n`)).toEqual({ base64 })
    expect(readPublicKey(base64.replace(/.{64}/g, '$&\n'))).toEqual({ base64 })
  })

  it('is written as PEM the way others write it', () => {
    expect(toPem(publicKey.export({ type: 'spki', format: 'der' }))).toBe(spkiPem(publicKey))
  })

  it('must be RSA of 2,048 bits', () => {
    expect(problemOf(spkiPem(rsa(1024).publicKey))).toEqual({ code: 'bits', bits: 1024, needed: 2048 })
    expect(problemOf(spkiPem(rsa(3072).publicKey))).toEqual({ code: 'bits', bits: 3072, needed: 2048 })
    const curve = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
    expect(problemOf(spkiPem(curve))).toEqual({ code: 'notRsa' })
  })

  it('is never a private key', () => {
    expect(problemOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())).toEqual({ code: 'privateKey' })
    expect(problemOf(privateKey.export({ type: 'pkcs1', format: 'pem' }).toString())).toEqual({ code: 'privateKey' })
    expect(problemOf(privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'))).toEqual({
      code: 'notKey',
    })
  })

  it.each([
    ['', 'required'],
    [' \n', 'required'],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----', 'certificate'],
    ['-----BEGIN EC PARAMETERS-----\nAAAA\n-----END EC PARAMETERS-----', 'otherPem'],
    ['-----BEGIN PUBLIC KEY-----\n\n-----END PUBLIC KEY-----', 'notBase64'],
    ['what is this?', 'notBase64'],
    ['AAAA', 'notKey'],
    ['MIIB', 'notKey'],
  ])('%j is none: %s', (text, code) => {
    expect(problemOf(text)).toEqual({ code })
  })

  it('of PKCS#1 is told how to be converted', () => {
    expect(problemOf(publicKey.export({ type: 'pkcs1', format: 'pem' }).toString())).toEqual({ code: 'pkcs1' })
  })

  it('cut short anywhere is none', () => {
    const der = publicKey.export({ type: 'spki', format: 'der' })
    for (let length = 1; length < der.length; length += 7)
      expect(problemOf(toBase64(der.subarray(0, length)))).toEqual({ code: 'notKey' })
  })
})

describe('a pair made in the page', () => {
  it.each(rsaWrappings)('takes %s, and is read as any other key', async (algorithm) => {
    const pair = await makePair(algorithm)
    expect(readPublicKey(toPem(pair.spki))).toEqual({ base64: toBase64(pair.spki) })
    await expect(pair.unwrap(new Uint8Array(256))).rejects.toThrow()
    const { subtle } = globalThis.crypto
    const hash = algorithm === 'RSAES_OAEP_SHA_256' ? 'SHA-256' : 'SHA-1'
    const key = await subtle.importKey('spki', pair.spki, { name: 'RSA-OAEP', hash }, false, ['encrypt'])
    const wrap = (length: number) => subtle.encrypt({ name: 'RSA-OAEP' }, key, new Uint8Array(length).fill(7))
    const largest = wrappedBytes[algorithm]
    expect(await pair.unwrap(new Uint8Array(await wrap(largest)))).toEqual(new Uint8Array(largest).fill(7))
    await expect(wrap(largest + 1)).rejects.toThrow()
  })
})
