/** What a trace may say about a request's parameters. */

/** Parameters that name things. Of all others only the size is recorded: a new parameter is secret until it stands here. */
const shown = new Set([
  'AliasName',
  'DKMSInstanceId',
  'DurationSeconds',
  'ExternalKeyId',
  'GroupName',
  'KeyId',
  'KeySpec',
  'KeyUsage',
  'KmsInstanceId',
  'MaxItems',
  'NumberOfBytes',
  'PageNumber',
  'PageSize',
  'PolicyName',
  'PolicyType',
  'RegionId',
  'ResourceId',
  'ResourceType',
  'RoleArn',
  'RoleName',
  'RoleSessionName',
  'UserName',
])
const shownLength = 64

/** A name as sent, if it looks like one; what does not could be content that slipped into a name. */
export const nameOf = (text: string): string => (/^[A-Za-z][A-Za-z0-9._-]{0,63}$/.test(text) ? text : '(not a name)')

const rootOf = (name: string): string => name.split('.', 1)[0]!

/** `KeyId=key-…, Plaintext[16]`: values of parameters that name things, sizes of the rest. */
export function describeParameters(parameters: Iterable<readonly [string, string]>): string {
  return [...parameters]
    .map(([name, value]) =>
      shown.has(rootOf(name)) && value.length <= shownLength
        ? `${nameOf(name)}=${value}`
        : `${nameOf(name)}[${value.length}]`,
    )
    .join(', ')
}
