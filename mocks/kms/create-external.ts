/** CreateKey on an external instance: KMS asks the proxy about the external key, then makes a key that holds metadata only. */
import type { Input } from '#src/api/contract/actions.ts'
import { instanceCapabilities } from '#src/api/contract/states.ts'
import type { Context } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow } from '#mocks/store/rows.ts'
import type { ExternalKeyMetadata } from '#mocks/xki/port.ts'
import type { Material } from './new-key.ts'
import { refusalOf } from './unavailable.ts'

const { specs } = instanceCapabilities.External
const usage = 'ENCRYPT/DECRYPT'

const unsupported = (reason: string, Parameter?: keyof Input<'CreateKey'>): ServiceError =>
  new ServiceError('UnsupportedOperation', { reason }, { Parameter })

/** Throws for what no external key can be. `strict`: no extensions, and so no external key ID. */
export function externalMaterial(input: Input<'CreateKey'>, strict: boolean): Material {
  if (strict) throw unsupported('No published parameter names an external key.')
  if (input.Origin === 'EXTERNAL') throw unsupported('Key material cannot be imported into an external key.')
  if (input.EnableAutomaticRotation)
    throw unsupported('The key manager rotates an external key, not KMS.', 'EnableAutomaticRotation')
  if (input.KeyStorageMechanism !== undefined)
    throw unsupported('Only keys of hardware instances have a storage mechanism.', 'KeyStorageMechanism')
  const [spec] = specs
  if ((input.KeySpec ?? spec) !== spec) throw invalidParameter('KeySpec', { code: 'notOneOf', allowed: specs })
  if ((input.KeyUsage ?? usage) !== usage) throw invalidParameter('KeyUsage', { code: 'notOneOf', allowed: [usage] })
  if (input.ExternalKeyId === undefined) throw invalidParameter('ExternalKeyId', null)
  return {
    externalKeyId: input.ExternalKeyId,
    spec,
    usage,
    origin: 'Aliyun_KMS',
    protectionLevel: 'SOFTWARE',
    storage: null,
    rotation: null,
  }
}

/** Why KMS cannot work with an external key, as the proxy describes it (XKS Proxy API 1.0.3, GetKeyMetadata); null: it can. */
export function unfitness(key: ExternalKeyMetadata | null): string | null {
  if (key === null) return 'The key manager has no such key.'
  if (key.status !== 'ENABLED') return `The key manager reports its status as ${key.status}.`
  if (key.spec !== 'AES_256') return `Its spec is ${key.spec}, not AES_256.`
  const lacking = ['ENCRYPT', 'DECRYPT'].filter((needed) => !key.usages.includes(needed))
  return lacking.length > 0 ? `It may not be used to ${lacking.join(' and ')}.` : null
}

/** Asks the proxy. Throws InvalidParameter for a key that KMS cannot work with, Rejected.Unavailable where the proxy does not tell. */
export async function assertUsable(ctx: Context, instance: InstanceRow, externalKeyId: string | null): Promise<void> {
  if (externalKeyId === null) return
  const asking = { principalArn: ctx.caller.arn, operation: 'CreateKey', requestId: ctx.requestId }
  const { key } = await ctx.xki.metadata(instance, externalKeyId, asking, ctx.span).catch((error: unknown) => {
    throw refusalOf(error)
  })
  const reason = unfitness(key)
  if (reason !== null)
    throw new ServiceError('InvalidParameter', { name: 'ExternalKeyId', reason }, { Parameter: 'ExternalKeyId' })
}
