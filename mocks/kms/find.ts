/**
 * The one way from an input to the rows that it names, and to the resources that its permission is asked for
 * (KMS user guide, Use RAM to control access to resources). Everything is bound to the endpoint's region.
 */
import type { Subject } from '#src/api/contract/action.ts'
import { actions, type ActionName, type Actions, type Input } from '#src/api/contract/actions.ts'
import {
  aliasArn,
  allAliasesArn,
  allKeysArn,
  instanceArn,
  parseKeyArn,
  resourceShareArn,
  roleArn,
  userArn,
} from '#src/api/contract/arn.ts'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import type { PolicyType } from '#src/api/contract/ram-policies.ts'
import { aliasPrefix } from '#src/api/contract/rules.ts'
import type { FoundBySubject, Resource } from '#mocks/kms/context.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { AliasRow, InstanceRow, KeyRow } from '#mocks/store/rows.ts'
import { decodeBlob } from './blob.ts'
import { keyResource, seesInstance, seesKey, visibleKeys, type Here } from './visible.ts'

export interface Finding<S extends Subject> {
  readonly found: FoundBySubject[S]
  /** All of them must be allowed. */
  readonly resources: readonly Resource[]
}

/** What the inputs of a subject's actions have in common. */
interface InputBySubject {
  key: { readonly KeyId: string }
  ciphertext: { readonly CiphertextBlob: string }
  aliasAndKey: { readonly KeyId: string; readonly AliasName: string }
  alias: { readonly AliasName: string }
  reEncrypt: { readonly CiphertextBlob: string; readonly DestinationKeyId: string }
  protected: {
    readonly KeyId?: string | undefined
    readonly ProtectedResourceArn?: string | undefined
    readonly KmsInstanceId?: string | undefined
  }
  instance: { readonly KmsInstanceId: string }
  resourceShare: { readonly ResourceShareId: string }
  resources: { readonly RegionId: string; readonly ResourceId?: readonly string[] | undefined }
  keys: object
  aliases: object
  account: object
  role: { readonly RoleArn: string }
  ram: RamNames
  none: object
}

type Finder<S extends Subject> = (here: Here, input: InputBySubject[S], name: ActionName) => Finding<S>

/** Throws the refusal of what is not there, or not for this caller's eyes. */
export function find<N extends ActionName>(here: Here, name: N, input: Input<N>): Finding<Actions[N]['subject']> {
  const finder = finders[actions[name].subject] as Finder<Actions[N]['subject']>
  return finder(here, input as InputBySubject[Actions[N]['subject']], name)
}

const finders: { readonly [S in Subject]: Finder<S> } = {
  key: (here, { KeyId }, name) => {
    const key = findKey(here, KeyId, name)
    return { found: { key }, resources: [keyResource(key)] }
  },
  ciphertext: (here, { CiphertextBlob }) => {
    const blob = decodeBlob(CiphertextBlob)
    if (!blob) throw invalidParameter('CiphertextBlob', { code: 'malformed', reason: 'shape' })
    const key = keyInRegion(here, blob.keyId)
    return { found: { key }, resources: [keyResource(key)] }
  },
  reEncrypt: (here, { CiphertextBlob, DestinationKeyId }, name) => {
    const blob = decodeBlob(CiphertextBlob)
    if (!blob) throw invalidParameter('CiphertextBlob', { code: 'malformed', reason: 'shape' })
    const source = keyInRegion(here, blob.keyId)
    const destination = findKey(here, DestinationKeyId, name)
    return {
      found: { source, destination },
      resources: [
        { ...keyResource(source), permission: 'kms:ReEncryptFrom' },
        { ...keyResource(destination), permission: 'kms:ReEncryptTo' },
      ],
    }
  },
  /** Re-pointing an alias needs the permission on the key that loses it too (KMS user guide, Manage a key alias). */
  aliasAndKey: (here, { KeyId, AliasName }, name) => {
    const key = findKey(here, KeyId, name)
    if (name !== 'UpdateAlias') return { found: { key }, resources: [aliasResource(here, AliasName), keyResource(key)] }
    const before = here.db.read.keys.get(ownAlias(here, AliasName).keyId)
    const keys = before && before.keyId !== key.keyId ? [key, before] : [key]
    return { found: { key }, resources: [aliasResource(here, AliasName), ...keys.map(keyResource)] }
  },
  alias: (here, { AliasName }) => {
    const alias = ownAlias(here, AliasName)
    const aliasKey = here.db.read.keys.get(alias.keyId) ?? null
    return {
      found: { alias, aliasKey },
      resources: [aliasResource(here, AliasName), ...(aliasKey ? [keyResource(aliasKey)] : [])],
    }
  },
  /**
   * KMS API 2016-01-20, SetDeletionProtection: a key by one of two names, or by both, which must be the same key's; or an instance, and then
   * no key (assumed).
   */
  protected: (here, { KeyId, ProtectedResourceArn, KmsInstanceId }, name) => {
    const namesNoKey = KeyId === undefined && ProtectedResourceArn === undefined
    if (KmsInstanceId !== undefined) {
      if (!namesNoKey) throw invalidParameter('KmsInstanceId', { code: 'malformed', reason: 'shape' })
      const protectedInstance = findInstance(here, KmsInstanceId)
      return { found: { protectedInstance }, resources: [instanceResource(here, protectedInstance)] }
    }
    if (namesNoKey) throw invalidParameter('KeyId', null)
    const named = [
      ...(KeyId === undefined ? [] : [findKey(here, KeyId, name)]),
      ...(ProtectedResourceArn === undefined ? [] : [keyByArn(here, ProtectedResourceArn)]),
    ]
    const [key, other = key] = named as [KeyRow, KeyRow?]
    if (other !== key) throw invalidParameter('ProtectedResourceArn', { code: 'malformed', reason: 'shape' })
    return { found: { key }, resources: [keyResource(key)] }
  },
  instance: (here, { KmsInstanceId }) => {
    const instance = findInstance(here, KmsInstanceId)
    return { found: { instance }, resources: [instanceResource(here, instance)] }
  },
  /** This account's own (ResourceSharing API 2020-01-10). */
  resourceShare: (here, { ResourceShareId }) => {
    const share = here.db.read.resourceShares.get(ResourceShareId)
    if (share?.accountId !== here.caller.accountId || share.region !== here.region)
      throw new ServiceError('EntityNotExists.ResourceShare')
    return { found: { share }, resources: [own(here, resourceShareArn(here.region, share.accountId, share.shareId))] }
  },
  resources: (here, { RegionId, ResourceId }) => {
    if (RegionId !== here.region) throw invalidParameter('RegionId', { code: 'notOneOf', allowed: [here.region] })
    if (!ResourceId) {
      const everything = own(here, allKeysArn(here.region, here.caller.accountId))
      return { found: { keys: visibleKeys(here) }, resources: [everything] }
    }
    const keys = [...new Set(ResourceId)].map((id) => visibleKey(here, id, 'InvalidResourceId.NotFound'))
    return { found: { keys }, resources: keys.map(keyResource) }
  },
  keys: (here) => nothingFound(own(here, allKeysArn(here.region, here.caller.accountId))),
  aliases: (here) => nothingFound(own(here, allAliasesArn(here.region, here.caller.accountId))),
  account: (here, _, name) => nothingFound(own(here, accountResource(here, name))),
  /** By the caller's own RAM policies; what the role's account says of the caller is in the role's trust policy. */
  role: (here, { RoleArn }) => nothingFound(own(here, RoleArn)),
  ram: (here, input, name) =>
    nothingFound(...ramResources(here.caller.accountId, name, input).map((arn) => own(here, arn))),
  none: () => nothingFound(),
}

const nothingFound = (...resources: readonly Resource[]) => ({ found: {}, resources })

const own = ({ caller }: Here, arn: string): Resource => ({ arn, accountId: caller.accountId, policy: null, tags: [] })

/** Assumed for KMS: all of the account's resources in the region. */
function accountResource({ region, caller: { accountId } }: Here, name: ActionName): string {
  if (actions[name].product === 'resourcesharing') return resourceShareArn(region, accountId, '*')
  return `acs:kms:${region}:${accountId}:*`
}

/** What a RAM request may name. */
interface RamNames {
  readonly UserName?: string
  readonly GroupName?: string
  readonly RoleName?: string
  readonly PolicyName?: string
  readonly PolicyType?: PolicyType | undefined
}

/** Requests that name nothing: lists of all that the account has of a kind. */
const ramLists: Readonly<Partial<Record<ActionName, string>>> = {
  ListUsers: 'user',
  ListGroups: 'group',
  ListRoles: 'role',
  ListPolicies: 'policy',
}

/** RAM API 2015-05-01, each action: everything that the request names, policies of the system by `system`. */
function ramResources(accountId: string, name: ActionName, input: RamNames): readonly string[] {
  const listed = ramLists[name]
  if (listed !== undefined) return [`acs:ram::${accountId}:${listed}/*`]
  const owner = input.PolicyType === 'System' ? 'system' : accountId
  return [
    input.UserName === undefined ? [] : [userArn(accountId, input.UserName)],
    input.RoleName === undefined ? [] : [roleArn(accountId, input.RoleName)],
    input.GroupName === undefined ? [] : [`acs:ram::${accountId}:group/${input.GroupName}`],
    input.PolicyName === undefined ? [] : [`acs:ram::${owner}:policy/${input.PolicyName}`],
  ].flat()
}

const aliasResource = (here: Here, aliasName: string): Resource =>
  own(here, aliasArn(here.region, here.caller.accountId, aliasName))

type KeyIdForm = 'arn' | 'alias'

/** How KeyId may name a key besides its plain ID (KMS API 2016-01-20, each action's KeyId). An ARN alone reaches another account's key. */
const keyIdForms: Readonly<Partial<Record<ActionName, readonly KeyIdForm[]>>> = {
  DescribeKey: ['arn', 'alias'],
  Encrypt: ['arn', 'alias'],
  GenerateDataKey: ['arn', 'alias'],
  GenerateDataKeyWithoutPlaintext: ['arn', 'alias'],
  GenerateAndExportDataKey: ['arn', 'alias'],
  ReEncrypt: ['arn', 'alias'],
  /** By ARN assumed, as it is for tagging: a cross-account user is granted them, and has no other way to name the key. */
  ListKeyVersions: ['arn', 'alias'],
  DescribeKeyVersion: ['arn', 'alias'],
  TagResource: ['arn'],
  CreateKeyVersion: ['alias'],
  DescribeKeyAssociations: ['arn'],
  DetectKeyAssociations: ['arn'],
  ListKeyActivity: ['arn'],
  GetKeyPolicy: ['arn'],
  SetKeyPolicy: ['arn'],
  ListAliasesByKeyId: ['arn'],
  DescribeKeyAccess: ['arn', 'alias'],
  ExplainAccess: ['arn', 'alias'],
  ListGrantors: ['arn'],
}

/** A key as an action's KeyId names it. Throws Forbidden.KeyNotFound for what is not for this caller's eyes. */
export function findKey(here: Here, keyId: string, name: ActionName): KeyRow {
  const forms = keyIdForms[name] ?? []
  if (keyId.startsWith(aliasPrefix)) {
    if (!forms.includes('alias')) throw new ServiceError('Unsupported.Alias')
    return keyByAlias(here, keyId)
  }
  if (!keyId.startsWith('acs:')) return visibleKey(here, keyId, 'Forbidden.KeyNotFound')
  if (!forms.includes('arn')) throw invalidParameter('KeyId', { code: 'malformed', reason: 'shape' })
  return keyByArn(here, keyId)
}

function visibleKey(here: Here, keyId: string, refusal: ErrorCode): KeyRow {
  const key = here.db.read.keys.get(keyId)
  if (!key || !seesKey(here, key)) throw new ServiceError(refusal)
  return key
}

/** Of any account. */
function keyInRegion({ db, region }: Here, keyId: string): KeyRow {
  const key = db.read.keys.get(keyId)
  if (key?.region !== region) throw new ServiceError('Forbidden.KeyNotFound')
  return key
}

function keyByArn(here: Here, arn: string): KeyRow {
  const parsed = parseKeyArn(arn)
  const key = parsed?.region === here.region ? keyInRegion(here, parsed.keyId) : undefined
  if (!key || key.accountId !== parsed?.accountId) throw new ServiceError('Forbidden.KeyNotFound')
  return key
}

/** Row identifier of an alias. An alias belongs to the account that made it, whoever made the key. */
export const aliasId = (region: string, accountId: string, aliasName: string): string =>
  `${region}/${accountId}/${aliasName}`

function ownAlias({ db, region, caller }: Here, aliasName: string): AliasRow {
  const alias = db.read.aliases.get(aliasId(region, caller.accountId, aliasName))
  if (!alias) throw new ServiceError('Forbidden.AliasNotFound')
  return alias
}

const keyByAlias = (here: Here, aliasName: string): KeyRow =>
  visibleKey(here, ownAlias(here, aliasName).keyId, 'Forbidden.KeyNotFound')

/** An instance of the caller's account, or one that is shared to it. */
export function findInstance(here: Here, instanceId: string): InstanceRow {
  const instance = here.db.read.instances.get(instanceId)
  if (!instance || !seesInstance(here, instance)) throw new ServiceError('Forbidden.DKMSInstanceNotFound')
  return instance
}

/** Sharing is the owner's grant to a whole account: inside it, that account's own RAM policies decide (assumed). */
const instanceResource = (here: Here, { region, accountId, instanceId }: InstanceRow): Resource =>
  own(here, instanceArn(region, accountId, instanceId))
