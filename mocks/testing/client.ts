/** A fresh cloud for a unit test, and signed calls to it. */
import { defaultRegion } from '#src/api/contract/regions.ts'
import type { Product } from '#src/api/contract/action.ts'
import { actions, type ActionName, type Input, type Output } from '#src/api/contract/actions.ts'
import type { ErrorCode, ErrorDetail } from '#src/api/contract/errors.ts'
import { writeInput } from '#src/api/contract/params.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { createCloud, type Cloud, type CloudOptions } from '#mocks/cloud.ts'
import type { Origin } from '#mocks/gateway/pipeline.ts'
import { fill, type World } from '#mocks/scenarios/world.ts'
import { cloudTables, vaultTables } from '#mocks/store/rows.ts'
import { openStore } from '#mocks/store/store.ts'
import { fitting } from './fitting.ts'
import { memoryDisk } from './memory-persistence.ts'
import { testRuntime, type TestRuntime } from './runtime.ts'
import { sign, type Signed } from './sign.ts'

export interface TestCloudOptions {
  readonly scenario?: string
  /** Draws the scenario's identifiers and the runtime's bytes. */
  readonly seed?: number
  readonly strict?: boolean
  readonly persistence?: CloudOptions['persistence']
  /** These rows instead of a scenario's. */
  readonly world?: World
}

export interface CallOptions {
  /** Where it comes from; left out: the page. */
  readonly origin?: Origin
  /** Access key ID, or name or purpose of an identity of the scenario; the first identity if left out. */
  readonly as?: string
  /** Temporary credentials instead of an identity's access key. */
  readonly session?: TestSession
  readonly region?: string
}

/** Temporary credentials as AssumeRole answers them, for tests to use and to spoil. */
export interface TestSession {
  readonly accessKeyId: string
  readonly key: CryptoKey
  /** Undefined: sent without. */
  readonly securityToken: string | undefined
}

/** What AssumeRole answered, ready to sign with. */
export const session = async (given: Output<'AssumeRole'>['Credentials']): Promise<TestSession> => ({
  accessKeyId: given.AccessKeyId,
  key: await importHmacKey(utf8(given.AccessKeySecret)),
  securityToken: given.SecurityToken,
})

export interface RefusalBody {
  readonly Code: ErrorCode
  readonly Message: string
  readonly RequestId: string
  readonly Detail: ErrorDetail
}

export interface TestAnswer<B> {
  /** 0: the connection broke. */
  readonly status: number
  readonly headers: Headers
  readonly body: B
}

export interface TestCloud {
  readonly cloud: Cloud
  readonly runtime: TestRuntime
  /** What was thrown inside that is no refusal. */
  readonly defects: readonly unknown[]
  /** Any answer, with the fields of success and refusal side by side. */
  readonly call: <N extends ActionName>(
    action: N,
    input: Input<N>,
    options?: CallOptions,
  ) => Promise<TestAnswer<Partial<Output<N>> & Partial<RefusalBody>>>
  /** The output, read by the contract; throws for a refusal. */
  readonly ok: <N extends ActionName>(action: N, input: Input<N>, options?: CallOptions) => Promise<Output<N>>
  /** The code of the refusal; null for success. */
  readonly code: <N extends ActionName>(action: N, input: Input<N>, options?: CallOptions) => Promise<ErrorCode | null>
  /** A signed request with any parameters, for tests to send as it is or to spoil. */
  readonly signed: (
    product: Product,
    action: string,
    parameters: Iterable<readonly [string, string]>,
    options?: CallOptions,
  ) => Promise<Signed>
  readonly send: (
    request: Signed,
    origin?: Origin,
  ) => Promise<TestAnswer<Partial<RefusalBody> & Record<string, unknown>>>
}

export async function testCloud(options: TestCloudOptions = {}): Promise<TestCloud> {
  const { scenario = 'default', seed = 1, strict = false } = options
  const persistence = options.world ? await storing(options.world) : options.persistence
  const runtime = testRuntime(seed)
  const defects: unknown[] = []
  const cloud = await createCloud({
    runtime,
    scenario: { name: scenario, seed },
    strict,
    report: (error) => defects.push(error),
    ...(persistence ? { persistence } : {}),
  })

  async function accessKeyOf(as: string | undefined): Promise<string> {
    const identities = await cloud.identities()
    const identity =
      as === undefined
        ? identities[0]
        : identities.find(({ accessKeyId, name, about }) => [accessKeyId, name, about].includes(as))
    if (!identity) throw new Error(`The scenario has no identity ${as}.`)
    return identity.accessKeyId
  }

  async function credentialsOf({ as, session }: CallOptions): Promise<TestSession> {
    if (session) return session
    const accessKeyId = await accessKeyOf(as)
    return { accessKeyId, key: await cloud.signingKey(accessKeyId), securityToken: undefined }
  }

  const signed: TestCloud['signed'] = async (product, action, parameters, callOptions = {}) => {
    const { region = defaultRegion } = callOptions
    return sign({
      product,
      region,
      action,
      parameters,
      ...(await credentialsOf(callOptions)),
      time: runtime.wallNow(),
      nonce: runtime.uuid(),
    })
  }

  const send = async <B>({ url, ...init }: Signed, origin?: Origin): Promise<TestAnswer<B>> => {
    const request = new Request(url, init.method === 'GET' ? { method: init.method, headers: init.headers } : init)
    const response = await cloud.fetch(request, origin)
    const { status, headers } = response
    return { status, headers, body: (status === 0 ? {} : await response.json()) as B }
  }

  const call: TestCloud['call'] = async (action, input, callOptions) => {
    const { product, params } = actions[action]
    return send(await signed(product, action, writeInput(params, input), callOptions), callOptions?.origin)
  }

  return {
    cloud,
    runtime,
    defects,
    call,
    ok: async <N extends ActionName>(action: N, input: Input<N>, callOptions?: CallOptions) => {
      const { status, body } = await call(action, input, callOptions)
      if (status !== 200) throw new Error(`${action}: ${status} ${body.Code} ${body.Message}`)
      return fitting<object>(actions[action].output, body) as Output<N>
    },
    code: async (action, input, callOptions) => (await call(action, input, callOptions)).body.Code ?? null,
    signed,
    send,
  }
}

/** Stores that hold a world already. */
async function storing(world: World): Promise<NonNullable<CloudOptions['persistence']>> {
  const persistence = { cloud: memoryDisk().open(), vault: memoryDisk().open() }
  const cloud = await openStore(cloudTables, persistence.cloud)
  cloud.replace((tx) => fill(tx, world.cloud))
  const vault = await openStore(vaultTables, persistence.vault)
  vault.replace((tx) => fill(tx, world.vault))
  await Promise.all([cloud.durable(), vault.durable()])
  return persistence
}
