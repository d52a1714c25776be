/** What a trace may say about a request's headers and parameters, and about its answer. */
import type { Field } from './trace.ts'

/** Parameters and answers' fields that name things. Of all others only the size is recorded: a new one is secret until it stands here. */
const shown = new Set([
  'Action',
  'AliasName',
  'DKMSInstanceId',
  'DurationSeconds',
  'ExternalKeyId',
  'Format',
  'GroupName',
  'KeyId',
  'KeySpec',
  'KeyUsage',
  'KeyVersionId',
  'KmsInstanceId',
  'MaxItems',
  'NumberOfBytes',
  'PageNumber',
  'PageSize',
  'PolicyName',
  'PolicyType',
  'RegionId',
  'RequestId',
  'ResourceId',
  'ResourceType',
  'RoleArn',
  'RoleName',
  'RoleSessionName',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureVersion',
  'Timestamp',
  'UserName',
  'Version',
])
const shownHeaders: ReadonlySet<string> = new Set([
  'content-type',
  'x-acs-version',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-content-sha256',
])
const authorization = /^ACS3-HMAC-SHA256 Credential=[\w.-]+,SignedHeaders=[a-z0-9;-]+,Signature=[0-9a-f]{64}$/
const signatureLength = 64
const shownLength = 64

/** A name as sent, if it looks like one; what does not could be content that slipped into a name. */
export const nameOf = (text: string): string => (/^[A-Za-z][A-Za-z0-9._-]{0,63}$/.test(text) ? text : '(not a name)')

function rootOf(name: string): string {
  const dot = name.indexOf('.')
  return dot < 0 ? name : name.slice(0, dot)
}

const redacted = (text: string, isShown: boolean): string | number =>
  isShown && text.length <= shownLength ? text : text.length

/** Texts that name things, and numbers; sizes of all other texts. */
export function fieldsOf(entries: Iterable<readonly [string, unknown]>): readonly Field[] {
  const fields: Field[] = []
  for (const [name, value] of entries) fields.push([nameOf(name), shownOf(name, value)])
  return fields
}

function shownOf(name: string, value: unknown): string | number | null {
  if (typeof value === 'string') return redacted(value, shown.has(rootOf(name)))
  return typeof value === 'object' || value === undefined ? null : String(value)
}

/** Those that the protocol knows; what a browser adds is nobody's business. Signature and token are left out. */
export function headersOf(headers: Iterable<readonly [string, string]>): readonly Field[] {
  const fields: Field[] = []
  for (const [name, value] of headers) {
    if (name === 'authorization')
      fields.push([name, authorization.test(value) ? `${value.slice(0, -signatureLength)}***` : value.length])
    else if (name === 'x-acs-action') fields.push([name, nameOf(value)])
    else if (shownHeaders.has(name)) fields.push([name, redacted(value, true)])
    else if (name === 'content-type' || name.startsWith('x-acs-')) fields.push([nameOf(name), value.length])
  }
  return fields
}
