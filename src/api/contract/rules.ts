/**
 * Rules of single fields: pure functions over plain text that return the problem, or null.
 * The panel shows the problem in the person's language; the API answers InvalidParameter with it. One rule, two readers.
 */

/** Numeric limits of KMS API 2016-01-20 and its console (KMS user guide, Limits; each action). */
export const limits = {
  aliasName: { min: 1, max: 255 },
  description: 8192,
  tagKey: { min: 1, max: 128 },
  tagValue: 128,
  tagsPerKey: 20,
  resourcesPerTagCall: 50,
  tagRowsPerPage: 200,
  externalKeyId: { min: 1, max: 128 },
  externalKeyIdsPerCall: 50,
  policyBytes: 32_768,
  sid: 128,
  plaintextBytes: 6144,
  /** XKS v1 obliges a proxy to 4,300 bytes only; KMS allows more and a proxy may refuse. */
  encryptionContext: 8192,
  dataKeyBytes: { min: 1, max: 1024, preset: 32 },
  filters: { entries: 10, values: 10 },
  deletionDays: { min: 7, max: 366, preset: 30 },
  rotationDays: { min: 7, max: 365 },
  versionsPerKey: 50,
  manualVersionGapMs: 7 * 24 * 60 * 60_000,
  keysPerPermissionCall: 50,
  /** Of those who could give a permission so many are named. */
  grantorsTold: 10,
  principalsPerAccessPage: { min: 1, max: 200, preset: 50 },
  /** Attempts to use a key that waits for its deletion: so many of the newest are kept. */
  attemptsPerKey: 100,
  callHistoryDays: 30,
  pageSize: {
    ListKeyVersions: { min: 0, max: 101, preset: 10 },
    ListKeyActivity: { min: 1, max: 100, preset: 20 },
    ListKeysByAccess: { min: 1, max: 100, preset: 20 },
    ListKeys: { min: 1, max: 100, preset: 10 },
    ListAliases: { min: 0, max: 100, preset: 10 },
    ListAliasesByKeyId: { min: 0, max: 101, preset: 10 },
    ListKmsInstances: { min: 1, max: 100, preset: 20 },
  },
  maxItems: { min: 1, max: 1000, preset: 100 },
  /** STS API 2015-04-01, AssumeRole; the upper end is the longest that a role can be given. */
  sessionSeconds: { min: 900, max: 43_200, preset: 3600 },
  sessionName: { min: 2, max: 64 },
  /** RAM API 2015-05-01, CreateRole, MaxSessionDuration. */
  roleSessionSeconds: { min: 3600, max: 43_200, preset: 3600 },
  /** RAM API 2015-05-01, CreatePolicy: characters of a document (bytes, assumed alike), versions of a policy. */
  ramDocument: 6144,
  versionsPerPolicy: 5,
  signatureSkewMs: 15 * 60_000,
  quotaReturnMs: 5 * 60_000,
  /** ResourceSharing API 2020-01-10: resources, targets and shares named in one call. */
  shareEntitiesPerCall: 5,
  shareName: { min: 1, max: 50 },
  shareMaxResults: { min: 1, max: 100, preset: 20 },
  /** Keys that a quota's answer names of an account's, at most. */
  keysNamedPerUnit: 20,
  keysPerAccountAndRegion: 200,
  aliasesPerAccountAndRegion: 300,
  bodyBytes: 3 * 1024 * 1024,
} as const

/** What is wrong with a value. `code` selects the words, the rest fills them. */
export type Problem =
  | { readonly code: 'required' }
  | { readonly code: 'tooShort'; readonly min: number }
  | { readonly code: 'tooLong'; readonly max: number; readonly length: number }
  | { readonly code: 'characters'; readonly allowed: CharacterSet; readonly found: string }
  | { readonly code: 'reservedPrefix'; readonly prefix: string }
  | { readonly code: 'duplicate'; readonly value: string }
  | { readonly code: 'tooMany'; readonly max: number }
  | { readonly code: 'malformed'; readonly reason: MalformedReason }
  | { readonly code: 'outOfRange'; readonly min: number; readonly max: number }
  | { readonly code: 'notOneOf'; readonly allowed: readonly string[] }
  | { readonly code: 'crossAccount'; readonly reason: CrossAccountReason }
  | { readonly code: 'policy'; readonly reason: PolicyProblemReason; readonly at: string }

export type CharacterSet = 'alias' | 'tag' | 'externalKeyId' | 'sid' | 'digits' | 'sessionName' | 'shareName'
export type MalformedReason = 'json' | 'base64' | 'shape' | 'text'
export type CrossAccountReason = 'format' | 'ownAccount' | 'root' | 'everyone' | 'masked' | 'accountDigits' | 'name'
export type PolicyProblemReason =
  | 'notJson'
  | 'notObject'
  | 'tooLarge'
  | 'unknownElement'
  | 'version'
  | 'noStatement'
  | 'sid'
  | 'effect'
  | 'principal'
  | 'action'
  | 'resource'
  | 'unsupportedElement'
  /** The owner of an instance under independent ownership, in the policy of a receiver's key. */
  | 'ownersAccount'
  | 'condition'
  | 'conditionOperator'
  | 'conditionKey'
  | 'conditionType'
  | 'conditionValue'

/** A field's characters, as a pattern over one character, and as shown to people and in API messages. */
export const characterSets: Record<CharacterSet, { one: RegExp; shown: string }> = {
  alias: { one: /[A-Za-z0-9_/-]/, shown: 'A-Z a-z 0-9 _ / -' },
  tag: { one: /[A-Za-z0-9/\\_\-.+=:@]/, shown: 'A-Z a-z 0-9 / \\ _ - . + = : @' },
  externalKeyId: { one: /[A-Za-z0-9._-]/, shown: 'A-Z a-z 0-9 . _ -' },
  sid: { one: /[A-Za-z0-9_/+=.@ -]/, shown: 'A-Z a-z 0-9 _ / + = . @ - space' },
  digits: { one: /[0-9]/, shown: '0-9' },
  sessionName: { one: /[A-Za-z0-9.@_-]/, shown: 'A-Z a-z 0-9 . @ - _' },
  /** Chinese characters among the letters. */
  shareName: { one: /[\p{L}\p{N}._-]/u, shown: 'A-Z a-z 中文 0-9 . _ -' },
}

function characterProblem(text: string, allowed: CharacterSet): Problem | null {
  for (const found of text) if (!characterSets[allowed].one.test(found)) return { code: 'characters', allowed, found }
  return null
}

function lengthProblem(text: string, { min, max }: { min: number; max: number }): Problem | null {
  if (text.length === 0 && min > 0) return { code: 'required' }
  if (text.length < min) return { code: 'tooShort', min }
  if (text.length > max) return { code: 'tooLong', max, length: text.length }
  return null
}

export const aliasPrefix = 'alias/'

/** Alias without its `alias/` prefix: 1–255 of `A-Za-z0-9_/-`, not starting with `acs` (reserved for service keys). KMS user guide, Manage a key alias. */
export function aliasSuffixProblem(suffix: string): Problem | null {
  return (
    lengthProblem(suffix, limits.aliasName) ??
    characterProblem(suffix, 'alias') ??
    (suffix.startsWith('acs') ? { code: 'reservedPrefix', prefix: `${aliasPrefix}acs` } : null)
  )
}

/** Alias as the API takes it, prefix included. KMS API 2016-01-20, CreateAlias. */
export function aliasNameProblem(name: string): Problem | null {
  if (!name.startsWith(aliasPrefix)) return { code: 'malformed', reason: 'shape' }
  return aliasSuffixProblem(name.slice(aliasPrefix.length))
}

const reservedTagPrefixes = ['aliyun', 'acs:'] as const

/** KMS API 2016-01-20, TagResources: 1–128 of the tag characters, not starting with `aliyun` or `acs:`. */
export function tagKeyProblem(key: string): Problem | null {
  const reserved = reservedTagPrefixes.find((prefix) => key.startsWith(prefix))
  return (
    lengthProblem(key, limits.tagKey) ??
    characterProblem(key, 'tag') ??
    (reserved === undefined ? null : { code: 'reservedPrefix', prefix: reserved })
  )
}

/** KMS API 2016-01-20, TagResources: 0–128 of the tag characters. */
export function tagValueProblem(value: string): Problem | null {
  return lengthProblem(value, { min: 0, max: limits.tagValue }) ?? characterProblem(value, 'tag')
}

export interface Tag {
  readonly TagKey: string
  readonly TagValue: string
}

/** `index` names the row; null: the list itself. */
export interface TagProblem {
  readonly index: number | null
  readonly part: 'TagKey' | 'TagValue'
  readonly problem: Problem
}

/** Everything that is wrong with a list of tags: every row's own rules, no key twice, 20 at most. */
export function tagProblems(tags: readonly Tag[]): readonly TagProblem[] {
  const found: TagProblem[] = []
  if (tags.length > limits.tagsPerKey)
    found.push({ index: null, part: 'TagKey', problem: { code: 'tooMany', max: limits.tagsPerKey } })
  const seen = new Set<string>()
  for (const [index, { TagKey, TagValue }] of tags.entries()) {
    const key: Problem | null =
      tagKeyProblem(TagKey) ?? (seen.has(TagKey) ? { code: 'duplicate', value: TagKey } : null)
    if (key) found.push({ index, part: 'TagKey', problem: key })
    const value = tagValueProblem(TagValue)
    if (value) found.push({ index, part: 'TagValue', problem: value })
    seen.add(TagKey)
  }
  return found
}

/** The first thing that is wrong with a list of tags: what the API answers with. */
export const tagListProblem = (tags: readonly Tag[]): TagProblem | null => tagProblems(tags)[0] ?? null

/** KMS API 2016-01-20, CreateKey: 0–8,192 characters (UTF-16 units, assumed); text that UTF-8 can carry. */
export function descriptionProblem(text: string): Problem | null {
  if (loneSurrogate.test(text)) return { code: 'malformed', reason: 'text' }
  return lengthProblem(text, { min: 0, max: limits.description })
}

/** Seconds of a rotation interval as text, `<integer>[d|h|m|s]`; null where it has another form. KMS API 2016-01-20, UpdateRotationPolicy. */
export function rotationSeconds(text: string): number | null {
  const [, digits, unit] = /^([0-9]{1,9})([dhms]?)$/.exec(text) ?? []
  if (digits === undefined) return null
  return Number(digits) * { d: 86_400, h: 3600, m: 60, s: 1, '': 1 }[unit as 'd' | 'h' | 'm' | 's' | '']
}

/** KMS API 2016-01-20, UpdateRotationPolicy: 7 to 365 days. */
export function rotationIntervalProblem(text: string): Problem | null {
  const seconds = rotationSeconds(text)
  if (seconds === null) return { code: 'malformed', reason: 'shape' }
  const { min, max } = limits.rotationDays
  return seconds < min * 86_400 || seconds > max * 86_400 ? { code: 'outOfRange', min, max } : null
}

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

/** ResourceSharing API 2020-01-10, CreateResourceShare: 1–50 letters, Chinese characters among them, digits, periods, underscores and hyphens. */
export const resourceShareNameProblem = (name: string): Problem | null =>
  lengthProblem(name, limits.shareName) ?? characterProblem(name, 'shareName')

/** Extension (no public API): 1–128 of `A-Za-z0-9._-`, what the XKS path allows; `.` and `..` would move within the path. */
export function externalKeyIdProblem(id: string): Problem | null {
  return (
    lengthProblem(id, limits.externalKeyId) ??
    characterProblem(id, 'externalKeyId') ??
    (id === '.' || id === '..' ? { code: 'malformed', reason: 'shape' } : null)
  )
}

/** STS API 2015-04-01, AssumeRole, RoleSessionName: 2–64 of `A-Za-z0-9.@-_`. */
export const sessionNameProblem = (name: string): Problem | null =>
  lengthProblem(name, limits.sessionName) ?? characterProblem(name, 'sessionName')

/** Strict standard Base64 with padding, as the API takes it. Returns the bytes' length, or the problem. */
export function base64Length(text: string): number | Problem {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return { code: 'malformed', reason: 'base64' }
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
  return (text.length / 4) * 3 - padding
}

/** KMS API 2016-01-20, Encrypt: Base64 of 1–6,144 bytes (an empty plaintext is refused, assumed). */
export function plaintextProblem(base64: string): Problem | null {
  if (base64 === '') return { code: 'required' }
  const length = base64Length(base64)
  if (typeof length !== 'number') return length
  return length > limits.plaintextBytes ? { code: 'tooLong', max: limits.plaintextBytes, length } : null
}

export type EncryptionContext = Readonly<Record<string, string>>

/** EncryptionContext as the API takes it: a flat JSON object of strings, 8,192 characters at most. KMS user guide, EncryptionContext. */
export function parseEncryptionContext(text: string): EncryptionContext | Problem {
  if (text.length > limits.encryptionContext)
    return { code: 'tooLong', max: limits.encryptionContext, length: text.length }
  const value = parseJson(text)
  if (value === undefined) return { code: 'malformed', reason: 'json' }
  if (!isPlainObject(value) || Object.values(value).some((item) => typeof item !== 'string'))
    return { code: 'malformed', reason: 'shape' }
  return value as Record<string, string>
}

export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string'
}

/** JSON text to a value; undefined where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The problem in English, as the emulator appends it to the API's own message. */
export function describeProblem(problem: Problem): string {
  switch (problem.code) {
    case 'required':
      return 'A value is needed.'
    case 'tooShort':
      return `At least ${problem.min} characters are needed.`
    case 'tooLong':
      return `At most ${problem.max} are allowed, ${problem.length} were given.`
    case 'characters':
      return `Only ${characterSets[problem.allowed].shown} are allowed.`
    case 'reservedPrefix':
      return `The prefix "${problem.prefix}" is reserved.`
    case 'duplicate':
      return `"${problem.value}" is given more than once.`
    case 'tooMany':
      return `At most ${problem.max} are allowed.`
    case 'malformed':
      return {
        json: 'It is not JSON.',
        base64: 'It is not Base64.',
        shape: 'It has the wrong form.',
        text: 'It is not well-formed text.',
      }[problem.reason]
    case 'outOfRange':
      return `It must be a whole number from ${problem.min} to ${problem.max}.`
    case 'notOneOf':
      return `It must be one of: ${problem.allowed.join(', ')}.`
    case 'crossAccount':
      return `It is not a RAM user or role of another account (${problem.reason}).`
    case 'policy':
      return `The policy is not valid at ${problem.at} (${problem.reason}).`
  }
}
