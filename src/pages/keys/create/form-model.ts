/** What the panel holds while a person fills it in, and what becomes of it as CreateKey and CreateAlias input. */
import type { Input } from '#src/api/contract/actions.ts'
import type { Sharing } from '#src/api/contract/instances.ts'
import { customPolicy, defaultPolicy, type KeyPolicy } from '#src/api/contract/policy.ts'
import { aliasPrefix, type Tag } from '#src/api/contract/rules.ts'

export interface TagRow {
  readonly key: string
  readonly value: string
}

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

/** Rows left wholly blank are no tags. */
export const isBlankRow = ({ key, value }: TagRow): boolean => key === '' && value === ''

const writtenTags = ({ tags }: CreateForm): readonly Tag[] =>
  tags.filter((row) => !isBlankRow(row)).map(({ key, value }) => ({ TagKey: key, TagValue: value }))

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
  const tags = writtenTags(form)
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

/** An alias as pasted: the prefix that the field shows already is dropped. */
export const pastedAlias = (text: string): string => {
  const trimmed = text.trim()
  return trimmed.startsWith(aliasPrefix) ? trimmed.slice(aliasPrefix.length) : trimmed
}

/** Pasted `key=value` or `key:value` lines as rows; null where the text is something else. */
export function pastedTags(text: string): readonly TagRow[] | null {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const rows = lines.map((line) => {
    const at = line.search(/[=:\t]/)
    return at > 0 ? { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() } : null
  })
  return rows.length > 0 && rows.every((row) => row !== null) ? rows : null
}

/** Principals that were picked both to administer and to use the key: allowed, and worth saying. */
export const inBothRoles = ({ administrators, users }: CreateForm): readonly string[] =>
  administrators.filter((arn) => users.includes(arn))
