/** What the panel holds while a person fills it in, and what becomes of it as CreateKey and CreateAlias input. */
import type { Input } from '#src/api/contract/actions.ts'
import type { Sharing } from '#src/api/contract/instances.ts'
import { customPolicy, defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import type { KeySpec, storageMechanisms } from '#src/api/contract/keys.ts'
import { aliasPrefix } from '#src/api/contract/rules.ts'
import { tagsOfRows, type TagRow } from '#src/pages/keys/labels/tag-rows.ts'
import { noRotation, rotationOfNewKey, type RotationChoice } from '#src/pages/keys/rotation/rotation-choice.ts'
import { partsOf, type KeyPlace, type KeyTarget, type PartName } from './panel-parts.ts'

export type StorageMechanism = (typeof storageMechanisms)[number]

/** Of every kind of key; a panel shows what `panelParts` names, and nothing else of it counts. */
export interface CreateForm {
  externalKeyId: string
  spec: KeySpec
  storage: StorageMechanism
  rotation: RotationChoice
  /** Without its `alias/`; empty for none. */
  alias: string
  tags: TagRow[]
  description: string
  policy: 'default' | 'custom'
  /** ARNs of RAM users and roles of the own account, and what was typed by hand and is none (refused by the validation). */
  administrators: string[]
  users: string[]
  /** ARNs of RAM users and roles of other accounts, and what was typed and is none. */
  crossAccountUsers: string[]
}

export const emptyForm: CreateForm = {
  externalKeyId: '',
  spec: 'Aliyun_AES_256',
  storage: 'HsmInternal',
  rotation: noRotation,
  alias: '',
  tags: [],
  description: '',
  policy: 'default',
  administrators: [],
  users: [],
  crossAccountUsers: [],
}

/**
 * Accounts in the default statement: a key made on an instance that is shared to its maker belongs to both (Manage external keys, Default
 * policy), unless ownership is independent.
 */
export const defaultAccounts = (sharing: Sharing | undefined, ownAccountId: string): readonly string[] =>
  sharing?.State === 'SharedToThisAccount' && sharing.Ownership === 'Joint'
    ? [sharing.OwnerAccountId, ownAccountId]
    : [ownAccountId]

/** The key policy that the form stands for. */
export function policyOf(form: CreateForm, accountIds: readonly string[]): KeyPolicy {
  if (form.policy === 'default') return defaultPolicy(accountIds)
  const { administrators, users, crossAccountUsers } = form
  return customPolicy(accountIds, { administrator: administrators, user: users, crossAccountUser: crossAccountUsers })
}

/** Keys inside the HSM do not rotate (KMS API 2016-01-20, CreateKey, KeyStorageMechanism). */
export const canRotate = (place: KeyPlace, { storage }: Pick<CreateForm, 'storage'>): boolean =>
  partsOf(place).includes('rotation') && (place !== 'Hardware' || storage === 'HsmEncryptedDatabase')

type PartInput = (form: CreateForm, place: KeyPlace, accountIds: readonly string[]) => Partial<Input<'CreateKey'>>

/** What each part of the panel adds. Nothing is sent for what was left empty; the default policy is KMS's to write. */
const inputOfPart: Readonly<Record<PartName, PartInput>> = {
  externalKeyId: ({ externalKeyId }) => ({ ExternalKeyId: externalKeyId }),
  keyType: () => ({}),
  specAndUsage: ({ spec }) => ({ KeySpec: spec, KeyUsage: 'ENCRYPT/DECRYPT' }),
  storage: ({ storage }) => ({ KeyStorageMechanism: storage }),
  /** CreateAlias's, once the key is there. */
  alias: () => ({}),
  tags: (form) => {
    const tags = tagsOfRows(form.tags)
    return tags.length === 0 ? {} : { Tags: tags }
  },
  rotation: (form, place) => (canRotate(place, form) ? rotationOfNewKey(form.rotation) : {}),
  description: ({ description }) => (description === '' ? {} : { Description: description }),
  policy: (form, _, accountIds) =>
    form.policy === 'default' ? {} : { Policy: JSON.stringify(policyOf(form, accountIds)) },
  origin: () => ({ Origin: 'Aliyun_KMS' }),
}

export function createKeyInput(
  form: CreateForm,
  { place, instance }: KeyTarget,
  accountIds: readonly string[],
): Input<'CreateKey'> {
  const parts = partsOf(place).map((part) => inputOfPart[part](form, place, accountIds))
  const where = instance === null ? {} : { DKMSInstanceId: instance.InstanceId }
  return Object.assign({}, where, ...parts) as Input<'CreateKey'>
}

/** The alias as the API takes it; null where none was typed. */
export const aliasNameOf = (form: CreateForm): string | null => (form.alias === '' ? null : aliasPrefix + form.alias)
