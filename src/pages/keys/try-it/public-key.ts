/** A public key as pasted, PEM or Base64 of its DER, as PublicKeyBlob takes it: Base64 of a SubjectPublicKeyInfo (RFC 5280, RFC 8017). */
import { fromBase64, toBase64 } from './bytes.ts'
import { base64Length } from '#src/api/contract/rules.ts'

/** RSA_2048, the one wrapping key that a browser has (KMS API 2016-01-20, ExportDataKey). */
const modulusBits = 2048

export type PublicKeyProblem =
  | {
      readonly code:
        | 'required'
        | 'privateKey'
        | 'certificate'
        | 'pkcs1'
        | 'otherPem'
        | 'notBase64'
        | 'notKey'
        | 'notRsa'
    }
  | { readonly code: 'bits'; readonly bits: number; readonly needed: number }

const pemProblems: Readonly<Record<string, PublicKeyProblem>> = {
  CERTIFICATE: { code: 'certificate' },
  'RSA PUBLIC KEY': { code: 'pkcs1' },
}

export function readPublicKey(text: string): { readonly base64: string } | { readonly problem: PublicKeyProblem } {
  if (text.trim() === '') return { problem: { code: 'required' } }
  const [, label, body] = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/.exec(text) ?? []
  if (text.includes('PRIVATE KEY')) return { problem: { code: 'privateKey' } }
  if (label !== undefined && label !== 'PUBLIC KEY') return { problem: pemProblems[label] ?? { code: 'otherPem' } }
  const base64 = (body ?? text).replace(/\s/g, '')
  if (base64 === '' || typeof base64Length(base64) !== 'number') return { problem: { code: 'notBase64' } }
  const key = readSpki(fromBase64(base64))
  if (key === null) return { problem: { code: 'notKey' } }
  if (key.bits === null) return { problem: { code: 'notRsa' } }
  return key.bits === modulusBits ? { base64 } : { problem: { code: 'bits', bits: key.bits, needed: modulusBits } }
}

/** The PEM of a DER SubjectPublicKeyInfo. */
export const toPem = (spki: Uint8Array): string =>
  `-----BEGIN PUBLIC KEY-----\n${(toBase64(spki).match(/.{1,64}/g) ?? []).join('\n')}\n-----END PUBLIC KEY-----\n`

interface Element {
  readonly tag: number
  readonly content: Uint8Array
  /** What follows it. */
  readonly rest: Uint8Array
}

/** One DER element; null where the bytes are none. */
function element(bytes: Uint8Array): Element | null {
  const [tag, first] = bytes
  if (tag === undefined || first === undefined) return null
  const sizeBytes = first < 0x80 ? 0 : first - 0x80
  if (sizeBytes > 3 || (first >= 0x80 && sizeBytes === 0)) return null
  const length = sizeBytes === 0 ? first : bytes.slice(2, 2 + sizeBytes).reduce((sum, byte) => sum * 256 + byte, 0)
  const start = 2 + sizeBytes
  if (bytes.length < start + length) return null
  return { tag, content: bytes.slice(start, start + length), rest: bytes.slice(start + length) }
}

const tags = { integer: 0x02, bitString: 0x03, objectId: 0x06, sequence: 0x30 } as const
const ofTag = (bytes: Uint8Array, tag: number): Element | null => {
  const found = element(bytes)
  return found?.tag === tag ? found : null
}

/** rsaEncryption, 1.2.840.113549.1.1.1 */
const rsaEncryption = '2a864886f70d010101'
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** `bits` of the modulus; null: a key of another kind. Null as a whole: no SubjectPublicKeyInfo. */
function readSpki(der: Uint8Array): { readonly bits: number | null } | null {
  const outer = ofTag(der, tags.sequence)
  const algorithm = outer && outer.rest.length === 0 ? ofTag(outer.content, tags.sequence) : null
  const oid = algorithm && ofTag(algorithm.content, tags.objectId)
  const key = algorithm && ofTag(algorithm.rest, tags.bitString)
  if (!oid || !key || key.content[0] !== 0) return null
  if (hexOf(oid.content) !== rsaEncryption) return { bits: null }
  const numbers = ofTag(key.content.slice(1), tags.sequence)
  const modulus = numbers && ofTag(numbers.content, tags.integer)
  return modulus ? { bits: bitLength(modulus.content) } : null
}

function bitLength(number: Uint8Array): number {
  const start = number.findIndex((byte) => byte !== 0)
  return start < 0 ? 0 : (number.length - start - 1) * 8 + (32 - Math.clz32(number[start]!))
}
