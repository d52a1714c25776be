/**
 * The way to proxies that are no part of the emulator: over TLS, with the certificate pinned by its fingerprint, whoever issued it, and
 * verified before anything is sent. Only hosts that were named are looked up: a cloud for tests is no way into a network.
 */
import { createHash } from 'node:crypto'
import { Agent, request as httpsRequest, type RequestOptions } from 'node:https'
import type { IncomingMessage } from 'node:http'
import type { LookupFunction } from 'node:net'
import type { Duplex } from 'node:stream'
import { lookup as systemLookup } from 'node:dns'
import { connect, type TLSSocket } from 'node:tls'
import { callbackify } from 'node:util'
import type { Certificate } from '#mocks/store/rows.ts'
import { CertificateMismatch, isTrusted, type Delivery, type Network } from '#mocks/xki/network.ts'
import { CloudStartError } from './start-error.ts'

/** Answers of a proxy are small: what is longer is none. XKS Proxy API 1.0.3 has none above 10 kB. */
const maxAnswerBytes = 1024 * 1024
/** A connection may take longer to stand than an answer to come: it is kept, and serves many requests. */
const connectBudgetMs = 3000

export interface RealProxiesOptions {
  /** `<name>` or `<name>=<address>` where no DNS knows it; `*`: any. Without a port: any port. */
  readonly hosts: readonly string[]
  /** ms since the epoch by the cloud's clock: whether a certificate is in its time. */
  readonly now: () => number
  /** How long an answer may take, ms by the wall clock. */
  readonly answerBudgetMs: number
}

export interface RealProxies extends Pick<Network, 'send' | 'look'> {
  readonly close: () => void
}

const hostPattern = /^(?:\*|[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?:=[0-9a-f.:]+)?)$/i

/** Throws CloudStartError for what is no host. */
function readHosts(hosts: readonly string[]): ReadonlyMap<string, string | null> {
  const wrong = hosts.find((host) => !hostPattern.test(host))
  if (wrong !== undefined) throw new CloudStartError(`${wrong} is no host name, nor name=address.`)
  return new Map(
    hosts.map((host) => {
      const [name = '', address = null] = host.toLowerCase().split('=')
      return [name, address]
    }),
  )
}

const noConnection = (cause?: unknown): TypeError => new TypeError('The connection failed.', { cause })

function certificateOf(socket: TLSSocket): Certificate | null {
  const { raw, subject, valid_from: from, valid_to: to } = socket.getPeerCertificate()
  if (!raw) return null
  return {
    fingerprint: `sha256-${createHash('sha256').update(raw).digest('hex')}`,
    subject: Object.entries(subject)
      .map(([name, value]) => `${name}=${String(value)}`)
      .join(', '),
    notBefore: Date.parse(from),
    notAfter: Date.parse(to),
  }
}

export function createRealProxies({ hosts, now, answerBudgetMs }: RealProxiesOptions): RealProxies {
  const named = readHosts(hosts)
  const isNamed = (name: string): boolean => named.has('*') || named.has(name)
  const lookup: LookupFunction = (name, options, done) => {
    const address = named.get(name)
    if (typeof address !== 'string') systemLookup(name, options, done)
    else if (options.all === true) done(null, [{ address, family: address.includes(':') ? 6 : 4 }])
    else done(null, address, address.includes(':') ? 6 : 4)
  }

  /** Resolves when the handshake is over, whatever the certificate. Rejects where there is no connection. */
  const open = (host: string, port: number): Promise<TLSSocket> =>
    new Promise((resolve, reject) => {
      const socket = connect({
        host,
        port,
        lookup,
        servername: host,
        // Its issuer is of no account: the certificate itself is compared.
        rejectUnauthorized: false,
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['http/1.1'],
      })
      const give = setTimeout(() => socket.destroy(new Error('The connection takes too long.')), connectBudgetMs)
      socket.once('error', (error) => {
        clearTimeout(give)
        reject(error)
      })
      socket.once('secureConnect', () => {
        clearTimeout(give)
        resolve(socket)
      })
    })

  async function openPinned(host: string, port: number, fingerprint: string): Promise<TLSSocket> {
    const socket = await open(host, port)
    const certificate = certificateOf(socket)
    if (certificate && isTrusted(certificate, fingerprint, now())) return socket
    socket.destroy()
    throw new CertificateMismatch()
  }

  const whenPinned = callbackify(openPinned)

  /** Of connections whose certificate had one fingerprint; they are kept for the next request. */
  class PinningAgent extends Agent {
    readonly fingerprint: string
    constructor(fingerprint: string) {
      super({ keepAlive: true, maxFreeSockets: 8, maxCachedSessions: 0 })
      this.fingerprint = fingerprint
    }
    override createConnection(
      { host, port }: RequestOptions,
      done?: (error: Error | null, socket: Duplex) => void,
    ): null {
      whenPinned(host ?? '', Number(port ?? 443), this.fingerprint, (error, socket) => done?.(error, socket))
      return null
    }
  }
  const agents = new Map<string, PinningAgent>()
  function agentOf(fingerprint: string): PinningAgent {
    const agent = agents.get(fingerprint) ?? new PinningAgent(fingerprint)
    agents.set(fingerprint, agent)
    return agent
  }

  function exchange(url: URL, request: Request, body: Buffer, fingerprint: string): Promise<Delivery> {
    return new Promise((resolve, reject) => {
      let startedAt = performance.now()
      let timer: NodeJS.Timeout | undefined
      const outgoing = httpsRequest(url, {
        method: request.method,
        agent: agentOf(fingerprint),
        headers: { ...Object.fromEntries(request.headers), 'content-length': body.length },
      })
      // The wait for a connection is limited by itself.
      outgoing.once('socket', () => {
        startedAt = performance.now()
        timer = setTimeout(() => {
          resolve({ response: Response.error(), latencyMs: Infinity })
          outgoing.destroy()
        }, answerBudgetMs)
      })
      outgoing.once('error', (error) => {
        clearTimeout(timer)
        const wasClosed = outgoing.reusedSocket && (error as NodeJS.ErrnoException).code === 'ECONNRESET'
        // Meanwhile the other side had closed a connection that was kept: the request never began.
        if (wasClosed) resolve(exchange(url, request, body, fingerprint))
        else reject(error instanceof CertificateMismatch ? error : noConnection(error))
      })
      outgoing.once('response', (incoming) => {
        void responseOf(incoming).then((response) => {
          clearTimeout(timer)
          resolve({ response, latencyMs: Math.round(performance.now() - startedAt) })
        }, reject)
      })
      outgoing.end(body)
    })
  }

  return {
    send: async (request, _, fingerprint) => {
      const url = new URL(request.url)
      if (!isNamed(url.hostname)) throw noConnection()
      return exchange(url, request, Buffer.from(await request.arrayBuffer()), fingerprint)
    },
    look: async (host) => {
      const [name = '', port = '443'] = host.split(':')
      if (!isNamed(name)) return { resolved: false }
      try {
        const socket = await open(name, Number(port))
        const certificate = certificateOf(socket)
        socket.destroy()
        return { resolved: true, certificate }
      } catch (error) {
        const { syscall } = error as NodeJS.ErrnoException
        return syscall === 'getaddrinfo' ? { resolved: false } : { resolved: true, certificate: null }
      }
    },
    close: () => {
      for (const agent of agents.values()) agent.destroy()
    },
  }
}

/** The whole answer; one whose body breaks off, or never ends, is an answer whose body cannot be read. Rejects for what is no HTTP answer. */
async function responseOf(incoming: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = []
  let size = 0
  let whole = true
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > maxAnswerBytes) throw new RangeError('The answer is too long.')
      chunks.push(chunk)
    }
  } catch {
    whole = false
    incoming.destroy()
  }
  const { statusCode: status = 0 } = incoming
  if (status < 200 || status > 599) throw noConnection()
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value)
  const isEmpty = status === 204 || status === 205 || status === 304
  const broken = (): ReadableStream =>
    new ReadableStream({ start: (controller) => controller.error(new TypeError('The answer broke off.')) })
  return new Response(isEmpty ? null : whole ? Buffer.concat(chunks) : broken(), { status, headers })
}
