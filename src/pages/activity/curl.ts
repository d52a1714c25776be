/** A request as a command line: what was left out, and what a signature depends on, stands as a placeholder. */
import type { RequestField, RequestTrace } from '#src/api/contract/requests.ts'

/** Made anew for every request. */
const madeAnew = new Set([
  'authorization',
  'x-acs-date',
  'x-acs-signature-nonce',
  'x-acs-content-sha256',
  'x-acs-security-token',
  // Of signature version 1.0.
  'Signature',
  'SignatureNonce',
  'Timestamp',
])

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
const placeholder = (name: string): string => `<${name.toUpperCase()}>`
const valueOf = ({ Name, Value }: RequestField): string =>
  Value === null || madeAnew.has(Name) ? placeholder(Name) : Value

export function curlOf({ Method, Host, Headers, Parameters, AccessKeyId }: RequestTrace): string {
  const parameterOf = (field: RequestField): string =>
    field.Name === 'AccessKeyId' && AccessKeyId !== '' ? AccessKeyId : valueOf(field)
  const headers = Headers.map((field) => `${field.Name}: ${valueOf(field)}`)
  return [
    `curl -X ${Method} ${quoted(`https://${Host}/`)}`,
    ...headers.map((header) => `-H ${quoted(header)}`),
    ...Parameters.map((field) => `--data-urlencode ${quoted(`${field.Name}=${parameterOf(field)}`)}`),
    ...(Method === 'GET' ? ['-G'] : []),
  ].join(' \\\n  ')
}
