/** How a person may name a key: by alias, with or without its prefix, by ID or by ARN. */
import { aliasPrefix } from '#src/api/contract/rules.ts'

const isKeyId = (text: string): boolean =>
  /^key-[a-z0-9]+$/.test(text) || /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** What was typed or pasted, as DescribeKey takes it (KMS API 2016-01-20); empty where nothing was. */
export function keyNameOf(text: string): string {
  const name = text.trim()
  return name === '' || name.startsWith(aliasPrefix) || name.startsWith('acs:') || isKeyId(name)
    ? name
    : aliasPrefix + name
}
