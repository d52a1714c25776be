/** Seeded requests that are almost right, and what must hold for every answer. */
import { actions, isActionName, type ActionName } from '#src/api/contract/actions.ts'
import { keyArn } from '#src/api/contract/arn.ts'
import { markHeader } from '#src/api/contract/backend.ts'
import { sharePermissions, sharedResourceType } from '#src/api/contract/sharing.ts'
import { errors, type ErrorCode } from '#src/api/contract/errors.ts'
import { Misfit } from '#src/api/contract/shapes.ts'
import type { Dump } from '#mocks/cloud.ts'
import type { KeyRow, PrincipalRow } from '#mocks/store/rows.ts'
import { testCloud, type TestCloud } from './client.ts'
import { keptByRefusals } from './refusal.ts'
import { testRuntime } from './runtime.ts'
import type { Signed } from './sign.ts'
import { wrappingParameters } from './wrapping.ts'

interface Dice {
  /** A whole number from 0 to `below` - 1. */
  readonly number: (below: number) => number
  readonly chance: (percent: number) => boolean
  readonly pick: <T>(items: readonly T[]) => T
}

function dice(seed: number): Dice {
  const { randomBytes } = testRuntime(seed)
  const number = (below: number): number => {
    const [a, b, c] = randomBytes(3)
    return ((a! << 16) | (b! << 8) | c!) % below
  }
  return { number, chance: (percent) => number(100) < percent, pick: (items) => items[number(items.length)]! }
}

const oddValues = [
  '',
  ' ',
  '0',
  '-1',
  '1',
  '100',
  '99999999999999999999',
  'true',
  'null',
  '{}',
  '[]',
  '[[[[]]]]',
  '{"a":"b"}',
  '{"__proto__":{"a":1}}',
  '[{"Key":"keyId","Values":["x"]}]',
  '[{"TagKey":"a","TagValue":"b"}]',
  '{"Version":"1","Statement":[{"Effect":"Allow","Principal":{"RAM":["acs:ram::1203456789012345:*"]},"Action":["kms:*"],"Resource":["*"]}]}',
  '{"Version":"1","Statement":[{}]}',
  'aGVsbG8=',
  'aGVsbG8',
  '\u0000',
  '\ufeff',
  '密钥😀',
  '../../etc',
  'constructor',
  '__proto__',
  'alias/new',
  'alias/',
  'acs:kms:cn-hangzhou:1203456789012345:key/x',
  'x'.repeat(300),
  'A'.repeat(8200),
] as const
const oddNames = [
  'Action',
  'Version',
  'Format',
  'RegionId',
  'Colour',
  '__proto__',
  'constructor',
  'a.b.c',
  'Tag.1.Key',
  '',
]
const regions = ['cn-hangzhou', 'cn-hangzhou', 'cn-hangzhou', 'cn-shanghai', 'ap-southeast-1']

/** What parameters are mostly given: texts that mean something in this world, so that requests get far. */
type Likely = Readonly<Record<string, readonly string[]>>

function likelyIn({ cloud, vault }: Dump, blobs: readonly string[]): Likely {
  const column = (rows: readonly unknown[] = [], name: string): readonly string[] =>
    rows.map((row) => (row as Readonly<Record<string, unknown>>)[name]).filter((text) => typeof text === 'string')
  const keyIds = column(cloud.keys, 'keyId')
  const aliases = column(cloud.aliases, 'aliasName')
  const arns = (cloud.keys as readonly KeyRow[]).map((row) => keyArn(row.region, row.accountId, row.keyId))
  const instanceIds = column(cloud.instances, 'instanceId')
  const policies = (cloud.keys as readonly KeyRow[]).map(({ policy }) => JSON.stringify(policy))
  const principals = (cloud.principals ?? []) as readonly PrincipalRow[]
  const namesOf = (kind: PrincipalRow['kind']) => principals.filter((row) => row.kind === kind).map(({ name }) => name)
  const roleArns = principals.flatMap(({ arn, role }) => (role ? [arn] : []))
  return {
    KeyId: [...keyIds, ...keyIds, ...arns, ...aliases],
    ResourceId: keyIds,
    AliasName: [...aliases, 'alias/new', 'alias/other'],
    KmsInstanceId: instanceIds,
    DKMSInstanceId: instanceIds,
    ExternalKeyId: column(vault.externalKeys, 'id'),
    CiphertextBlob: blobs,
    Plaintext: ['aGVsbG8=', 'eA=='],
    EncryptionContext: ['{"a":"b"}', '{}'],
    Policy: policies,
    Tags: ['[{"TagKey":"a","TagValue":"b"}]', '[]'],
    Filters: ['[{"Key":"KeyState","Values":["Enabled","Disabled"]}]', '[{"Key":"TagKey","Values":["env"]}]'],
    RegionId: regions,
    ResourceType: ['key'],
    KeySpec: ['AES_256', 'Aliyun_AES_256'],
    ResourceShareId: column(cloud.resourceShares, 'shareId'),
    ResourceShareIds: column(cloud.resourceShares, 'shareId'),
    ResourceShareName: ['orders', '订单-1'],
    // Both parts of a resource are drawn from here.
    Resources: [...instanceIds, sharedResourceType],
    ResourceIds: instanceIds,
    Targets: column(cloud.accounts, 'accountId'),
    ResourceOwner: ['Self', 'OtherAccounts'],
    AssociationType: ['Target', 'Resource'],
    PermissionNames: sharePermissions,
    Ownership: ['Joint', 'Independent'],
    PolicyName: ['default', ...column(cloud.ramPolicies, 'name')],
    PendingWindowInDays: ['7', '30', '366'],
    ProtectedResourceArn: arns,
    EnableDeletionProtection: ['true', 'false'],
    Description: ['orders', ''],
    DestinationKeyId: [...keyIds, ...aliases],
    TagKeys: ['["a"]', '["env","a"]'],
    TagKey: ['a', 'env'],
    Tag: ['a', 'env'],
    All: ['true', 'false'],
    KeyVersionId: column(cloud.keyVersions, 'versionId'),
    EnableAutomaticRotation: ['true', 'false'],
    RotationInterval: ['7d', '365d'],
    UserName: namesOf('user'),
    RoleName: namesOf('role'),
    GroupName: column(cloud.groups, 'name'),
    RoleArn: roleArns,
    RoleSessionName: ['night-shift', 'x'],
    DurationSeconds: ['900', '3600', '3601'],
    MaxSessionDuration: ['3600', '43200'],
    PolicyType: ['System', 'Custom'],
    VersionId: ['v1', 'v2'],
    SetAsDefault: ['true', 'false'],
    UserAccessKeyId: column(cloud.accessKeys, 'accessKeyId'),
    PolicyDocument: ['{"Version":"1","Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}'],
    AssumeRolePolicyDocument: principals.flatMap(({ role }) => (role ? [JSON.stringify(role.trust)] : [])),
    DryRun: ['false', 'false', 'false', 'true'],
    ...Object.fromEntries(Object.entries(wrappingParameters).map(([name, text]) => [name, [text]])),
  }
}

function mutate(text: string, { number, pick, chance }: Dice): string {
  if (chance(92)) return text
  const at = number(text.length + 1)
  return pick([
    () => text.slice(0, at),
    () => text.slice(0, at) + pick(oddValues) + text.slice(at),
    () => text + text,
    () => text.toUpperCase(),
    () => text.slice(0, at) + String.fromCharCode(number(0xd800)) + text.slice(at + 1),
  ])()
}

interface Shot {
  readonly action: string
  readonly signed: Signed
}

async function draw(at: TestCloud, likely: Likely, roll: Dice): Promise<Shot> {
  const { chance, pick, number } = roll
  const name = pick(Object.keys(actions).filter(isActionName))
  // Most requests are wrong somewhere and are refused early; careful ones get to the end.
  const isCareful = chance(30)
  const value = (parameter: string): string => {
    const texts = likely[parameter] ?? []
    if (isCareful && texts.length > 0) return pick(texts)
    return texts.length > 0 && chance(85) ? mutate(pick(texts), roll) : pick(oddValues)
  }
  const parameters = new Map<string, string>()
  for (const [parameter, { style, parts, required: isRequired }] of Object.entries(actions[name].params)) {
    if (isCareful && !isRequired && !Object.hasOwn(likely, parameter)) continue
    if (chance(!isRequired ? 50 : isCareful ? 0 : 4)) continue
    if (style !== 'list') parameters.set(parameter, value(parameter))
    else
      for (let index = 1; index <= number(4); index++)
        for (const part of parts.length > 0 ? parts : [''])
          parameters.set(`${parameter}.${index}${part && `.${part}`}`, value(parameter))
  }
  const identities = await at.cloud.identities()
  const ask = (action: string, as: string, region: string): Promise<Signed> =>
    at.signed(actions[name].product, action, parameters, { as, region })
  if (isCareful) return { action: name, signed: await ask(name, identities[0]!.accessKeyId, regions[0]!) }
  if (chance(5)) parameters.set(pick(oddNames), pick(oddValues))
  const action = chance(3) ? mutate(name, roll).replace(/[^\x21-\x7e]/g, '?') || 'x' : name
  const signed = await ask(action, pick(identities).accessKeyId, pick(regions))
  return { action: name, signed: chance(12) ? spoil(signed, roll) : signed }
}

function spoil(signed: Signed, roll: Dice): Signed {
  const name = roll.pick(Object.keys(signed.headers))
  const { [name]: header = '', ...others } = signed.headers
  return roll.pick<() => Signed>([
    () => ({ ...signed, headers: others }),
    () => ({ ...signed, headers: { ...others, [name]: mutate(header, roll).replace(/[^\x20-\x7e]/g, '?') } }),
    () => ({ ...signed, body: mutate(signed.body, roll) }),
    () => ({ ...signed, url: `${signed.url}?${mutate(signed.body, roll)}` }),
    () => ({ ...signed, method: roll.pick(['GET', 'PUT', 'DELETE']) }),
    () => ({
      ...signed,
      url: signed.url.replace(/[a-z-]+\/$/, roll.pick(['global/', 'atlantis/', '', 'cn-beijing/'])),
    }),
  ])()
}

const rowsOf = (dump: Dump): readonly unknown[] => Object.values(keptByRefusals(dump)).flatMap(Object.values).flat()

/** Rows are never changed in place, so the same rows are the same state. */
const sameRows = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((row, index) => row === b[index])

export interface Fuzzed {
  readonly codes: ReadonlyMap<string, number>
  readonly carriedOut: ReadonlySet<string>
}

/**
 * Sends `count` requests to a fresh default cloud. Every answer must be the contract's: an output that it describes, or a known code
 * with its status and nothing written. No answer is 500, and nothing is reported. Returns how often each code came, and which actions were
 * carried out.
 */
export async function fuzz(seed: number, count: number): Promise<Fuzzed> {
  const at = await testCloud({ seed })
  const roll = dice(seed)
  const codes = new Map<string, number>()
  const carriedOut = new Set<string>()
  const blobs: string[] = []
  let likely = likelyIn(at.cloud.dump(), blobs)
  for (let shot = 0; shot < count; shot++) {
    if (shot % 200 === 199) likely = likelyIn(at.cloud.dump(), blobs)
    const { action, signed } = await draw(at, likely, roll)
    // What the last request made due at once, a rotation, is not this one's doing.
    await at.cloud.lab.advanceClock(0)
    const before = rowsOf(at.cloud.dump())
    const { status, headers, body } = await at.send(signed)
    const fail = (what: string): never => {
      throw new Error(`seed ${seed}, shot ${shot}, ${action}: ${what}\n${JSON.stringify({ signed, status, body })}`)
    }
    if (at.defects.length > 0) fail(`a defect: ${String(at.defects[0])}`)
    if (!headers.has(markHeader)) fail('no mark')
    if (status === 200) {
      if (actions[action as ActionName].output.read(body) instanceof Misfit) fail("not the contract's output")
      carriedOut.add(action)
      if (typeof body.CiphertextBlob === 'string') blobs.push(body.CiphertextBlob)
    } else {
      const code = body.Code as ErrorCode
      if (code === 'InternalFailure' || errors[code]?.status !== status) fail('not a refusal of the contract')
      if (!sameRows(before, rowsOf(at.cloud.dump()))) fail('a refusal that wrote something')
    }
    const outcome = status === 200 ? 'success' : String(body.Code)
    codes.set(outcome, (codes.get(outcome) ?? 0) + 1)
  }
  return { codes, carriedOut }
}
