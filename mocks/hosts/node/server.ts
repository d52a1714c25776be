/**
 * A function from requests to answers, served by node:http. It knows no API: it bounds what it reads, survives what is no HTTP, and tells of
 * every request that it answered.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Encoded } from '#mocks/gateway/encode.ts'
import type { Origin } from '#mocks/gateway/pipeline.ts'
import { plainRequest } from './plain-request.ts'

/** Null, or Response.error(): the connection is broken off. */
export type Handler = (request: Request, origin: Origin) => Promise<Response | Encoded | null>

/** A request as its log line tells it. `status` 0: the connection was broken off on purpose, or by the client. */
export interface Served {
  readonly request: Request
  readonly requestId: string | null
  readonly status: number
  readonly durationMs: number
  /** Address of whoever asked. */
  readonly from: string
}

export interface ServerOptions {
  /** May reject: the connection is then closed, and `report` told. */
  readonly handle: Handler
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  /** Bytes of a body that are read; of a longer one the handler is given one byte more than that, and refuses it. */
  readonly bodyBytes: number
  readonly report: (defect: unknown) => void
  readonly served?: (served: Served) => void
  readonly limits?: Partial<ServerLimits>
}

export interface ServerLimits {
  /** Request line and headers together: clients put plaintexts and policies in the query. */
  readonly headBytes: number
  readonly headMs: number
  readonly requestMs: number
  readonly keepAliveMs: number
  /** How long a client may go on sending a body that was refused, so that it reads why. */
  readonly lingerMs: number
  /** How long requests under way have at the end. */
  readonly graceMs: number
}

const presets: ServerLimits = {
  headBytes: 256 * 1024,
  headMs: 20_000,
  requestMs: 60_000,
  keepAliveMs: 65_000,
  lingerMs: 1000,
  graceMs: 5000,
}

export interface RunningServer {
  /** `http://<host>:<port>`, without a slash at its end. */
  readonly address: string
  /** Takes no more requests, lets those under way end, and then closes what is left. */
  readonly close: () => Promise<void>
}

/** Rejects with the system's error where the port cannot be had. */
export async function serve(options: ServerOptions): Promise<RunningServer> {
  const limits = { ...presets, ...options.limits }
  const server = createServer({
    maxHeaderSize: limits.headBytes,
    headersTimeout: limits.headMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.keepAliveMs,
    connectionsCheckingInterval: Math.min(limits.headMs, 5000),
  })
  server.on('request', (incoming, outgoing) => {
    answer(incoming, outgoing, server, options, limits).catch((defect: unknown) => {
      options.report(defect)
      incoming.socket.destroy()
    })
  })
  server.on('clientError', refuseMalformed)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { address: addressOf(server), close: () => close(server, limits.graceMs) }
}

function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose answer was on its way already is idle a moment later.
    const again = setInterval(() => server.closeIdleConnections(), 50)
    const last = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearInterval(again)
      clearTimeout(last)
      resolve()
    })
  })
}

const malformed: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
}

/** What node's parser refuses never becomes a request. */
function refuseMalformed(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy()
  const status = malformed[error.code ?? ''] ?? '400 Bad Request'
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

async function answer(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  server: Server,
  { handle, bodyBytes, served }: ServerOptions,
  { lingerMs }: ServerLimits,
): Promise<void> {
  const startedAt = performance.now()
  const body = await readBody(incoming, bodyBytes)
  // The client left before it had sent everything.
  if (body === null) return
  const tooLong = body.length > bodyBytes
  const request = requestOf(incoming, body)
  if (request === null) return refuseUnreadable(incoming, outgoing)
  const origin = originOf(incoming.socket)
  const answer = plainAnswer(await handle(request, origin))
  const content = answer && contentOf(await answer.body)
  served?.({
    request,
    requestId: answer?.headers['x-acs-request-id'] ?? null,
    status: answer?.status ?? 0,
    durationMs: performance.now() - startedAt,
    from: origin.sourceIp,
  })
  if (!content) return void incoming.socket.destroy()
  // The rest of a body that is too long is nobody's, and a server that closes has no next request.
  if (tooLong || !server.listening) outgoing.shouldKeepAlive = false
  const { status, headers } = answer
  outgoing.writeHead(
    status,
    hasBody(status) ? [...Object.entries(headers).flat(), 'content-length', String(content.length)] : headers,
  )
  outgoing.end(incoming.method === 'HEAD' ? undefined : content)
  if (tooLong) linger(incoming, lingerMs)
}

const hasBody = (status: number): boolean => status >= 200 && status !== 204 && status !== 304

interface PlainAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Promise<ArrayBuffer>
}

const contentOf = (body: string | ArrayBuffer): Buffer =>
  typeof body === 'string' ? Buffer.from(body) : Buffer.from(body)

function plainAnswer(answer: Response | Encoded | null): PlainAnswer | null {
  if (!(answer instanceof Response)) return answer
  if (answer.type === 'error') return null
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: answer.arrayBuffer() }
}

/** The body, or the first `limit` + 1 bytes of a longer one; null: it broke off. */
function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer<ArrayBuffer> | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let length = 0
    incoming.on('data', (chunk: Buffer) => {
      chunks.push(chunk)
      length += chunk.length
      if (length <= limit) return
      incoming.pause()
      resolve(Buffer.concat(chunks).subarray(0, limit + 1))
    })
    incoming.on('end', () => resolve(Buffer.concat(chunks)))
    incoming.on('error', () => resolve(null))
    incoming.on('close', () => resolve(null))
  })
}

/** Lets the client read the answer before the connection breaks: it would otherwise see a reset where it still sends. */
function linger(incoming: IncomingMessage, ms: number): void {
  const { socket } = incoming
  const last = setTimeout(() => socket.destroy(), ms)
  incoming.once('end', () => clearTimeout(last))
  socket.once('close', () => clearTimeout(last))
  incoming.removeAllListeners('data')
  incoming.resume()
}

/** Null where the host or the target is none. */
function requestOf({ method = 'GET', headers, url = '/' }: IncomingMessage, body: Buffer<ArrayBuffer>): Request | null {
  const target = `http://${headers.host ?? 'localhost'}${pathOf(url)}`
  const whole = wholeUrl(target)
  if (whole === null) return null
  const texts = new Map<string, string>()
  for (const name in headers) texts.set(name, String(headers[name] ?? ''))
  return plainRequest(whole, method, texts, body)
}

function wholeUrl(text: string): string | null {
  try {
    return new URL(text).href
  } catch {
    return null
  }
}

/** Of the target's four forms the path and the query. Clients whose endpoint ends in a slash send two. */
function pathOf(target: string): string {
  const path = target.startsWith('/') ? target : target.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?]*/i, '')
  return `/${path.replace(/^\/+/, '')}`
}

function refuseUnreadable(incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.writeHead(400, { connection: 'close', 'content-length': 0 })
  outgoing.end()
  incoming.resume()
}

/** No TLS here; an IPv4 address that came over an IPv6 socket is told as what it is. */
const originOf = ({ remoteAddress = '127.0.0.1' }: Socket): Origin => ({
  sourceIp: remoteAddress.replace(/^::ffff:(?=\d+\.)/, ''),
  secureTransport: false,
})
