/**
 * Cryptography with external keys: KMS frames and binds, the key manager behind the proxy does the encryption. KMS never holds key material.
 * KMS user guide, Manage external keys.
 */
import type { EncryptionContext } from '#src/api/contract/rules.ts'
import type { Bytes } from '#mocks/crypto/bytes.ts'
import type { Context } from '#mocks/kms/context.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'
import type { XkiCaller } from '#mocks/xki/port.ts'
import { additionalData, type CiphertextBlob } from './blob.ts'
import type { ExternalKey } from './metadata.ts'
import { connectedInstance, refusalOf } from './unavailable.ts'
import { arnOfKey } from './visible.ts'

interface Way {
  readonly instance: InstanceRow
  readonly keyArn: string
  readonly asking: XkiCaller
}

/** The way to a key's external key. Throws Rejected.Unavailable while the instance is not Connected. */
function wayTo({ db, caller, requestId }: Context, key: ExternalKey, operation: string): Way {
  const keyArn = arnOfKey(key)
  return {
    instance: connectedInstance(db.read, key.instanceId),
    keyArn,
    asking: { principalArn: caller.arn, operation, requestId, keyArn },
  }
}

const refuse = (error: unknown): never => {
  throw refusalOf(error)
}

export async function sealAtManager(
  ctx: Context,
  key: ExternalKey,
  operation: string,
  { plaintext, context }: { plaintext: Bytes; context: EncryptionContext },
): Promise<CiphertextBlob> {
  const { instance, keyArn, asking } = wayTo(ctx, key, operation)
  const request = { plaintext, additionalData: await additionalData('external', keyArn, context) }
  const sealed = await ctx.xki.encrypt(instance, key.externalKeyId, request, asking, ctx.span).catch(refuse)
  return { keyId: key.keyId, versionId: null, sealed }
}

export async function openAtManager(
  ctx: Context,
  key: ExternalKey,
  operation: string,
  { blob, context }: { blob: CiphertextBlob; context: EncryptionContext },
): Promise<Bytes> {
  const { instance, keyArn, asking } = wayTo(ctx, key, operation)
  const request = { ...blob.sealed, additionalData: await additionalData('external', keyArn, context) }
  const { plaintext } = await ctx.xki.decrypt(instance, key.externalKeyId, request, asking, ctx.span).catch(refuse)
  return plaintext
}
