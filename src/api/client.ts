import { ApiError, isApiError } from './api-error.ts'
import { globalRegion, products } from './contract/action.ts'
import type { Input, Output } from './contract/actions.ts'
import type { Action } from './contract/action.ts'
import type { ConsoleActionName } from './contract/console-actions.ts'
import { firstActions, isFirstAction } from './contract/first-actions.ts'
import { markHeader, type Credentials } from './contract/backend.ts'
import { writeInput } from './contract/params.ts'
import * as shape from './contract/shapes.ts'
import { signedHeaders } from './signer.ts'

export type ApiResult<T> =
  | { readonly ok: true; readonly data: T; readonly requestId: string | null }
  | { readonly ok: false; readonly error: ApiError }

export interface ClientOptions {
  /** Injected: tests hand in the emulator's own. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>
  /** Below which the API answers, ending in `/`. */
  readonly address: string
  /** Asked for each request: temporary ones are renewed. An ApiError that it rejects with is the call's. */
  readonly credentials: () => Promise<Credentials>
  readonly wallNow: () => number
  readonly nonce: () => string
  readonly sleep: (ms: number) => Promise<void>
  /**
   * Given where an emulator stands behind the page: every answer of its carries a mark. One without never reached it (a stopped
   * service worker lets requests through to the static host), so interception is revived and the request sent once more.
   */
  readonly revive?: (() => Promise<void>) | undefined
}

export interface CallOptions {
  readonly region: string
  readonly signal?: AbortSignal | undefined
}

export interface Client {
  /** Never throws for an answer, and never repeats a write by itself. Rejects only with the signal's AbortError. */
  readonly call: <N extends ConsoleActionName>(
    name: N,
    input: Input<N>,
    options: CallOptions,
  ) => Promise<ApiResult<Output<N>>>
}

const refusal = shape.object({
  Code: shape.string(),
  Message: shape.optional(shape.string()),
  RequestId: shape.optional(shape.string()),
  Detail: shape.optional(shape.object({})),
})

/** Reads wait this long before they try again on 429, ms. */
const backoff = [250, 750, 2000] as const
/** Reads in flight at once: a page of rows must not crowd out what the person does next. */
const readsAtOnce = 6

const definitionOf = async (name: ConsoleActionName): Promise<Action> =>
  isFirstAction(name) ? firstActions[name] : (await import('./contract/later-actions.ts')).laterActions[name]

export function createClient(options: ClientOptions): Client {
  const acquire = createPool(readsAtOnce)

  async function send(name: ConsoleActionName, body: string, { region, signal }: CallOptions): Promise<Response> {
    const { product } = await definitionOf(name)
    const place = products[product].regional ? region : globalRegion
    const headers = await signedHeaders({
      product,
      region,
      action: name,
      body,
      credentials: await options.credentials(),
      time: options.wallNow(),
      nonce: options.nonce(),
    })
    return options.fetch(`${options.address}api/${product}/${place}/`, {
      method: 'POST',
      headers,
      body,
      cache: 'no-store',
      ...(signal ? { signal } : {}),
    })
  }

  async function deliver(name: ConsoleActionName, body: string, call: CallOptions): Promise<Response | ApiError> {
    const { revive } = options
    const arrived = (response: Response): boolean => !revive || response.headers.has(markHeader)
    const notDelivered = (): ApiError =>
      new ApiError({ kind: 'notDelivered', action: name, message: 'The request did not reach the cloud.' })
    try {
      const response = await send(name, body, call)
      if (!revive || arrived(response)) return response
      const revived = await revive().then(
        () => true,
        () => false,
      )
      if (!revived) return notDelivered()
      const again = await send(name, body, call)
      return arrived(again) ? again : notDelivered()
    } catch (error) {
      if (call.signal?.aborted === true) throw error
      if (isApiError(error)) return error
      const message = error instanceof Error ? error.message : String(error)
      return new ApiError({ kind: 'unreachable', action: name, message })
    }
  }

  async function attempt<N extends ConsoleActionName>(
    name: N,
    body: string,
    call: CallOptions,
  ): Promise<ApiResult<Output<N>>> {
    const response = await deliver(name, body, call)
    if (response instanceof ApiError) return { ok: false, error: response }
    const { status } = response
    const requestId = response.headers.get('x-acs-request-id')
    const answer: unknown = await response.json().catch(() => undefined)
    if (response.ok) {
      const data = (await definitionOf(name)).output.read(answer)
      if (!(data instanceof shape.Misfit)) return { ok: true, data: data as Output<N>, requestId }
    } else {
      const refused = refusal.read(answer)
      if (!(refused instanceof shape.Misfit)) {
        const { Code, Message, RequestId, Detail } = refused
        return {
          ok: false,
          error: new ApiError({
            kind: 'refused',
            action: name,
            status,
            code: Code,
            message: Message ?? Code,
            requestId: RequestId ?? requestId,
            detail: Detail ?? {},
          }),
        }
      }
    }
    return {
      ok: false,
      error: new ApiError({
        kind: 'unreadable',
        action: name,
        status,
        requestId,
        message: `Unreadable answer (${status}).`,
      }),
    }
  }

  return {
    async call(name, input, call) {
      const definition = await definitionOf(name).catch(() => null)
      if (!definition) {
        const message = 'The part of the console that makes this call could not be loaded.'
        return { ok: false, error: new ApiError({ kind: 'unreachable', action: name, message }) }
      }
      const { params, kind } = definition
      const body = new URLSearchParams([...writeInput(params, input)]).toString()
      if (kind !== 'read') return attempt(name, body, call)
      const release = await acquire()
      try {
        let result = await attempt(name, body, call)
        for (const pause of backoff) {
          if (result.ok || result.error.status !== 429) break
          await options.sleep(pause)
          call.signal?.throwIfAborted()
          result = await attempt(name, body, call)
        }
        return result
      } finally {
        release()
      }
    },
  }
}

/** Lets `size` holders in at once, the rest in order. */
function createPool(size: number): () => Promise<() => void> {
  let free = size
  const queue: (() => void)[] = []
  const release = (): void => {
    const next = queue.shift()
    if (next) next()
    else free += 1
  }
  return async () => {
    if (free > 0) free -= 1
    else await new Promise<void>((resolve) => queue.push(resolve))
    return release
  }
}
