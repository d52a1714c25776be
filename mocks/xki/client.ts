/**
 * KMS's end of the way to a proxy: one request per question, signed with the instance's credential, answered within 250 ms (or
 * what is set) or given up. Nothing is retried. KMS cannot tell whether a proxy decrypted rightly; what is not well formed it never takes.
 */
import { externalKeyIdProblem, parseJson } from '#src/api/contract/rules.ts'
import type { InstanceRow, ProxyConnection, ProxyCredential } from '#mocks/store/rows.ts'
import type { SpanRecorder } from '#mocks/trace/trace.ts'
import type { Dialect, Exchange } from './dialects/dialect.ts'
import { xki } from './dialects/xki-client.ts'
import { xksV1 } from './dialects/xks-v1-client.ts'
import { CertificateMismatch, type Delivery, type Network } from './network.ts'
import { answerBudgetMs as presetBudgetMs, XkiError, type XkiCaller, type XkiPort } from './port.ts'

const dialects: Readonly<Record<ProxyConnection['dialect'], Dialect>> = { 'xks-v1': xksV1, xki }

export interface XkiClientOptions {
  readonly network: Network
  /** ms since the epoch by the wall clock: signature times. */
  readonly wallNow: () => number
  /** ms since the epoch by the cloud's clock: how long a replaced credential is still good for. */
  readonly now: () => number
  /** Drawn for each request, where the dialect signs one. */
  readonly nonce: () => string
  /** How long KMS waits for an answer, ms; by the simulated time that a call takes, so that a slow computer changes nothing. */
  readonly answerBudgetMs?: number
}

interface Target {
  readonly instance: InstanceRow
  /** Null: the question is about no key. */
  readonly externalKeyId: string | null
  readonly caller: Pick<XkiCaller, 'operation' | 'requestId'>
  /** Of the request that KMS serves. */
  readonly span: SpanRecorder
}

interface Answered<Answer> {
  /** Null: the proxy has no such key. */
  readonly answer: Answer | null
  readonly latencyMs: number
}

export function createXkiClient(options: XkiClientOptions): XkiPort {
  const { network, wallNow, now, nonce, answerBudgetMs = presetBudgetMs } = options

  async function ask<Answer>(
    { instance, externalKeyId, caller, span: parent }: Target,
    question: (dialect: Dialect) => Exchange<Answer>,
  ): Promise<Answered<Answer>> {
    const { proxy, region } = instance
    if (!proxy) throw new XkiError('kms', 'instanceNotConnected', 'The instance has no proxy.')
    // Such an ID cannot stand in a path, and so names no key of any proxy.
    if (externalKeyId !== null && externalKeyIdProblem(externalKeyId)) return { answer: null, latencyMs: 0 }

    const dialect = dialects[proxy.dialect]
    const exchange = question(dialect)

    async function attempt(credential: ProxyCredential): Promise<Answered<Answer>> {
      const span = parent.child('proxy', exchange.operation)
      span.tell({ instanceId: instance.instanceId })
      let status = 0
      try {
        const request = await dialect.request(exchange, { ...proxy!, ...credential }, region, wallNow(), nonce())
        span.mark('request', `POST ${request.url}`)
        const { response, latencyMs } = await deliver(request, caller.operation, proxy!)
        status = response.status
        span.mark('answer', `${latencyMs} ms`)
        span.tell({ latencyMs })
        const answer = await understand(dialect, exchange, response)
        span.end(status)
        return { answer, latencyMs }
      } catch (cause) {
        const error = cause instanceof XkiError ? cause : failed('The exchange with the proxy broke off.', { cause })
        span.tell({ failedAt: error.hop })
        span.end(status, error.failure)
        throw error
      }
    }

    const { accessKeyId, signingKey, previous } = proxy
    return attempt({ accessKeyId, signingKey }).catch((error: unknown) => {
      // A refused signature did nothing, so that this is no repetition.
      const refused = error instanceof XkiError && error.failure === 'proxyRefusedCredential'
      if (!refused || !previous || previous.validUntil <= now()) throw error
      return attempt(previous)
    })
  }

  async function deliver(request: Request, action: string, proxy: ProxyConnection): Promise<Delivery> {
    const delivery = await network.send(request, action, proxy.certificateFingerprint).catch((cause: unknown) => {
      throw cause instanceof CertificateMismatch
        ? new XkiError(
            'proxy',
            'proxyCertificate',
            'The certificate of the proxy is not the pinned one, or not in its time.',
          )
        : new XkiError('proxy', 'proxyUnreachable', 'The proxy cannot be reached.', { cause })
    })
    if (delivery.latencyMs > answerBudgetMs)
      throw new XkiError('proxy', 'proxyTimeout', `The proxy did not answer within ${answerBudgetMs} ms.`)
    return delivery
  }

  return {
    real: network.real,
    answerBudgetMs,
    look: (host) => network.look(host),

    health: async (instance, caller, span) => {
      const { answer, latencyMs } = await ask({ instance, externalKeyId: null, caller, span }, (dialect) =>
        dialect.health(caller),
      )
      return { health: present(answer), latencyMs }
    },

    metadata: async (instance, externalKeyId, caller, span) => {
      const { answer, latencyMs } = await ask({ instance, externalKeyId, caller, span }, (dialect) =>
        dialect.metadata(externalKeyId, caller),
      )
      return { key: answer, latencyMs }
    },

    encrypt: async (instance, externalKeyId, input, caller, span) => {
      const { answer, latencyMs } = await ask({ instance, externalKeyId, caller, span }, (dialect) =>
        dialect.encrypt(externalKeyId, input, caller),
      )
      return { ...present(answer), latencyMs }
    },

    decrypt: async (instance, externalKeyId, input, caller, span) => {
      const { answer, latencyMs } = await ask({ instance, externalKeyId, caller, span }, (dialect) =>
        dialect.decrypt(externalKeyId, input, caller),
      )
      return { plaintext: present(answer), latencyMs }
    },
  }
}

const failed = (message: string, options?: ErrorOptions): XkiError =>
  new XkiError('proxy', 'proxyError', message, options)

const unreadable = (
  failure: 'proxyUnreadable' | 'proxyTruncated' | 'proxyContentType',
  options?: ErrorOptions,
): XkiError => new XkiError('proxy', failure, 'The answer of the proxy cannot be understood.', options)

function present<Answer>(answer: Answer | null): Answer {
  if (answer === null) throw new XkiError('keyManager', 'externalKeyNotFound', 'The proxy has no such key.')
  return answer
}

/** The meaning of an answer; null: there is no such key. Throws XkiError for other refusals and for what cannot be understood. */
async function understand<Answer>(
  dialect: Dialect,
  exchange: Exchange<Answer>,
  response: Response,
): Promise<Answer | null> {
  if (response.status !== 200) {
    const refusal = await jsonOf(response).catch(() => undefined)
    const failure = dialect.failure(exchange, response.status, refusal)
    if (failure?.failure === 'externalKeyNotFound') return null
    const message = `The proxy answered with status ${response.status}.`
    throw failure ? new XkiError(failure.hop, failure.failure, message) : failed(message)
  }
  const answer = await exchange.read(await jsonOf(response))
  if (answer === undefined) throw unreadable('proxyUnreadable')
  return answer
}

/** Throws XkiError where the answer does not say that it is JSON, breaks off, or is none. */
async function jsonOf(response: Response): Promise<unknown> {
  if (!/^application\/json\s*(?:;|$)/i.test(response.headers.get('content-type') ?? ''))
    throw unreadable('proxyContentType')
  const text = await response.text().catch((cause: unknown) => {
    throw unreadable('proxyTruncated', { cause })
  })
  const value = parseJson(text)
  if (value === undefined) throw unreadable(brokeOff(text) ? 'proxyTruncated' : 'proxyUnreadable')
  return value
}

/** Whether a text that is no JSON may be the beginning of an object. */
const brokeOff = (text: string): boolean => /^\s*\{/.test(text) && !/\}\s*$/.test(text)
