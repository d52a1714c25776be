/** Step 1: what came in, as one call. Nothing is believed yet: action and version are as sent. */
import { globalRegion, products, type Product } from '#src/api/contract/action.ts'
import type { WireParams } from '#src/api/contract/params.ts'
import { defaultRegion, isRegion } from '#src/api/contract/regions.ts'
import { limits } from '#src/api/contract/rules.ts'
import { utf8Text } from '#mocks/crypto/bytes.ts'
import { ServiceError } from '#mocks/service-error.ts'

export interface Call {
  readonly product: Product
  /** Region of the endpoint; `global` for products without regions. */
  readonly region: string
  /** The host that the request is signed for: the logical one where its path names the endpoint. */
  readonly host: string
  readonly method: string
  readonly headers: Headers
  /** The URL's parameters, decoded, in the order sent: part of what is signed. */
  readonly query: readonly (readonly [string, string])[]
  readonly body: Uint8Array<ArrayBuffer>
  /** Parameters of query and form body together, as sent: what signature version 1.0 covers. */
  readonly sent: WireParams
  /** The same, with maps that came flattened as the JSON that they stand for. */
  readonly params: WireParams
  /** `JSON` where none is named (KMS API 2016-01-20, Common parameters); clients write it in any case. Not judged yet. */
  readonly format: string
  readonly action: string | null
  readonly version: string | null
}

/** `<base>api/<product>/<region or "global">/`, whatever the base. */
const pathPattern = /\/api\/([a-z]+)\/([a-z0-9-]+)\/$/
const formPattern = /^application\/x-www-form-urlencoded(?:\s*;\s*charset="?utf-8"?)?$/i

/** HEAD is what GET is, and its answer goes out without the body (RFC 9110, 9.3.2): it is signed as what it is. */
const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])

export interface Endpoint {
  readonly product: Product
  readonly region: string
  readonly host: string
}

/** Path and query, without its mark, of a URL as Request has it, whole and normalised: read off, since every request is asked for them several times. */
export function targetOf(url: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const hash = url.indexOf('#', start)
  const end = hash < 0 ? url.length : hash
  const mark = url.indexOf('?', start)
  return mark < 0 || mark > end
    ? { path: url.slice(start, end), query: '' }
    : { path: url.slice(start, mark), query: url.slice(mark + 1, end) }
}

/** The endpoint that a URL's path names; null where it names none. */
export function endpointOf(url: string): Endpoint | null {
  const [, product = '', region = ''] = pathPattern.exec(targetOf(url).path) ?? []
  if (!Object.hasOwn(products, product)) return null
  const { regional, host } = products[product as Product]
  if (regional ? !isRegion(region) : region !== globalRegion) return null
  return { product: product as Product, region, host: host(region) }
}

/** Region and host that a request is for, as far as its URL says; empty: it does not. */
export function placeOf(request: Request): Pick<Endpoint, 'region' | 'host'> {
  return endpointOf(request.url) ?? { region: '', host: isRoot(request) ? hostOf(request) : '' }
}

/** Official clients call `/`, and sign for the host that they see. */
const isRoot = ({ url }: Request): boolean => targetOf(url).path === '/'
const hostOf = ({ url, headers }: Request): string => headers.get('host') ?? new URL(url).host

const productByVersion: ReadonlyMap<string, Product> = new Map(
  (Object.keys(products) as Product[]).map((name) => [products[name].version, name]),
)

/**
 * The endpoint of a request to `/`: the product by its version, KMS where that is none; the region by a label of the host
 * (`kms.cn-shanghai.aliyuncs.com`), else by RegionId (assumed), else the one of the cloud.
 */
function endpointAtRoot(request: Request, version: string | null, params: WireParams, preset: string): Endpoint {
  const product = productByVersion.get(version ?? '') ?? 'kms'
  const host = hostOf(request)
  const named = host.split('.').find(isRegion) ?? [params.get('RegionId') ?? ''].find(isRegion)
  return { product, region: products[product].regional ? (named ?? preset) : globalRegion, host }
}

/**
 * Throws InvalidAction.NotFound, UnsupportedHTTPMethod, RequestEntityTooLarge or ParseRequestParameterException (KMS API 2016-01-20,
 * Request syntax). `region`: where nothing names one.
 */
export async function decode(request: Request, region: string = defaultRegion): Promise<Call> {
  const endpoint = endpointOf(request.url)
  if (!endpoint && !isRoot(request)) throw new ServiceError('InvalidAction.NotFound')
  if (!methods.has(request.method)) throw new ServiceError('UnsupportedHTTPMethod')
  const body = await readBody(request)
  if (body.length > 0 && !formPattern.test(request.headers.get('content-type') ?? ''))
    throw unreadable('The body must be application/x-www-form-urlencoded in UTF-8.')
  const query = parseForm(targetOf(request.url).query)
  const sent = new Map<string, string>()
  for (const parameters of [query, body.length === 0 ? [] : parseForm(textOf(body))])
    for (const [name, value] of parameters) {
      if (sent.has(name)) throw unreadable('A parameter is given more than once.')
      sent.set(name, value)
    }
  const version = eitherPlace(request.headers.get('x-acs-version'), sent.get('Version'))
  // Written out: spreading it costs more than all the rest of this step.
  const place = endpoint ?? endpointAtRoot(request, version, sent, region)
  return {
    product: place.product,
    region: place.region,
    host: place.host,
    method: request.method,
    headers: request.headers,
    query,
    body,
    sent,
    params: withWholeMaps(sent),
    format: (sent.get('Format') || 'JSON').toUpperCase(),
    action: eitherPlace(request.headers.get('x-acs-action'), sent.get('Action')),
    version,
  }
}

/** Older official clients send `EncryptionContext.<name>=<value>` for each entry (@alicloud/kms20160120 1.2.0), where JSON is documented. */
const maps = ['EncryptionContext', 'SourceEncryptionContext', 'DestinationEncryptionContext'] as const

function withWholeMaps(sent: WireParams): WireParams {
  if (!hasDot(sent.keys())) return sent
  const params = new Map(sent)
  for (const map of maps) {
    // Both forms at once mean nothing: the parameter is then refused as half-read.
    if (sent.has(map)) continue
    const entries = [...sent].filter(([name]) => name.startsWith(`${map}.`))
    if (entries.length === 0) continue
    for (const [name] of entries) params.delete(name)
    params.set(
      map,
      JSON.stringify(Object.fromEntries(entries.map(([name, value]) => [name.slice(map.length + 1), value]))),
    )
  }
  return params
}

function hasDot(names: Iterable<string>): boolean {
  for (const name of names) if (name.includes('.')) return true
  return false
}

const unreadable = (reason: string): ServiceError => new ServiceError('ParseRequestParameterException', { reason })

async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = () => new ServiceError('RequestEntityTooLarge', { max: String(limits.bodyBytes) })
  if (Number(request.headers.get('content-length') ?? 0) > limits.bodyBytes) throw tooLarge()
  const body = await request.arrayBuffer().catch(() => {
    throw unreadable('The body could not be read.')
  })
  if (body.byteLength > limits.bodyBytes) throw tooLarge()
  return new Uint8Array(body)
}

function textOf(body: Uint8Array): string {
  const text = utf8Text(body)
  if (text === null) throw unreadable('The body is not UTF-8.')
  return text
}

/** Stricter than URLSearchParams, which replaces what it cannot decode. */
function parseForm(text: string): readonly (readonly [string, string])[] {
  const part = (encoded: string): string => decodeURIComponent(encoded.replaceAll('+', ' '))
  try {
    return text
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const equals = pair.indexOf('=')
        return equals < 0 ? [part(pair), ''] : [part(pair.slice(0, equals)), part(pair.slice(equals + 1))]
      })
  } catch {
    throw unreadable('A parameter is not percent-encoded UTF-8.')
  }
}

/** Action and version travel in a header (signature version 3) or as a parameter; two places must not contradict each other. */
function eitherPlace(header: string | null, parameter: string | undefined): string | null {
  if (header !== null && parameter !== undefined && header !== parameter)
    throw unreadable('The action or version in the header differs from the one in the parameters.')
  return (header ?? parameter) || null
}
