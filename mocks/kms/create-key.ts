/** CreateKey on an external instance: KMS asks the proxy about the external key, then makes a key that holds metadata only. */
import type { Input } from '#src/api/contract/actions.ts'
import { defaultPolicy, parsePolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import { instanceCapabilities } from '#src/api/contract/states.ts'
import type { Context, Rule } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { ExternalKeyMetadata } from '#mocks/xki/port.ts'
import { findInstance } from './find.ts'
import { putKey } from './grants.ts'
import { drawKeyId } from './ids.ts'
import { keyUnits } from './key-versions.ts'
import { metadataOf } from './metadata.ts'
import { refusalOf } from './unavailable.ts'

const capabilities = instanceCapabilities.External
const spec = capabilities.specs[0]
const usage = 'ENCRYPT/DECRYPT'

const unsupported = (reason: string): ServiceError => new ServiceError('UnsupportedOperation', { reason })

/** Throws for what this build does not make, and for what no external key can be. Returns the external key's ID. */
function checkWanted(input: Input<'CreateKey'>, { type }: InstanceRow, strict: boolean): string {
  if (type !== 'External') throw unsupported(`Keys of the type ${type} are not made here.`)
  if (strict) throw unsupported('No published parameter names an external key.')
  if (input.Origin === 'EXTERNAL') throw unsupported('Key material cannot be imported into an external key.')
  if ((input.KeySpec ?? spec) !== spec)
    throw invalidParameter('KeySpec', { code: 'notOneOf', allowed: capabilities.specs })
  if ((input.KeyUsage ?? usage) !== usage) throw invalidParameter('KeyUsage', { code: 'notOneOf', allowed: [usage] })
  if (input.ExternalKeyId === undefined) throw invalidParameter('ExternalKeyId', null)
  return input.ExternalKeyId
}

function assertConnected(instance: InstanceRow | undefined): asserts instance {
  if (instance?.status !== 'Connected') throw new ServiceError('Forbidden.DKMSInstanceStateInvalid')
}

/** Why KMS cannot work with an external key, as the proxy describes it (XKS Proxy API 1.0.3, GetKeyMetadata); null: it can. */
export function unfitness(key: ExternalKeyMetadata | null): string | null {
  if (key === null) return 'The key manager has no such key.'
  if (key.status !== 'ENABLED') return `The key manager reports its status as ${key.status}.`
  if (key.spec !== 'AES_256') return `Its spec is ${key.spec}, not AES_256.`
  const lacking = ['ENCRYPT', 'DECRYPT'].filter((needed) => !key.usages.includes(needed))
  return lacking.length > 0 ? `It may not be used to ${lacking.join(' and ')}.` : null
}

async function assertUsable(ctx: Context, instance: InstanceRow, externalKeyId: string): Promise<void> {
  const asking = { principalArn: ctx.caller.arn, operation: 'CreateKey', requestId: ctx.requestId }
  const { key } = await ctx.xki.metadata(instance, externalKeyId, asking, ctx.span).catch((error: unknown) => {
    throw refusalOf(error)
  })
  const reason = unfitness(key)
  if (reason !== null)
    throw new ServiceError('InvalidParameter', { name: 'ExternalKeyId', reason }, { Parameter: 'ExternalKeyId' })
}

/** Manage external keys, Default policy: the owner's key is the owner's alone, a receiver's key belongs to both. */
const defaultAccounts = (instance: InstanceRow, creator: string): readonly string[] =>
  instance.accountId === creator ? [creator] : [instance.accountId, creator]

function policyFor(text: string | undefined, instance: InstanceRow, creator: string): KeyPolicy {
  if (text === undefined) return defaultPolicy(defaultAccounts(instance, creator))
  const policy = parsePolicy(text)
  if (isProblem(policy)) throw invalidParameter('Policy', policy)
  return policy
}

/** KMS API 2016-01-20, CreateKey. Whatever refuses it, nothing is written. */
export const createKey: Rule<'CreateKey'> = async (ctx, input) => {
  if (input.DKMSInstanceId === undefined) throw unsupported('Default keys are not made here.')
  const found = findInstance(ctx, input.DKMSInstanceId)
  const externalKeyId = checkWanted(input, found, ctx.strict)
  const accountId = ctx.caller.accountId
  const policy = policyFor(input.Policy, found, accountId)
  assertConnected(found)
  await assertUsable(ctx, found, externalKeyId)

  const key = ctx.db.write((tx) => {
    const instance = tx.instances.get(found.instanceId)
    assertConnected(instance)
    if (keyUnits(tx, instance) >= instance.keyQuota) throw new ServiceError('Rejected.LimitExceeded')
    const row: KeyRow = {
      keyId: drawKeyId(tx, ctx.region, ctx.now),
      accountId,
      region: ctx.region,
      instanceId: instance.instanceId,
      externalKeyId,
      creatorType: 'User',
      spec,
      usage,
      state: 'Enabled',
      origin: 'Aliyun_KMS',
      protectionLevel: 'SOFTWARE',
      description: input.Description ?? '',
      createdAt: ctx.now,
      deleteAt: null,
      deletionScheduledAt: null,
      deletionProtection: false,
      deletionProtectionDescription: '',
      tags: input.Tags ?? [],
      policy,
      storage: null,
      primaryVersionId: null,
      rotatedAt: null,
      rotation: null,
    }
    putKey(tx, instance, row, ctx.now)
    return row
  })
  return { KeyMetadata: metadataOf(key, ctx.strict) }
}
