/** What an explanation says against what the gateway then does, and what its proposed change makes of it. */
import fc from 'fast-check'
import { keyPermissions } from '#src/api/contract/access.ts'
import { actions, type ActionName, type Input } from '#src/api/contract/actions.ts'
import { keyArn } from '#src/api/contract/arn.ts'
import type { AccessEdit, AccessExplanation } from '#src/api/contract/explanations.ts'
import { parseRamPolicy } from '#mocks/ram/parse.ts'
import type { World } from '#mocks/scenarios/world.ts'
import type { RamPolicy } from '#mocks/store/rows.ts'
import {
  accessKeyIds,
  accessWorld,
  accountOfAsker,
  arnOfAsker,
  askers,
  type AccessKey,
  type Asker,
  type DrawnAccess,
} from './access-world.ts'
import { session as sessionOf, testCloud, type CallOptions, type TestCloud, type TestSession } from './client.ts'
import { account, otherAccount, region, smallWorld } from './small-world.ts'
import { wrappingParameters } from './wrapping.ts'

export interface Tuple {
  readonly asker: Asker
  readonly key: AccessKey
  readonly permission: string
}

const ownerOf = (key: AccessKey): string => (key === 'foreign' || key === 'shared' ? otherAccount : account)
const ownerAsker = (key: AccessKey): Asker => (ownerOf(key) === account ? 'owner' : 'stranger')
const arnOfKey = (key: AccessKey): string => keyArn(region, ownerOf(key), accessKeyIds[key])

/** Actions that take a key by its ARN, the only way to one that the caller's account does not see. */
const byArn: ReadonlySet<ActionName> = new Set([
  'DescribeKey',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateAndExportDataKey',
  'GetKeyPolicy',
  'SetKeyPolicy',
  'ListAliasesByKeyId',
])
const byCiphertext: ReadonlySet<ActionName> = new Set(['Decrypt', 'ExportDataKey'])

/** Whose keys an account names by their ID: its own, and those on an instance that it shares jointly. */
const sees = (asker: Asker, key: AccessKey): boolean =>
  accountOfAsker(asker) === account || ownerOf(key) === otherAccount

/** Not asked: actions about two keys at once or about nothing but an alias, and published ones that this build does not know. */
const asked = keyPermissions.filter((permission) => {
  const name = permission.slice('kms:'.length)
  return Object.hasOwn(actions, name) && !['UpdateAlias', 'DeleteAlias'].includes(name)
})

/** What this build never does is asked too, but less often: it ends with the key's kind. */
const usual = asked.filter((permission) => !('absent' in actions[permission.slice('kms:'.length) as ActionName]))

export const tuples: fc.Arbitrary<Tuple> = fc
  .record({
    asker: fc.constantFrom(...askers),
    key: fc.constantFrom(...(Object.keys(accessKeyIds) as AccessKey[])),
    permission: fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...usual) },
      { weight: 1, arbitrary: fc.constantFrom(...asked) },
    ),
  })
  .filter(({ asker, key, permission }) => {
    const name = permission.slice('kms:'.length) as ActionName
    return sees(asker, key) || byArn.has(name) || byCiphertext.has(name)
  })

/** What nobody is refused with who may, and whose key can. */
const obstacleCodes: ReadonlySet<string> = new Set([
  'Rejected.Disabled',
  'Rejected.PendingDeletion',
  'Rejected.StateModifiedFailed',
  'Rejected.UnsupportedOperation',
  'Rejected.Unavailable',
  'UnsupportedOperation',
  'Unsupported.Origin',
  'Forbidden.KeyPolicyUnSupported',
])

export interface Tally {
  readonly tuples: number
  readonly allowed: number
  readonly denied: number
  readonly obstructed: number
  readonly flipped: number
  readonly unchangeable: number
}

/** Made once: keys and ciphertexts are the same in every world. */
export interface Ground {
  readonly base: World
  readonly blobs: Readonly<Partial<Record<AccessKey, string>>>
}

export async function ground(): Promise<Ground> {
  const base = await smallWorld()
  const enabled = { enabled: 'Enabled', disabled: 'Enabled', foreign: 'Enabled', shared: 'Enabled' } as const
  const drawn: DrawnAccess = {
    keyPolicies: Object.fromEntries(
      (Object.keys(accessKeyIds) as AccessKey[]).map((key) => [
        key,
        {
          Version: '1',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { RAM: [`acs:ram::${ownerOf(key)}:*`] },
              Action: ['kms:*'],
              Resource: ['*'],
            },
          ],
        },
      ]),
    ) as unknown as DrawnAccess['keyPolicies'],
    states: { ...enabled, default: 'Enabled' },
    documents: [],
    attached: { admin: [], reader: [], nobody: [], helper: [], guest: [], team: [] },
    circumstances: { now: 0, sourceIp: '127.0.0.1', secureTransport: true },
  }
  const cloud = await testCloud({ world: await accessWorld(drawn, base) })
  await cloud.ok('CancelKeyDeletion', { KeyId: accessKeyIds.pendingDeletion })
  const blobs: Partial<Record<AccessKey, string>> = {}
  for (const key of Object.keys(accessKeyIds) as AccessKey[]) {
    // The default key's material is made anew in every cloud.
    if (key === 'default') continue
    const { CiphertextBlob } = await cloud.ok(
      'Encrypt',
      { KeyId: arnOfKey(key), Plaintext: 'aGk=' },
      { as: ownerAsker(key) },
    )
    blobs[key] = CiphertextBlob
  }
  return { base, blobs }
}

class Disagreement extends Error {
  constructor(tuple: Tuple, about: string, explanation: AccessExplanation) {
    super(`${JSON.stringify(tuple)}: ${about}\n${JSON.stringify(explanation, null, 1)}`)
  }
}

/** Throws where an explanation and the gateway disagree, or a proposed change does not turn the answer. */
export async function agreement(drawn: DrawnAccess, asking: readonly Tuple[], { base, blobs }: Ground): Promise<Tally> {
  let cloud: TestCloud
  let session: TestSession | undefined
  async function begin(): Promise<void> {
    cloud = await testCloud({ world: await accessWorld(drawn, base) })
    session = undefined
  }
  await begin()
  const { sourceIp, secureTransport } = drawn.circumstances
  const tally = { tuples: 0, allowed: 0, denied: 0, obstructed: 0, flipped: 0, unchangeable: 0 }
  let serial = 0

  async function as(asker: Asker): Promise<CallOptions> {
    const origin = { sourceIp, secureTransport }
    if (asker !== 'helper') return { as: asker, origin }
    session ??= await assume(cloud)
    return { session, origin }
  }

  const explain = async ({ asker, key, permission }: Tuple): Promise<AccessExplanation> =>
    cloud.ok(
      'ExplainAccess',
      { PrincipalArn: arnOfAsker[asker], Permission: permission, KeyId: arnOfKey(key), AliasName: 'alias/other' },
      await as(asker),
    )

  async function attempt({ asker, key, permission }: Tuple): Promise<string | null> {
    const name = permission.slice('kms:'.length) as ActionName
    const KeyId = byArn.has(name) ? arnOfKey(key) : accessKeyIds[key]
    const input = { KeyId, ...moreInput(name, key) }
    const { body } = await cloud.call(name, input as unknown as Input<typeof name>, await as(asker))
    const code = body.Code ?? null
    return code
  }

  function moreInput(name: ActionName, key: AccessKey): object {
    const inputs: Partial<Record<ActionName, object>> = {
      Encrypt: { Plaintext: 'aGk=' },
      GenerateAndExportDataKey: wrappingParameters,
      ExportDataKey: { CiphertextBlob: blobs[key], ...wrappingParameters },
      Decrypt: { CiphertextBlob: blobs[key] },
      SetKeyPolicy: { Policy: policyText(key) },
      ScheduleKeyDeletion: { PendingWindowInDays: 30 },
      SetDeletionProtection: { EnableDeletionProtection: false },
      UpdateKeyDescription: { Description: 'x' },
      CreateAlias: { AliasName: 'alias/other' },
      TagResource: { Tags: [{ TagKey: 'other', TagValue: 'x' }] },
      UntagResource: { TagKeys: ['other'] },
      TagResources: {
        RegionId: region,
        ResourceType: 'key',
        ResourceId: [accessKeyIds[key]],
        Tag: [{ Key: 'other', Value: 'x' }],
      },
      UntagResources: { RegionId: region, ResourceType: 'key', ResourceId: [accessKeyIds[key]], TagKey: ['other'] },
      ListTagResources: { RegionId: region, ResourceType: 'key', ResourceId: [accessKeyIds[key]] },
      DescribeKeyVersion: { KeyVersionId: `${accessKeyIds[key]}-1` },
      UpdateRotationPolicy: { EnableAutomaticRotation: false },
    }
    return inputs[name] ?? {}
  }

  const policyText = (key: AccessKey): string =>
    JSON.stringify(key === 'default' ? drawn.keyPolicies.enabled : drawn.keyPolicies[key])

  /** Makes the edits as those who own what is edited. */
  async function apply({ asker, key }: Tuple, { Edits, KeyPolicy }: NonNullable<AccessExplanation['Change']>) {
    const keyOwner = await as(ownerAsker(key))
    const ofState = Edits.filter(({ Kind }) => Kind === 'EnableKey' || Kind === 'CancelKeyDeletion')
    for (const edit of ofState) await applyEdit(edit, asker, key, keyOwner)
    if (KeyPolicy !== '') await cloud.ok('SetKeyPolicy', { KeyId: arnOfKey(key), Policy: KeyPolicy }, keyOwner)
    for (const edit of Edits) if (!ofState.includes(edit)) await applyEdit(edit, asker, key, keyOwner)
  }

  async function applyEdit(edit: AccessEdit, asker: Asker, key: AccessKey, keyOwner: CallOptions): Promise<void> {
    const ramOwner: CallOptions = { as: edit.AccountId === account ? 'owner' : 'stranger' }
    const Name = arnOfAsker[asker].split('/')[1] ?? ''
    switch (edit.Kind) {
      case 'EnableKey':
        return void (await cloud.ok('EnableKey', { KeyId: accessKeyIds[key] }, keyOwner))
      case 'CancelKeyDeletion':
        return void (await cloud.ok('CancelKeyDeletion', { KeyId: accessKeyIds[key] }, keyOwner))
      case 'AddRamPolicy': {
        const PolicyName = `Proposed${++serial}`
        await cloud.ok('CreatePolicy', { PolicyName, PolicyDocument: edit.Document }, ramOwner)
        const attach = { PolicyName, PolicyType: 'Custom' } as const
        if (asker === 'helper') await cloud.ok('AttachPolicyToRole', { ...attach, RoleName: Name }, ramOwner)
        else await cloud.ok('AttachPolicyToUser', { ...attach, UserName: Name }, ramOwner)
        return
      }
      case 'RemoveRamStatement': {
        const { PolicyName, Index } = edit
        const { DefaultPolicyVersion } = await cloud.ok('GetPolicy', { PolicyName, PolicyType: 'Custom' }, ramOwner)
        const { Statement } = parseRamPolicy(DefaultPolicyVersion.PolicyDocument) as RamPolicy
        const rest = Statement.filter((_, index) => index !== Index)
        // A policy is never empty: one that allows what no test asks says nothing.
        const silent = [{ Effect: 'Allow', Action: ['kms:OpenKmsService'], Resource: ['*'] }]
        const PolicyDocument = JSON.stringify({ Version: '1', Statement: rest.length > 0 ? rest : silent })
        await cloud.ok('CreatePolicyVersion', { PolicyName, PolicyDocument, SetAsDefault: true }, ramOwner)
        return
      }
      default:
        return
    }
  }

  function check(tuple: Tuple, explanation: AccessExplanation, code: string | null, when: string): void {
    const { Verdict, Obstacle } = explanation
    const expected = Verdict === 'Allow' ? (Obstacle?.ErrorCode ?? null) : 'Forbidden.NoPermission'
    const agrees =
      expected === null
        ? code === null || (code !== 'Forbidden.NoPermission' && !obstacleCodes.has(code))
        : code === expected
    if (!agrees) throw new Disagreement(tuple, `${when} KMS answers ${code ?? 'success'}`, explanation)
  }

  for (const tuple of asking) {
    if (byCiphertext.has(tuple.permission.slice(4) as ActionName) && blobs[tuple.key] === undefined) continue
    const explanation = await explain(tuple)
    tally.tuples++
    tally[explanation.Verdict !== 'Allow' ? 'denied' : explanation.Obstacle ? 'obstructed' : 'allowed']++
    const code = await attempt(tuple)
    check(tuple, explanation, code, 'before')
    if (code === null && actions[tuple.permission.slice(4) as ActionName].kind === 'write') await begin()
    if (explanation.Change === null) {
      tally.unchangeable++
      if (explanation.NoChange === null) throw new Disagreement(tuple, 'no change and no reason', explanation)
      continue
    }
    await apply(tuple, explanation.Change)
    const after = await explain(tuple)
    check(tuple, after, await attempt(tuple), 'after the change')
    const wasAllowed = explanation.Verdict === 'Allow'
    const turned =
      wasAllowed && explanation.Obstacle?.Reason === 'State'
        ? after.Verdict === 'Allow' && after.Obstacle?.Reason !== 'State'
        : (after.Verdict === 'Allow') !== wasAllowed
    if (!turned) throw new Disagreement(tuple, `the change does not turn it: ${after.Verdict}`, explanation)
    tally.flipped++
    await begin()
  }
  return tally
}

async function assume(cloud: TestCloud): Promise<TestSession> {
  const { Credentials } = await cloud.ok(
    'AssumeRole',
    { RoleArn: arnOfAsker.helper, RoleSessionName: 'agreement' },
    { as: 'assumer' },
  )
  return sessionOf(Credentials)
}
