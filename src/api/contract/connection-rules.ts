/**
 * Rules of what an external instance is connected with. The panel says in the person's language what is wrong, the API in English; the limits
 * of prefix and credential are those of the XKS Proxy API 1.0.3, and assumed for the dialect `xki`.
 */
import type { DialectName } from './connections.ts'

/** What is wrong with a value. */
export type ConnectionProblem =
  | 'required'
  | 'instanceName'
  | 'host'
  | 'hostIsAddress'
  | 'hostWithScheme'
  | 'endpointService'
  | 'prefixStart'
  | 'prefixCharacters'
  | 'prefixLength'
  | 'prefixEnd'
  | 'prefixProtocol'
  | 'fingerprintAlgorithm'
  | 'fingerprint'
  | 'accessKeyId'
  | 'accessKeySecret'
  | 'vpc'
  | 'zoneCount'
  | 'zoneCountSingle'
  | 'zoneUnknown'
  | 'zoneTwice'
  | 'vSwitchUnknown'
  | 'vSwitchZone'
  | 'vSwitchFull'
  | 'vSwitchTwice'

/** As the API says it. */
export const connectionProblemTexts: Readonly<Record<ConnectionProblem, string>> = {
  required: 'It is needed.',
  instanceName: 'It must have 1 to 128 characters out of letters, digits and _ / + = . @ -.',
  host: 'It must be a fully qualified domain name, with a port where that is not 443.',
  hostIsAddress: 'It must be a domain name, not an IP address.',
  hostWithScheme: 'It must be a domain name without a scheme and without a path.',
  endpointService: 'It must be the name of an endpoint service of this region.',
  prefixStart: 'It must begin with a slash.',
  prefixCharacters: 'It may hold letters, digits and / _ - only.',
  prefixLength: 'With the path of the protocol after it, it must have 128 characters at most.',
  prefixEnd: 'It must not end with a slash.',
  prefixProtocol: 'It must leave out the path of the protocol, which KMS appends.',
  fingerprintAlgorithm: 'It must be a SHA-256 fingerprint: SM3 is not supported.',
  fingerprint: 'It must be sha256- and 64 hexadecimal digits.',
  accessKeyId: 'It must have 20 to 30 characters out of A-Z and 2-7.',
  accessKeySecret: 'It must have 43 to 64 characters out of letters, digits and + / =.',
  vpc: 'It must be a VPC of this region.',
  zoneCount: 'Two or three zones are needed.',
  zoneCountSingle: 'The region has one zone.',
  zoneUnknown: 'Each must be a zone of this region.',
  zoneTwice: 'Each may be named once.',
  vSwitchUnknown: 'Each must be a vSwitch of the VPC.',
  vSwitchZone: 'Each must be in one of the zones.',
  vSwitchFull: 'Each needs a free IP address.',
  vSwitchTwice: 'Each may be named once.',
}

/** What KMS appends to the prefix. */
const protocolPaths: Readonly<Record<DialectName, string>> = { 'xks-v1': '/kms/xks/v1', xki: '/kms/xki/v1' }
const maxPathLength = 128

/** 1–128 of letters, digits and `_/+=.@-`. KMS user guide, Purchase and enable a KMS instance. */
export const instanceNameProblem = (name: string): ConnectionProblem | null =>
  name === '' ? 'required' : /^[A-Za-z0-9_/+=.@-]{1,128}$/.test(name) ? null : 'instanceName'

/** `<domain name>[:<port>]`: XKS Proxy API 1.0.3 wants a fully qualified name. */
export function proxyHostProblem(host: string): ConnectionProblem | null {
  if (host === '') return 'required'
  if (/[/\\?#@]/.test(host)) return 'hostWithScheme'
  const [, name = '', port] = /^([^:]*)(?::([0-9]{1,5}))?$/.exec(host) ?? []
  if (/^[0-9.]+$/.test(name) || host.startsWith('[')) return 'hostIsAddress'
  if (name.length > 253 || !/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i.test(name))
    return 'host'
  return port !== undefined && (Number(port) < 1 || Number(port) > 65_535) ? 'host' : null
}

/** External Proxy Path: empty for none. */
export function uriPathPrefixProblem(prefix: string, dialect: DialectName): ConnectionProblem | null {
  if (prefix === '') return null
  if (!prefix.startsWith('/')) return 'prefixStart'
  if (!/^[A-Za-z0-9/_-]*$/.test(prefix) || prefix.includes('//')) return 'prefixCharacters'
  if (prefix.endsWith('/')) return 'prefixEnd'
  if (Object.values(protocolPaths).some((path) => prefix.endsWith(path))) return 'prefixProtocol'
  return prefix.length + protocolPaths[dialect].length > maxPathLength ? 'prefixLength' : null
}

/**
 * `sha256-<64 lower-case hexadecimal digits>` of a text as tools print it: with colons, in capitals, with or without the algorithm before it.
 * Null where it is none.
 */
export function canonicalFingerprint(text: string): string | null {
  const [, digits = ''] = /^(?:sha-?256(?: fingerprint)?\s*[-:=]\s*)?([0-9a-f:\s]*)$/i.exec(text.trim()) ?? []
  const plain = digits.replace(/[:\s]/g, '').toLowerCase()
  return /^[0-9a-f]{64}$/.test(plain) ? `sha256-${plain}` : null
}

export function fingerprintProblem(text: string): ConnectionProblem | null {
  if (text.trim() === '') return 'required'
  if (/^\s*sm3/i.test(text)) return 'fingerprintAlgorithm'
  return canonicalFingerprint(text) === null ? 'fingerprint' : null
}

/** XKS Proxy API 1.0.3, Authentication. */
export const proxyAccessKeyIdProblem = (id: string): ConnectionProblem | null =>
  id === '' ? 'required' : /^[A-Z2-7]{20,30}$/.test(id) ? null : 'accessKeyId'
export const proxyAccessKeySecretProblem = (secret: string): ConnectionProblem | null =>
  secret === '' ? 'required' : /^[A-Za-z0-9+/=]{43,64}$/.test(secret) ? null : 'accessKeySecret'

export interface VSwitch {
  readonly VSwitchId: string
  readonly ZoneId: string
  readonly AvailableIpAddressCount: number
}

/** Two zones, up to three; one where the region has no more. KMS user guide, Purchase and enable a KMS instance. */
export function zonesProblem(zoneIds: readonly string[], ofRegion: readonly string[]): ConnectionProblem | null {
  if (zoneIds.length === 0) return 'required'
  if (zoneIds.some((zone) => !ofRegion.includes(zone))) return 'zoneUnknown'
  if (new Set(zoneIds).size < zoneIds.length) return 'zoneTwice'
  if (ofRegion.length === 1) return zoneIds.length === 1 ? null : 'zoneCountSingle'
  return zoneIds.length >= 2 && zoneIds.length <= 3 ? null : 'zoneCount'
}

/** One at least, each in one of the zones and with a free address. */
export function vSwitchesProblem(
  vSwitchIds: readonly string[],
  zoneIds: readonly string[],
  ofVpc: readonly VSwitch[],
): ConnectionProblem | null {
  if (vSwitchIds.length === 0) return 'required'
  if (new Set(vSwitchIds).size < vSwitchIds.length) return 'vSwitchTwice'
  const chosen = vSwitchIds.map((id) => ofVpc.find(({ VSwitchId }) => VSwitchId === id))
  if (chosen.includes(undefined)) return 'vSwitchUnknown'
  if (chosen.some((vSwitch) => !zoneIds.includes(vSwitch!.ZoneId))) return 'vSwitchZone'
  return chosen.some((vSwitch) => vSwitch!.AvailableIpAddressCount < 1) ? 'vSwitchFull' : null
}
