/** CreateKey: what all kinds of keys have in common. What each kind asks of the input stands in a file of its own. */
import type { Input } from '#src/api/contract/actions.ts'
import { defaultPolicy, parsePolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { isProblem } from '#src/api/contract/rules.ts'
import type { Context, Rule } from '#mocks/kms/context.ts'
import { invalidParameter, limitExceeded, ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'
import { assertUsable, externalMaterial } from './create-external.ts'
import { ownMaterial } from './create-own.ts'
import { findInstance } from './find.ts'
import { putKey } from './grants.ts'
import { drawKeyId, drawUuid } from './ids.ts'
import { addVersion, assertKeyQuota } from './key-versions.ts'
import { metadataOf } from './metadata.ts'
import { newKey } from './new-key.ts'
import { assertNotOwnersAccount } from './ownership.ts'
import { defaultAccounts } from './sharing.ts'
import { seesInstance } from './visible.ts'

/** KMS API 2016-01-20, CreateKey. Whatever refuses it, nothing is written. */
export const createKey: Rule<'CreateKey'> = async (ctx, input) => {
  const { DKMSInstanceId } = input
  const key = DKMSInstanceId === undefined ? makeDefaultKey(ctx, input) : await makeKeyOn(DKMSInstanceId, ctx, input)
  return { KeyMetadata: metadataOf(key, ctx.strict) }
}

async function makeKeyOn(instanceId: string, ctx: Context, input: Input<'CreateKey'>): Promise<KeyRow> {
  const found = findInstance(ctx, instanceId)
  const material = found.type === 'External' ? externalMaterial(input, ctx.strict) : ownMaterial(found.type, input)
  policyFor(input.Policy, found, ctx.caller.accountId)
  assertConnected(found)
  await assertUsable(ctx, found, material.externalKeyId)
  return ctx.db.write((tx) => {
    const instance = tx.instances.get(instanceId)
    assertConnected(instance)
    // While the proxy was asked, sharing may have ended, or changed its mode.
    if (!seesInstance({ ...ctx, tables: tx }, instance)) throw new ServiceError('Forbidden.DKMSInstanceNotFound')
    assertKeyQuota(tx, instance)
    const row: KeyRow = {
      ...newKey(ctx, input, material),
      keyId: drawKeyId(tx, ctx.region, ctx.now),
      instanceId,
      policy: policyFor(input.Policy, instance, ctx.caller.accountId),
    }
    putKey(tx, instance, row, ctx.now)
    return withFirstVersion(tx, row, ctx.now)
  })
}

/** KMS user guide, Manage a key: one default key per region. It belongs to the account alone and has no key policy. */
function makeDefaultKey(ctx: Context, input: Input<'CreateKey'>): KeyRow {
  const material = ownMaterial('Default', input)
  if (input.Policy !== undefined) throw new ServiceError('Forbidden.KeyPolicyUnSupported')
  return ctx.db.write((tx) => {
    if ([...tx.keys.values()].some((key) => isDefaultKeyOf(ctx, key))) throw limitExceeded('DefaultKey')
    const row: KeyRow = { ...newKey(ctx, input, material), keyId: drawUuid(tx), instanceId: null, policy: null }
    tx.keys.put(row)
    return withFirstVersion(tx, row, ctx.now)
  })
}

/** One that waits for its deletion still counts: until its day it can be had back. */
const isDefaultKeyOf = ({ region, caller }: Context, key: KeyRow): boolean =>
  key.instanceId === null && key.creatorType === 'User' && key.region === region && key.accountId === caller.accountId

/** The versions of an external key are the key manager's. */
const withFirstVersion = (tx: WriteTransaction<CloudTables>, key: KeyRow, at: number): KeyRow =>
  key.externalKeyId === null ? addVersion(tx, key, at).key : key

function assertConnected(instance: InstanceRow | undefined): asserts instance {
  if (instance?.status !== 'Connected') throw new ServiceError('Forbidden.DKMSInstanceStateInvalid')
}

function policyFor(text: string | undefined, instance: InstanceRow, creator: string): KeyPolicy {
  if (text === undefined) return defaultPolicy(defaultAccounts(instance, creator))
  const policy = parsePolicy(text)
  if (isProblem(policy)) throw invalidParameter('Policy', policy)
  assertNotOwnersAccount(policy, instance, creator)
  return policy
}
