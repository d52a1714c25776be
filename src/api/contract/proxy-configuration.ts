/**
 * The configuration file of a proxy: JSON with the fields that the connect panel asks for. The format is our own, as Alibaba Cloud publishes
 * none for XKI; the import file of the XKS Proxy API 1.0.3 (path and credential alone) is read as well.
 */
import { dialects, type DialectName } from './connections.ts'
import { isPlainObject, parseJson } from './rules.ts'

export interface ProxyConfiguration {
  readonly Endpoint?: string
  readonly EndpointService?: string
  readonly UriPathPrefix?: string
  readonly CertificateFingerprint?: string
  readonly Dialect?: DialectName
  readonly AccessKeyId?: string
  readonly AccessKeySecret?: string
}
type Field = keyof ProxyConfiguration

const fields: readonly Field[] = [
  'Endpoint',
  'EndpointService',
  'UriPathPrefix',
  'CertificateFingerprint',
  'Dialect',
  'AccessKeyId',
  'AccessKeySecret',
]

/** No such file is longer, bytes. */
export const maxConfigurationBytes = 16 * 1024

/** What is wrong with a file. `field`: the one that is meant, as written in the file. */
export type ConfigurationProblem =
  | { readonly code: 'tooLarge' | 'notText' | 'notJson' | 'notObject' | 'nothing' }
  | { readonly code: 'unknownField' | 'fieldNotText' | 'dialect'; readonly field: string }

export type ConfigurationRead =
  | { readonly ok: true; readonly configuration: ProxyConfiguration }
  | { readonly ok: false; readonly problem: ConfigurationProblem }

const refuse = (problem: ConfigurationProblem): ConfigurationRead => ({ ok: false, problem })

/** Reads a file's bytes. Whether the values may be used is the fields' own affair: see `connection-rules.ts`. */
export function readProxyConfiguration(bytes: Uint8Array<ArrayBuffer>): ConfigurationRead {
  if (bytes.length > maxConfigurationBytes) return refuse({ code: 'tooLarge' })
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return refuse({ code: 'notText' })
  }
  const value = parseJson(text)
  if (value === undefined) return refuse({ code: 'notJson' })
  if (!isPlainObject(value)) return refuse({ code: 'notObject' })
  return readFields('XksProxyUriPath' in value ? ofXks(value) : value)
}

function readFields(value: Readonly<Record<string, unknown>>): ConfigurationRead {
  const entries = Object.entries(value)
  if (entries.length === 0) return refuse({ code: 'nothing' })
  for (const [field, content] of entries) {
    if (!fields.some((known) => known === field)) return refuse({ code: 'unknownField', field })
    if (typeof content !== 'string') return refuse({ code: 'fieldNotText', field })
    if (field === 'Dialect' && !dialects.some((dialect) => dialect === content))
      return refuse({ code: 'dialect', field })
  }
  return { ok: true, configuration: value }
}

const xksPath = /\/?kms\/xks\/v1$/

/** The path there ends with the protocol's own. What is not as expected keeps its name, and is refused by it. */
function ofXks({ XksProxyUriPath, XksProxyAuthenticationCredential, ...others }: Readonly<Record<string, unknown>>) {
  const credential = isPlainObject(XksProxyAuthenticationCredential) ? XksProxyAuthenticationCredential : {}
  const { AccessKeyId, RawSecretAccessKey, ...more } = credential
  return {
    Dialect: 'xks-v1',
    UriPathPrefix: typeof XksProxyUriPath === 'string' ? XksProxyUriPath.replace(xksPath, '') : XksProxyUriPath,
    ...(AccessKeyId === undefined ? {} : { AccessKeyId }),
    ...(RawSecretAccessKey === undefined ? {} : { AccessKeySecret: RawSecretAccessKey }),
    ...more,
    ...others,
  }
}

/** The text of a file, to be kept by the person: it holds the secret. */
export const writeProxyConfiguration = (configuration: ProxyConfiguration): string =>
  `${JSON.stringify(configuration, null, 2)}\n`
