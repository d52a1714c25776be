/** Aliases as people write and paste them. */
import { aliasPrefix } from '#src/api/contract/rules.ts'

/** An alias as pasted: the prefix that the field shows already is dropped. */
export const pastedAlias = (text: string): string => {
  const trimmed = text.trim()
  return trimmed.startsWith(aliasPrefix) ? trimmed.slice(aliasPrefix.length) : trimmed
}

/** The account that an alias belongs to, by its ARN; null where that cannot be read. */
export const accountOfAlias = (aliasArn: string): string | null =>
  /^acs:kms:[^:]*:([0-9]+):/.exec(aliasArn)?.[1] ?? null
