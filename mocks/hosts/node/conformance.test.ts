/** One suite of requests through every way to the cloud: the page's own, HTTP, and the official clients of npm that can be pointed at an address. */
import { createRequire } from 'node:module'
import PopCore from '@alicloud/pop-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { products, type Product } from '#src/api/contract/action.ts'
import { defaultRegion } from '#src/api/contract/regions.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { createClient } from '#src/api/client.ts'
import { signingKeyOf } from '#src/api/signer.ts'
import { actions, isActionName, type Input } from '#src/api/contract/actions.ts'
import { consoleActions, type ConsoleActionName } from '#src/api/contract/console-actions.ts'
import { readInput } from '#src/api/contract/params.ts'
import { createCloud } from '#mocks/cloud.ts'
import { systemRuntime } from '#mocks/runtime.ts'
import { instances } from '#mocks/scenarios/names.ts'
import { fieldAt, type Case, type Known, type Outcome } from '#mocks/testing/conformance/case.ts'
import { cases } from '#mocks/testing/conformance/cases.ts'
import { sign } from '#mocks/testing/sign.ts'
import type { StartedCloud } from './public.ts'
import { createSecretKeeper, type Secrets } from './secrets.ts'
import { startCloud } from './start-cloud.ts'

// As programs in CommonJS load them: what `default` means is then not left to the test runner.
const require = createRequire(import.meta.url)
const kms1 = require('@alicloud/kms20160120') as typeof import('@alicloud/kms20160120')
const openApi = require('@alicloud/openapi-client') as typeof import('@alicloud/openapi-client')
const openApiCore = require('@alicloud/openapi-core') as typeof import('@alicloud/openapi-core')
const { RuntimeOptions: DaraRuntimeOptions } =
  require('@darabonba/typescript') as typeof import('@darabonba/typescript')
const { RuntimeOptions } = require('@alicloud/tea-util') as typeof import('@alicloud/tea-util')

interface Pair {
  readonly accessKeyId: string
  readonly accessKeySecret: string
  readonly securityToken?: string
}

interface Asked {
  readonly product: Product
  readonly region: string
  readonly action: string
  readonly parameters: Readonly<Record<string, string>>
}

/** A cloud as one way reaches it. */
interface Reached {
  readonly identities: readonly (Pair & { readonly name: string })[]
  readonly known: Known
  readonly advanceClock: (ms: number) => Promise<void>
  readonly call: (pair: Pair, asked: Asked) => Promise<Outcome>
  readonly close: () => Promise<void>
}

interface Way {
  readonly name: string
  readonly reach: () => Promise<Reached>
  /** Whether the client has words for a case. Left out: for all. */
  readonly speaks?: (given: Case) => boolean
}

interface Stored {
  readonly cloud: { readonly instances: readonly { readonly instanceId: string; readonly name: string }[] }
}

/** What no case can find out by itself. */
function knownIn({ cloud }: Stored, { accessKeyId, secretAccessKey }: StartedCloud['xks'] | Secrets['xks']): Known {
  const idOf = (name: keyof typeof instances): string =>
    cloud.instances.find((instance) => instance.name === instances[name].name)!.instanceId
  return {
    payments: idOf('payments'),
    group: idOf('group'),
    recovery: idOf('recovery'),
    bought: idOf('softwareBought'),
    apps: idOf('software'),
    singapore: idOf('softwareSingapore'),
    xksId: accessKeyId,
    xksSecret: secretAccessKey,
  }
}

type OverHttp = (cloud: StartedCloud, pair: Pair, asked: Asked) => Promise<Outcome>

const overHttp = (call: OverHttp) => async (): Promise<Reached> => {
  const cloud = await startCloud()
  const { identities, xks, lab, labToken, kms, close } = cloud
  const snapshot = await fetch(`${kms}/_lab/snapshot`, { headers: { authorization: `Bearer ${labToken}` } })
  const known = knownIn((await snapshot.json()) as Stored, xks)
  return { identities, known, advanceClock: lab.advanceClock, call: (pair, asked) => call(cloud, pair, asked), close }
}

/** The console's own client over the cloud in the page. Secrets are drawn as for HTTP: the page itself has keys alone. */
async function inThePage(): Promise<Reached> {
  const secrets = createSecretKeeper(systemRuntime)
  const cloud = await createCloud({ runtime: systemRuntime, furnish: secrets.furnish })
  const { accessKeys, xks } = secrets.current()
  const base = 'https://console.test/'
  const call = async ({ accessKeyId, accessKeySecret }: Pair, { region, action, parameters }: Asked) => {
    const client = createClient({
      fetch: (url, init) => cloud.fetch(new Request(url, init)),
      address: base,
      credentials: async () => ({ accessKeyId, key: await signingKeyOf(accessKeySecret), securityToken: null }),
      wallNow: systemRuntime.wallNow,
      nonce: systemRuntime.uuid,
      sleep: systemRuntime.sleep,
    })
    const name = action as ConsoleActionName
    const input = readInput(consoleActions[name].params, new Map(Object.entries(parameters)))
    const result = await client.call(name, input as Input<typeof name>, { region })
    if (result.ok) return { code: null, body: result.data }
    return { code: result.error.code, body: null }
  }
  return {
    identities: (await cloud.identities()).map(({ name, accessKeyId }) => ({
      name,
      accessKeyId,
      accessKeySecret: accessKeys[accessKeyId]!,
    })),
    known: knownIn(cloud.dump() as unknown as Stored, xks),
    advanceClock: cloud.lab.advanceClock,
    call,
    close: async () => {},
  }
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

/** A client at `/` names the region that it means, where it is not the cloud's own. */
const inRegion = (region: string, parameters: Asked['parameters']): Record<string, string> =>
  region === defaultRegion ? { ...parameters } : { RegionId: region, ...parameters }

const signedByHand =
  (address: (kms: string) => string | undefined): OverHttp =>
  async ({ kms }, pair, { product, region, action, parameters }) => {
    const at = address(kms)
    const { url, ...init } = await sign({
      product,
      region,
      action,
      parameters: Object.entries(inRegion(region, parameters)),
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
  (method: 'GET' | 'POST'): OverHttp =>
  ({ kms }, { accessKeyId, accessKeySecret, securityToken = '' }, { product, region, action, parameters }) => {
    const { version } = products[product]
    const client = new PopCore({ accessKeyId, accessKeySecret, securityToken, endpoint: kms, apiVersion: version })
    return outcomeOf(client.request(action, inRegion(region, parameters), { method }))
  }

/** What both generations of the general client are told of a call. */
const rpcCall = (product: Product, action: string) => ({
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

const viaOpenApi =
  (signatureAlgorithm: 'v2' | undefined): OverHttp =>
  async ({ kms }, pair, { product, region, action, parameters }) => {
    const { protocol, host } = new URL(kms)
    const client = new openApi.default(
      new openApi.Config({ ...pair, endpoint: host, protocol: protocol.slice(0, -1), signatureAlgorithm }),
    )
    const params = new openApi.Params(rpcCall(product, action))
    const request = new openApi.OpenApiRequest({ query: inRegion(region, parameters) })
    const answer = client.callApi(params, request, new RuntimeOptions({}))
    return outcomeOf(answer.then((found) => found['body'] as unknown))
  }

/** Successor of openapi-client: the same, with the parts in other places. */
const viaOpenApiCore =
  (signatureAlgorithm: 'v2' | undefined): OverHttp =>
  async ({ kms }, pair, { product, region, action, parameters }) => {
    const { protocol, host } = new URL(kms)
    const { Config, Params, OpenApiRequest } = openApiCore.$OpenApiUtil
    const client = new openApiCore.default(
      new Config({ ...pair, endpoint: host, protocol: protocol.slice(0, -1), signatureAlgorithm }),
    )
    const params = new Params(rpcCall(product, action))
    const request = new OpenApiRequest({ query: inRegion(region, parameters) })
    const answer = client.callApi(params, request, new DaraRuntimeOptions({}))
    return outcomeOf(answer.then((found: Record<string, unknown>) => found['body']))
  }

type Named = { readonly names: () => Record<string, string> }
const flipped = (names: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(names).map(([own, wire]) => [wire, own]))

/** Its models know their fields in lower camel case; what is JSON on the wire in an EncryptionContext is a map there. */
const viaKms20160120: OverHttp = async ({ kms }, pair, { action, parameters }) => {
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

const modelsOfKms1 = kms1 as unknown as Readonly<Record<string, Named | undefined>>
/** It is of 2020: actions and parameters that came later are none to it, and a request without what it needs does not leave it. */
const knownToKms1 = ({ product = 'kms', name, action, region, parameters }: Case): boolean => {
  const model = product === 'kms' && region === undefined ? modelsOfKms1[`${action}Request`] : undefined
  const names = model ? Object.values(model.names()) : []
  const needed = Object.keys(parameters({}))
  return (
    model !== undefined && name !== 'a parameter left out' && needed.every((parameter) => names.includes(parameter))
  )
}
/** Version 1.0 signs with a parameter of this name, which an action may then have no more. */
const namesNoAccessKey = ({ action }: Case): boolean =>
  action !== 'ConnectExternalInstance' && action !== 'ChangeProxyCredential'
/** The console makes no request that its contract does not know, and none that the contract refuses. */
const againstContract = new Set(['a parameter left out', 'a plaintext that is no Base64', 'a deletion too soon'])
const knownToConsole = ({ name, action }: Case): boolean =>
  Object.hasOwn(consoleActions, action) && !againstContract.has(name)

const ways: readonly Way[] = [
  { name: "the console's client, in the page", reach: inThePage, speaks: knownToConsole },
  { name: "the console's own path, over HTTP", reach: overHttp(signedByHand(() => undefined)) },
  { name: 'HTTP, signed by version 3', reach: overHttp(signedByHand((kms) => kms)) },
  { name: '@alicloud/pop-core, GET', reach: overHttp(viaPopCore('GET')), speaks: namesNoAccessKey },
  { name: '@alicloud/pop-core, POST', reach: overHttp(viaPopCore('POST')), speaks: namesNoAccessKey },
  { name: '@alicloud/openapi-client, signature version 3', reach: overHttp(viaOpenApi(undefined)) },
  {
    name: '@alicloud/openapi-client, signature version 1',
    reach: overHttp(viaOpenApi('v2')),
    speaks: namesNoAccessKey,
  },
  { name: '@alicloud/openapi-core, signature version 3', reach: overHttp(viaOpenApiCore(undefined)) },
  {
    name: '@alicloud/openapi-core, signature version 1',
    reach: overHttp(viaOpenApiCore('v2')),
    speaks: namesNoAccessKey,
  },
  { name: '@alicloud/kms20160120 1.2.0', reach: overHttp(viaKms20160120), speaks: knownToKms1 },
]

/** Who may do nothing is refused by permission; for an action that needs none, a wrong secret is. */
const denial = (product: Product, action: string): string | null => {
  if (!isActionName(action) || 'absent' in actions[action]) return null
  if (actions[action].permission === null) return 'SignatureDoesNotMatch'
  return product === 'kms' ? 'Forbidden.NoPermission' : 'NoPermission'
}

test('every action is told with a success and a refusal', () => {
  const told = (refused: boolean) =>
    new Set(cases.filter(({ code }) => (code !== undefined) === refused).map(({ action }) => action))
  const succeeds = told(false)
  const refuses = told(true)
  const names = Object.keys(actions) as (keyof typeof actions)[]
  // What this build never carries out has refusals alone.
  expect(names.filter((name) => !('absent' in actions[name]) && !succeeds.has(name))).toEqual([])
  // Each success is also refused, see below: to whoever lacks its permission, or signs with a wrong secret.
  expect(names.filter((name) => denial(actions[name].product, name) === null && !refuses.has(name))).toEqual([])
})

describe.each(ways)('$name', ({ reach, speaks = () => true }) => {
  const known: Record<string, string> = {}
  let cloud: Reached
  let account: Pair
  let intern: Pair
  const userNamed = (user: string): Pair => cloud.identities.find(({ name }) => name === user)!
  beforeAll(async () => {
    cloud = await reach()
    account = cloud.identities[0]!
    intern = userNamed('intern')
    Object.assign(known, cloud.known)
  })
  afterAll(() => cloud.close())

  test.each(cases.filter(speaks))('$action: $name', async (given: Case) => {
    const { product = 'kms', region = defaultRegion, action, as, afterMs = 0, code = null } = given
    const { answers = () => ({}), remember = {} } = given
    const asked = { product, region, action, parameters: given.parameters(known) }
    if (afterMs > 0) await cloud.advanceClock(afterMs)
    const denied = code === null ? denial(product, action) : null
    if (denied === 'SignatureDoesNotMatch')
      expect((await cloud.call({ ...account, accessKeySecret: 'wrong' }, asked)).code).toBe(denied)
    else if (denied !== null) expect((await cloud.call(intern, asked)).code).toBe(denied)
    const outcome = await cloud.call(as === undefined ? account : userNamed(as), asked)
    expect(outcome.code).toBe(code)
    for (const [path, value] of Object.entries(answers(known))) expect(fieldAt(outcome.body, path), path).toEqual(value)
    for (const [name, path] of Object.entries(remember)) known[name] = String(fieldAt(outcome.body, path))
  })

  test('an access key that is not there', async () => {
    const asked = { product: 'kms', region: defaultRegion, action: 'ListKeys', parameters: {} } as const
    expect((await cloud.call({ ...account, accessKeyId: 'LTAINOBODY' }, asked)).code).toBe(
      'InvalidAccessKeyId.NotFound',
    )
  })
})
