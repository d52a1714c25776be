/**
 * Cryptography with external keys: KMS frames and binds, the key manager behind the proxy does the encryption. KMS holds a plaintext as long
 * as the request lasts, and key material never. KMS user guide, Manage external keys; KMS API 2016-01-20.
 */
import type { dataKeySpecs } from '#src/api/contract/crypto.ts'
import { limits, type EncryptionContext } from '#src/api/contract/rules.ts'
import { decodeBase64, encodeBase64 } from '#mocks/crypto/base64.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'
import type { Context, Rules } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { XkiCaller } from '#mocks/xki/port.ts'
import { additionalData, decodeBlob, encodeBlob } from './blob.ts'
import { isExternal } from './metadata.ts'
import { connectedInstance, refusalOf } from './unavailable.ts'
import { arnOfKey } from './visible.ts'

type Operation = 'Encrypt' | 'Decrypt' | 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext'

interface Way {
  readonly instance: InstanceRow
  readonly externalKeyId: string
  readonly keyArn: string
  readonly asking: XkiCaller
}

/** The way to a key's external key. Throws UnsupportedOperation for other keys, Rejected.Unavailable while the instance is not Connected. */
function wayTo({ db, caller, requestId }: Context, key: KeyRow, operation: Operation): Way {
  if (!isExternal(key))
    throw new ServiceError('UnsupportedOperation', { reason: 'Cryptography is implemented for external keys only.' })
  const keyArn = arnOfKey(key)
  return {
    instance: connectedInstance(db.read, key.instanceId),
    externalKeyId: key.externalKeyId,
    keyArn,
    asking: { principalArn: caller.arn, operation, requestId, keyArn },
  }
}

const refuse = (error: unknown): never => {
  throw refusalOf(error)
}

interface Sealing {
  readonly operation: Operation
  readonly plaintext: Bytes
  readonly context: EncryptionContext | undefined
}

async function seal(ctx: Context, key: KeyRow, { operation, plaintext, context = {} }: Sealing) {
  const { instance, externalKeyId, keyArn, asking } = wayTo(ctx, key, operation)
  const request = { plaintext, additionalData: await additionalData(keyArn, context) }
  const sealed = await ctx.xki.encrypt(instance, externalKeyId, request, asking, ctx.span).catch(refuse)
  return { KeyId: key.keyId, CiphertextBlob: encodeBlob({ keyId: key.keyId, sealed }) }
}

interface DataKeyInput {
  readonly KeySpec?: (typeof dataKeySpecs)[number] | undefined
  readonly NumberOfBytes?: number | undefined
}

const specBytes = { AES_256: 32, AES_128: 16 } as const

/** NumberOfBytes wins over KeySpec; 32 bytes without either. */
const dataKeyLength = ({ KeySpec, NumberOfBytes }: DataKeyInput): number =>
  NumberOfBytes ?? (KeySpec === undefined ? limits.dataKeyBytes.preset : specBytes[KeySpec])

const malformed = (name: string): ServiceError => invalidParameter(name, { code: 'malformed', reason: 'base64' })

export const cryptoRules = {
  Encrypt: (ctx, { Plaintext, EncryptionContext: context }, { key }) => {
    const plaintext = decodeBase64(Plaintext)
    if (!plaintext) throw malformed('Plaintext')
    return seal(ctx, key, { operation: 'Encrypt', plaintext, context })
  },
  Decrypt: async (ctx, { CiphertextBlob, EncryptionContext: context = {} }, { key }) => {
    const blob = decodeBlob(CiphertextBlob)
    if (!blob) throw malformed('CiphertextBlob')
    const { instance, externalKeyId, keyArn, asking } = wayTo(ctx, key, 'Decrypt')
    const request = { ...blob.sealed, additionalData: await additionalData(keyArn, context) }
    const { plaintext } = await ctx.xki.decrypt(instance, externalKeyId, request, asking, ctx.span).catch(refuse)
    return { KeyId: key.keyId, Plaintext: encodeBase64(plaintext) }
  },
  /** KMS draws the data key itself and has it encrypted. */
  GenerateDataKey: async (ctx, input, { key }) => {
    const plaintext = ctx.runtime.randomBytes(dataKeyLength(input))
    const context = input.EncryptionContext
    const sealed = await seal(ctx, key, { operation: 'GenerateDataKey', plaintext, context })
    return { ...sealed, Plaintext: encodeBase64(plaintext) }
  },
  GenerateDataKeyWithoutPlaintext: (ctx, input, { key }) => {
    const plaintext = ctx.runtime.randomBytes(dataKeyLength(input))
    const context = input.EncryptionContext
    return seal(ctx, key, { operation: 'GenerateDataKeyWithoutPlaintext', plaintext, context })
  },
} satisfies Rules<Operation>
