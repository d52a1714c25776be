/** One suite of requests through every way to the cloud: the page's own, HTTP, and the official clients of npm that can be pointed at an address. */
import { createRequire } from 'node:module'
import PopCore from '@alicloud/pop-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { products, type Product } from '#src/api/contract/action.ts'
import { defaultRegion } from '#src/api/contract/regions.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { cases, fieldAt, type Case, type Known, type Outcome } from '#mocks/testing/conformance/cases.ts'
import { sign } from '#mocks/testing/sign.ts'
import type { StartedCloud } from './public.ts'
import { startCloud } from './start-cloud.ts'

// As programs in CommonJS load them: what `default` means is then not left to the test runner.
const require = createRequire(import.meta.url)
const kms1 = require('@alicloud/kms20160120') as typeof import('@alicloud/kms20160120')
const openApi = require('@alicloud/openapi-client') as typeof import('@alicloud/openapi-client')
const { RuntimeOptions } = require('@alicloud/tea-util') as typeof import('@alicloud/tea-util')

interface Pair {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
}

interface Way {
  readonly name: string
  readonly call: (
    cloud: StartedCloud,
    pair: Pair,
    product: Product,
    action: string,
    parameters: Readonly<Record<string, string>>,
  ) => Promise<Outcome>
  /** Cases that the client has no words for, by action or name. */
  readonly lacks?: readonly string[]
}

/** What is thrown for a refusal, with its code. */
async function outcomeOf(answer: Promise<unknown>): Promise<Outcome> {
  try {
    return { code: null, body: await answer }
  } catch (error) {
    const { code } = error as { code?: string }
    // No refusal, but a defect of the test or a broken connection.
    if (typeof code !== 'string' || !/^[A-Z]/.test(code)) throw error
    return { code, body: null }
  }
}

const signedByHand =
  (address: (kms: string) => string | undefined): Way['call'] =>
  async ({ kms }, pair, product, action, parameters) => {
    const at = address(kms)
    const { url, ...init } = await sign({
      product,
      region: defaultRegion,
      action,
      parameters: Object.entries(parameters),
      accessKeyId: pair.accessKeyId,
      securityToken: pair.securityToken,
      key: await importHmacKey(utf8(pair.accessKeySecret)),
      time: Date.now(),
      nonce: crypto.randomUUID(),
      ...(at === undefined ? {} : { address: at }),
    })
    const answer = await fetch(at ?? kms + new URL(url).pathname, init)
    const body = (await answer.json()) as { Code?: string }
    return { code: answer.ok ? null : (body.Code ?? ''), body }
  }

const viaPopCore =
  (method: 'GET' | 'POST'): Way['call'] =>
  ({ kms }, { accessKeyId, accessKeySecret, securityToken = '' }, product, action, parameters) => {
    const { version } = products[product]
    const client = new PopCore({ accessKeyId, accessKeySecret, securityToken, endpoint: kms, apiVersion: version })
    return outcomeOf(client.request(action, parameters, { method }))
  }

const viaOpenApi =
  (signatureAlgorithm: 'v2' | undefined): Way['call'] =>
  async ({ kms }, pair, product, action, parameters) => {
    const { protocol, host } = new URL(kms)
    const client = new openApi.default(
      new openApi.Config({ ...pair, endpoint: host, protocol: protocol.slice(0, -1), signatureAlgorithm }),
    )
    const params = new openApi.Params({
      action,
      version: products[product].version,
      protocol: 'HTTP',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    })
    const request = new openApi.OpenApiRequest({ query: { ...parameters } })
    const answer = client.callApi(params, request, new RuntimeOptions({}))
    return outcomeOf(answer.then((found) => found['body'] as unknown))
  }

type Named = { readonly names: () => Record<string, string> }
const flipped = (names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([own, wire]) => [wire, own]))

/** Its models know their fields in lower camel case; what is JSON on the wire in an EncryptionContext is a map there. */
const viaKms20160120: Way['call'] = async ({ kms }, pair, _product, action, parameters) => {
  const { hostname, port } = new URL(kms)
  const client = new kms1.default({
    ...pair,
    regionId: defaultRegion,
    endpoint: `${hostname}:${port}`,
    protocol: 'http',
    type: 'access_key',
  } as never)
  const models = kms1 as unknown as Record<string, (new (map: object) => object) & Named>
  const Request = models[`${action}Request`]!
  const own = flipped(Request.names())
  const input = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      own[name],
      name === 'EncryptionContext' ? (JSON.parse(value) as unknown) : /^\d+$/.test(value) ? Number(value) : value,
    ]),
  )
  const method = action[0]!.toLowerCase() + action.slice(1)
  const call = Reflect.get(client, method) as (request: object) => Promise<object>
  const { code, body } = await outcomeOf(call.call(client, new Request(input)))
  return { code: code?.replace(/Error$/, '') ?? null, body: upperCamel(body) }
}

function upperCamel(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(upperCamel)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name[0]!.toUpperCase() + name.slice(1), upperCamel(inner)]),
  )
}

const ways: readonly Way[] = [
  { name: "the console's own path", call: signedByHand(() => undefined) },
  { name: 'HTTP, signed by version 3', call: signedByHand((kms) => kms) },
  { name: '@alicloud/pop-core, GET', call: viaPopCore('GET') },
  { name: '@alicloud/pop-core, POST', call: viaPopCore('POST') },
  { name: '@alicloud/openapi-client, signature version 3', call: viaOpenApi(undefined) },
  { name: '@alicloud/openapi-client, signature version 1', call: viaOpenApi('v2') },
  {
    name: '@alicloud/kms20160120 1.2.0',
    call: viaKms20160120,
    // It is of 2020 and knows KMS alone; a request without a parameter that it needs does not leave it.
    lacks: [
      'TagResources',
      'GetKeyPolicy',
      'ListKmsInstances',
      'GetCallerIdentity',
      'ListUsers',
      'MakeCoffee',
      'a parameter left out',
    ],
  },
]

let cloud: StartedCloud
beforeAll(async () => {
  cloud = await startCloud()
})
afterAll(() => cloud.close())

describe.each(ways)('$name', ({ call, lacks = [] }) => {
  const known: Record<string, string> = {}
  const told = cases.filter(({ name, action }) => !lacks.includes(name) && !lacks.includes(action))

  test.each(told)('$name ($action)', async (given: Case) => {
    const { product = 'kms', action, parameters, code = null, answers = () => ({}), remember = {} } = given
    const outcome = await call(cloud, cloud.identities[0]!, product, action, parameters(known))
    expect(outcome.code).toBe(code)
    for (const [path, value] of Object.entries(answers(known satisfies Known)))
      expect(fieldAt(outcome.body, path), path).toEqual(value)
    for (const [name, path] of Object.entries(remember)) known[name] = String(fieldAt(outcome.body, path))
  })

  test('a wrong secret, and an access key that is not there', async () => {
    const pair = cloud.identities[0]!
    const spoilt = await call(cloud, { ...pair, accessKeySecret: `${pair.accessKeySecret}x` }, 'kms', 'ListKeys', {})
    expect(spoilt.code).toBe('SignatureDoesNotMatch')
    const unknown = await call(cloud, { ...pair, accessKeyId: 'LTAINOBODY' }, 'kms', 'ListKeys', {})
    expect(unknown.code).toBe('InvalidAccessKeyId.NotFound')
  })

  test('a user who lacks the permission', async () => {
    const user = cloud.identities.find(({ name }) => name === 'crypto-app')!
    const denied = await call(cloud, user, 'kms', 'DisableKey', { KeyId: known['keyId']! })
    expect(denied.code).toBe('Forbidden.NoPermission')
  })
})
