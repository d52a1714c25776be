/** A list of keys as a file: the API's own names, so that a program finds what it knows. */
import type { Filter } from '#src/api/contract/params.ts'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import type { Tag } from '#src/api/contract/rules.ts'
import { csvText } from '#src/pages/keys/files/csv.ts'
import { stampOf } from '#src/components/download.ts'

export interface ExportedKey {
  readonly keyId: string
  readonly aliases: readonly string[]
  /** Null: it could not be read. */
  readonly metadata: KeyMetadata | null
  /** Null: they may not be read. */
  readonly tags: readonly Tag[] | null
  /** Why it could not be read: the API's code. */
  readonly problem: string | null
}

export interface ExportHead {
  readonly region: string
  /** Null: keys outside every instance. */
  readonly instanceId: string | null
  readonly filters: readonly Filter[]
  readonly principalArn: string
  /** When it was read, ms by the cloud's clock. */
  readonly now: number
  /** False: the reading was stopped. */
  readonly isWhole: boolean
}

/** In the order of the spreadsheet. */
const fields = [
  'Arn',
  'KeyState',
  'KeySpec',
  'KeyUsage',
  'Origin',
  'ProtectionLevel',
  'DKMSInstanceId',
  'ExternalKeyId',
  'Creator',
  'CreationDate',
  'Description',
  'DeletionProtection',
  'DeletionProtectionDescription',
  'DeleteDate',
  'AutomaticRotation',
  'RotationInterval',
  'LastRotationDate',
  'NextRotationDate',
  'PrimaryKeyVersion',
] as const satisfies (keyof KeyMetadata)[]

/** `key=value` each; neither holds a blank. */
const tagsText = (tags: readonly Tag[] | null): string =>
  (tags ?? []).map(({ TagKey, TagValue }) => `${TagKey}=${TagValue}`).join(' ')

export function csvExport(keys: readonly ExportedKey[]): string {
  const rows = keys.map(({ keyId, aliases, metadata, tags, problem }) => [
    keyId,
    aliases.join(' '),
    ...fields.map((field) => metadata?.[field] ?? ''),
    tagsText(tags),
    problem ?? '',
  ])
  return csvText([['KeyId', 'Aliases', ...fields, 'Tags', 'Problem'], ...rows])
}

export function jsonExport(keys: readonly ExportedKey[], head: ExportHead): string {
  const { region, instanceId, filters, principalArn, now, isWhole } = head
  const exported = {
    region,
    instanceId,
    filters,
    principalArn,
    exportedAt: new Date(now).toISOString(),
    isWhole,
    count: keys.length,
    keys: keys.map(({ keyId, aliases, metadata, tags, problem }) =>
      problem === null
        ? { ...metadata, Aliases: aliases, Tags: tags }
        : { KeyId: keyId, Aliases: aliases, Problem: problem },
    ),
  }
  return `${JSON.stringify(exported, null, 2)}\n`
}

/** Without its ending. */
export const exportName = ({ region, instanceId, now, isWhole }: ExportHead): string =>
  ['kms-keys', region, instanceId ?? 'default', stampOf(now), ...(isWhole ? [] : ['incomplete'])].join('_')
