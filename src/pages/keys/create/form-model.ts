/** What the panel holds while a person fills it in, and what becomes of it as CreateKey and CreateAlias input. */
import type { Input } from '#src/api/contract/actions.ts'
import type { Sharing } from '#src/api/contract/instances.ts'
import { customPolicy, defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { aliasPrefix } from '#src/api/contract/rules.ts'
import { tagsOfRows, type TagRow } from '#src/pages/keys/labels/tag-rows.ts'

export interface CreateForm {
  externalKeyId: string
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
  alias: '',
  tags: [],
  description: '',
  policy: 'default',
  administrators: [],
  users: [],
  crossAccountUsers: [],
}

/** Accounts in the default statement: a key made on an instance that is shared to its maker belongs to both (Manage external keys, Default policy). */
export const defaultAccounts = (sharing: Sharing | undefined, ownAccountId: string): readonly string[] =>
  sharing?.State === 'SharedToThisAccount' ? [sharing.OwnerAccountId, ownAccountId] : [ownAccountId]

/** The key policy that the form stands for. */
export function policyOf(form: CreateForm, accountIds: readonly string[]): KeyPolicy {
  if (form.policy === 'default') return defaultPolicy(accountIds)
  const { administrators, users, crossAccountUsers } = form
  return customPolicy(accountIds, { administrator: administrators, user: users, crossAccountUser: crossAccountUsers })
}

/** Nothing is sent for what was left empty; the default policy is KMS's to write. */
export function createKeyInput(
  form: CreateForm,
  instanceId: string,
  accountIds: readonly string[],
): Input<'CreateKey'> {
  const tags = tagsOfRows(form.tags)
  return {
    DKMSInstanceId: instanceId,
    KeySpec: 'Aliyun_AES_256',
    KeyUsage: 'ENCRYPT/DECRYPT',
    ExternalKeyId: form.externalKeyId,
    ...(form.description === '' ? {} : { Description: form.description }),
    ...(tags.length === 0 ? {} : { Tags: tags }),
    ...(form.policy === 'default' ? {} : { Policy: JSON.stringify(policyOf(form, accountIds)) }),
  }
}

/** The alias as the API takes it; null where none was typed. */
export const aliasNameOf = (form: CreateForm): string | null => (form.alias === '' ? null : aliasPrefix + form.alias)

/** Principals that were picked both to administer and to use the key: allowed, and worth saying. */
export const inBothRoles = ({ administrators, users }: CreateForm): readonly string[] =>
  administrators.filter((arn) => users.includes(arn))
