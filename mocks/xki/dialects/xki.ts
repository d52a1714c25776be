/**
 * What both ends of the XKI wire agree on. All of it is assumed: Alibaba Cloud publishes no such wire, and no compatibility is claimed.
 * The messages are those of XKS in other words; see `proxy-wire` in the list of assumptions.
 */
import { isPlainObject } from '#src/api/contract/rules.ts'
import type { Operation } from './messages.ts'

/** Follows the path prefix. */
export const basePath = '/kms/xki/v1'
export const product = 'kms'
export const version = '1.0.0'
export const contentType = 'application/json; charset=utf-8'
export const requestIdHeader = 'x-xki-kms-request-id'

/** The last part of a path. */
export const pathNames: Readonly<Record<Operation, string>> = {
  health: 'health',
  metadata: 'meta',
  encrypt: 'encrypt',
  decrypt: 'decrypt',
}

/** Names that differ by more than their first letter. */
const ownNames: readonly (readonly [common: string, own: string])[] = [
  ['encryptionAlgorithm', 'Algorithm'],
  ['awsPrincipalArn', 'PrincipalArn'],
  ['awsSourceVpc', 'SourceVpc'],
]
const toOwn: ReadonlyMap<string, string> = new Map(ownNames)
const toCommon: ReadonlyMap<string, string> = new Map(ownNames.map(([common, own]) => [own, common]))

/** A field's name in this dialect. */
export const ownName = (name: string): string => toOwn.get(name) ?? `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`

const commonName = (name: string): string | null =>
  toCommon.get(name) ?? (/^[A-Z]/.test(name) ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : null)

/** A message in this dialect's names, objects within it too. */
export function toWire(message: object): object {
  return Object.fromEntries(
    Object.entries(message).map(([name, value]: [string, unknown]) => [
      ownName(name),
      isPlainObject(value) ? toWire(value) : value,
    ]),
  )
}

/** The reverse, of a value parsed from JSON; a field that does not begin with a capital is none of the dialect's. */
export function fromWire(value: unknown): unknown {
  if (!isPlainObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const common = commonName(name)
      return common === null ? [] : [[common, fromWire(inner)]]
    }),
  )
}

/** Codes with their status. `<Field>Required` and `Invalid<Field>`, both 400, come besides. */
export const errorStatuses = {
  RequestMetadataRequired: 400,
  InvalidRequestMetadata: 400,
  InvalidRequest: 400,
  InvalidOperation: 400,
  InvalidAcsDate: 400,
  InvalidCiphertextBlob: 400,
  Unauthorized: 401,
  KeyDisabledForbidden: 403,
  KeyUsageForbidden: 403,
  AccessForbidden: 403,
  XkiNotFound: 404,
  KeyNotFound: 404,
  MethodNotAllowed: 405,
  TooManyRequests: 429,
  InternalServerError: 500,
  // Spelled so where it was seen.
  ServiceUnavaiable: 503,
  Timeout: 504,
} as const
export type ErrorCode = keyof typeof errorStatuses
