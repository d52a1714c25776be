/**
 * Conditions of policy statements: parsed strictly, weighed against what is known of a request (RAM user guide, Policy elements and
 * structure). The values of a key are alternatives, of a negated operator all are excluded; keys and operators of a statement all have to hold.
 */
import ipaddr from 'ipaddr.js'
import { isPlainObject, type PolicyProblemReason, type Problem } from './rules.ts'

/** Operator → key → values. */
export type Condition = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** What conditions can ask about a request. */
export interface RequestFacts {
  /** By the cloud's clock, ms since the epoch. */
  readonly now: number
  readonly secureTransport: boolean
  readonly sourceIp: string
  /** Of the key: known to cryptography only, null for everything else (KMS user guide, Use RAM to control access to resources). */
  readonly tags: ReadonlyMap<string, string> | null
}

/** A condition that does not hold: which operator over which key. */
export interface Unmet {
  readonly operator: string
  readonly key: string
}

export const tagKeyPrefix = 'kms:tag/'

type ValueType = 'text' | 'date' | 'boolean' | 'ip'

/** Keys with their type; every tag of the key is one more. */
const keyTypes: Readonly<Record<string, ValueType>> = {
  'acs:CurrentTime': 'date',
  'acs:SecureTransport': 'boolean',
  'acs:SourceIp': 'ip',
  /** Of the shared gateway's VPC side. No request here comes through a VPC, so that neither is ever there. */
  'acs:SourceVpc': 'text',
  'acs:VpcSourceIp': 'ip',
}
export const conditionKeys: readonly string[] = Object.keys(keyTypes)

const typeOfKey = (key: string): ValueType | null =>
  Object.hasOwn(keyTypes, key)
    ? keyTypes[key]!
    : key.startsWith(tagKeyPrefix) && key.length > tagKeyPrefix.length
      ? 'text'
      : null

interface Operator {
  readonly type: ValueType
  readonly negated?: true
  readonly holds: (actual: string, wanted: string) => boolean
}

const sameCase = (text: string): string => text.toLowerCase()

/** `*` any characters, `?` exactly one. */
function isLike(actual: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]')
  return new RegExp(`^${source}$`, 'u').test(actual)
}

const compareDates =
  (holds: (a: number, b: number) => boolean) =>
  (actual: string, wanted: string): boolean =>
    holds(Date.parse(actual), Date.parse(wanted))

/** An IPv4 address that is written as IPv6 is the IPv4 address. */
const isInRange = (actual: string, range: string): boolean => {
  if (!ipaddr.isValid(actual)) return false
  const address = ipaddr.process(actual)
  const [start, bits] = rangeOf(range)
  return address.kind() === start.kind() && address.match([start, bits])
}

function rangeOf(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

export const conditionOperators: Readonly<Record<string, Operator>> = {
  StringEquals: { type: 'text', holds: (a, b) => a === b },
  StringNotEquals: { type: 'text', negated: true, holds: (a, b) => a === b },
  StringEqualsIgnoreCase: { type: 'text', holds: (a, b) => sameCase(a) === sameCase(b) },
  StringNotEqualsIgnoreCase: { type: 'text', negated: true, holds: (a, b) => sameCase(a) === sameCase(b) },
  StringLike: { type: 'text', holds: isLike },
  StringNotLike: { type: 'text', negated: true, holds: isLike },
  DateEquals: { type: 'date', holds: compareDates((a, b) => a === b) },
  DateNotEquals: { type: 'date', negated: true, holds: compareDates((a, b) => a === b) },
  DateLessThan: { type: 'date', holds: compareDates((a, b) => a < b) },
  DateLessThanEquals: { type: 'date', holds: compareDates((a, b) => a <= b) },
  DateGreaterThan: { type: 'date', holds: compareDates((a, b) => a > b) },
  DateGreaterThanEquals: { type: 'date', holds: compareDates((a, b) => a >= b) },
  Bool: { type: 'boolean', holds: (a, b) => a === b },
  IpAddress: { type: 'ip', holds: isInRange },
  NotIpAddress: { type: 'ip', negated: true, holds: isInRange },
}

/** The condition keys that an operator can be asked with; tags by their prefix. None where the operator is not known. */
export function keysFor(operator: string): readonly string[] {
  const type = Object.hasOwn(conditionOperators, operator) ? conditionOperators[operator]!.type : null
  return [tagKeyPrefix, ...conditionKeys].filter((key) => (keyTypes[key] ?? 'text') === type)
}

const datePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/

const isValueOf: Readonly<Record<ValueType, (text: string) => boolean>> = {
  text: () => true,
  date: (text) => datePattern.test(text) && !Number.isNaN(Date.parse(text)),
  boolean: (text) => text === 'true' || text === 'false',
  // Four numbers: ipaddr.js also reads `1` and `0x7f.1`, which nobody means here.
  ip: (text) =>
    (ipaddr.isValid(text) || ipaddr.isValidCIDR(text)) && (text.includes(':') || /^\d+(?:\.\d+){3}(?:\/|$)/.test(text)),
}

/** Reads a statement's Condition, or says the first thing that is wrong with it. `at`: its place, e.g. `Statement[0].Condition`. */
export function parseCondition(raw: unknown, at: string): Condition | Problem {
  const [first] = conditionProblems(raw, at)
  if (first) return first
  const given = raw as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  return Object.fromEntries(
    Object.entries(given).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, values]) => [key, (valuesOf(values) ?? []).map(String)])),
    ]),
  )
}

export function conditionProblems(raw: unknown, at: string): readonly Problem[] {
  if (!isPlainObject(raw) || Object.keys(raw).length === 0) return [problem('condition', at)]
  return Object.entries(raw).flatMap(([name, keys]) => {
    const place = `${at}.${name}`
    const operator = Object.hasOwn(conditionOperators, name) ? conditionOperators[name] : undefined
    if (!operator) return [problem('conditionOperator', place)]
    if (!isPlainObject(keys) || Object.keys(keys).length === 0) return [problem('condition', place)]
    return Object.entries(keys).flatMap(([key, values]) => keyProblems(operator, key, values, `${place}.${key}`))
  })
}

function keyProblems(operator: Operator, key: string, values: unknown, at: string): readonly Problem[] {
  const type = typeOfKey(key)
  if (type === null) return [problem('conditionKey', at)]
  // An operator of another type would never hold, and nobody would see why.
  if (type !== operator.type) return [problem('conditionType', at)]
  const list = valuesOf(values)
  if (!list || list.length === 0) return [problem('conditionValue', at)]
  return list.flatMap((value, index) =>
    isValueOf[type](String(value)) ? [] : [problem('conditionValue', Array.isArray(values) ? `${at}[${index}]` : at)],
  )
}

/** One value or several; of truth values also `true` and `false` themselves. */
function valuesOf(values: unknown): readonly (string | boolean)[] | null {
  const list: readonly unknown[] = Array.isArray(values) ? values : [values]
  return list.every((value) => typeof value === 'string' || typeof value === 'boolean') ? list : null
}

const problem = (reason: PolicyProblemReason, at: string): Problem => ({ code: 'policy', reason, at })

function factOf(key: string, { now, secureTransport, sourceIp, tags }: RequestFacts): string | null {
  switch (key) {
    case 'acs:CurrentTime':
      return new Date(now).toISOString()
    case 'acs:SecureTransport':
      return String(secureTransport)
    case 'acs:SourceIp':
      return sourceIp
    default:
      return key.startsWith(tagKeyPrefix) ? (tags?.get(key.slice(tagKeyPrefix.length)) ?? null) : null
  }
}

/** What of a condition does not hold; empty: all of it holds. A fact that is not there meets negated operators only (assumed). */
export function unmetOf(condition: Condition | undefined, facts: RequestFacts): readonly Unmet[] {
  if (condition === undefined) return noneUnmet
  return Object.entries(condition).flatMap(([name, keys]) => {
    const { holds, negated = false } = conditionOperators[name]!
    return Object.entries(keys).flatMap(([key, wanted]) => {
      const actual = factOf(key, facts)
      const meetsOne = actual !== null && wanted.some((value) => holds(actual, value))
      return meetsOne === negated ? [{ operator: name, key }] : []
    })
  })
}

const noneUnmet: readonly Unmet[] = []
