/** Signature version 1.0 (KMS API 2016-01-20, Signature): the texts that are signed, of all parameters of query and form together. */
import { percentEncode } from './acs3.ts'

type Parameter = readonly [name: string, value: string]

/** By UTF-16 code units, case-sensitive. */
const byName = ([a]: Parameter, [b]: Parameter): number => (a < b ? -1 : a > b ? 1 : 0)

/** `parameters`: all of them, decoded; the signature itself is left out. */
export const v1CanonicalQuery = (parameters: Iterable<Parameter>): string =>
  [...parameters]
    .filter(([name]) => name !== 'Signature')
    .sort(byName)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')

export const v1StringToSign = (method: string, parameters: Iterable<Parameter>): string =>
  `${method.toUpperCase()}&%2F&${percentEncode(v1CanonicalQuery(parameters))}`
