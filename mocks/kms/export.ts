/** Data keys for others: under a public key, or under another KMS key. KMS API 2016-01-20. */
import type { Input } from '#src/api/contract/actions.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { importOaepKey, type OaepKey } from '#mocks/crypto/rsa-oaep.ts'
import type { Rules } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import { bytesOf, dataKeyLength, open, seal } from './cipher.ts'

type Wrapping = Pick<Input<'ExportDataKey'>, 'PublicKeyBlob' | 'WrappingKeySpec' | 'WrappingAlgorithm'>

const modulusBits = 2048
const hashes = { RSAES_OAEP_SHA_256: 'SHA-256', RSAES_OAEP_SHA_1: 'SHA-1' } as const

const notHere = (Parameter: keyof Wrapping): ServiceError =>
  new ServiceError('UnsupportedOperation', { reason: 'SM2 is published but not implemented here.' }, { Parameter })

const unfit = (Parameter: string, reason: string): ServiceError =>
  new ServiceError('InvalidParameter', { name: Parameter, reason }, { Parameter })

/** The public key to export under. Throws UnsupportedOperation for SM2, InvalidParameter for what is no RSA key of 2,048 bits. */
async function wrappingKey({ PublicKeyBlob, WrappingKeySpec, WrappingAlgorithm }: Wrapping): Promise<OaepKey> {
  if (WrappingKeySpec === 'EC_SM2') throw notHere('WrappingKeySpec')
  if (WrappingAlgorithm === 'SM2PKE') throw notHere('WrappingAlgorithm')
  const key = await importOaepKey(bytesOf('PublicKeyBlob', PublicKeyBlob), hashes[WrappingAlgorithm])
  if (!key) throw unfit('PublicKeyBlob', 'It is no RSA public key in DER (SubjectPublicKeyInfo).')
  if (key.modulusBits !== modulusBits)
    throw unfit('PublicKeyBlob', `The key has ${key.modulusBits} bits, not ${modulusBits}.`)
  return key
}

export const exportRules = {
  GenerateAndExportDataKey: async (ctx, input, { key }) => {
    const { maxLength, encrypt } = await wrappingKey(input)
    const length = dataKeyLength(input)
    if (length > maxLength) throw invalidParameter('NumberOfBytes', { code: 'outOfRange', min: 1, max: maxLength })
    const plaintext = ctx.runtime.randomBytes(length)
    const context = input.EncryptionContext
    const sealed = await seal(ctx, key, { operation: 'GenerateAndExportDataKey', plaintext, context })
    return { ...sealed, ExportedDataKey: encodeBase64(await encrypt(plaintext)) }
  },
  ExportDataKey: async (ctx, { CiphertextBlob: ciphertext, EncryptionContext: context, ...input }, { key }) => {
    const { maxLength, encrypt } = await wrappingKey(input)
    const { name, plaintext } = await open(ctx, key, { operation: 'ExportDataKey', ciphertext, context })
    if (plaintext.length > maxLength)
      throw unfit('CiphertextBlob', `What it holds is longer than ${maxLength} bytes, and so no data key to export.`)
    return { ...name, ExportedDataKey: encodeBase64(await encrypt(plaintext)) }
  },
  /** The answer names the key and the version that the new ciphertext is under (assumed). */
  ReEncrypt: async (ctx, input, { source, destination }) => {
    const { plaintext } = await open(ctx, source, {
      operation: 'ReEncrypt',
      ciphertext: input.CiphertextBlob,
      context: input.SourceEncryptionContext,
    })
    return seal(ctx, destination, { operation: 'ReEncrypt', plaintext, context: input.DestinationEncryptionContext })
  },
} satisfies Rules<'GenerateAndExportDataKey' | 'ExportDataKey' | 'ReEncrypt'>
