import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { serve, type Handler, type RunningServer, type Served, type ServerOptions } from './server.ts'

let running: RunningServer | null = null
let defects: unknown[] = []
let told: Served[] = []

async function start(handle: Handler, more: Partial<ServerOptions> = {}): Promise<string> {
  defects = []
  told = []
  running = await serve({
    handle,
    host: '127.0.0.1',
    port: 0,
    bodyBytes: 1000,
    report: (defect) => defects.push(defect),
    served: (served) => told.push(served),
    ...more,
  })
  return running.address
}

afterEach(async () => {
  await running?.close()
  running = null
})

/** Everything that comes back on one connection until it ends, or until `until` stands in it. */
function raw(address: string, text: string, until?: RegExp): Promise<string> {
  const { port } = new URL(address)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(text))
    let got = ''
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1')
      if (until?.test(got)) socket.destroy()
    })
    socket.on('close', () => resolve(got))
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve(got) : reject(error)))
  })
}

const echo: Handler = async (request, origin) =>
  Response.json({
    method: request.method,
    url: request.url,
    host: request.headers.get('host'),
    bytes: (await request.arrayBuffer()).byteLength,
    origin,
  })

describe('the server', () => {
  it('hands on what was asked, and where from', async () => {
    const address = await start(echo)
    const answer = await fetch(`${address}/a/b?c=%20d`, { method: 'POST', body: 'x=1' })
    expect(await answer.json()).toEqual({
      method: 'POST',
      url: `${address}/a/b?c=%20d`,
      host: new URL(address).host,
      bytes: 3,
      origin: { sourceIp: '127.0.0.1', secureTransport: false },
    })
    expect(told).toMatchObject([{ status: 200, from: '127.0.0.1' }])
  })

  it('takes the path of every form of target, and leaves no slash twice at its beginning', async () => {
    const address = await start(echo)
    const ask = (target: string) => raw(address, `GET ${target} HTTP/1.1\r\nHost: here:1\r\nConnection: close\r\n\r\n`)
    expect(await ask('http://else.test/x?y')).toContain('"url":"http://here:1/x?y"')
    expect(await ask('//else.test/x')).toContain('"url":"http://here:1/else.test/x"')
    expect(await ask('http://else.test')).toContain('"url":"http://here:1/"')
  })

  it('answers HEAD without a body, and says how long it would be', async () => {
    const address = await start(async () => new Response('four'))
    const answer = await raw(address, 'HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer.toLowerCase()).toContain('content-length: 4\r\n')
    expect(answer).toMatch(/\r\n\r\n$/)
  })

  it('takes a request line of nearly 256 KiB, and refuses a longer one', async () => {
    const address = await start(echo)
    const long = (length: number) => `GET /?${'x'.repeat(length)} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`
    expect(await raw(address, long(255 * 1024))).toMatch(/^HTTP\/1\.1 200 /)
    expect(await raw(address, long(300 * 1024))).toMatch(/^HTTP\/1\.1 431 /)
    expect(told).toHaveLength(1)
  })

  it('reads no more of a body than one byte beyond its limit, whether or not its length is told', async () => {
    const address = await start(async (request) => {
      const { byteLength } = await request.arrayBuffer()
      return new Response(String(byteLength), { status: byteLength > 1000 ? 413 : 200 })
    })
    const body = 'x'.repeat(5000)
    for (const told of [
      `Content-Length: 5000\r\n\r\n${body}`,
      `Transfer-Encoding: chunked\r\n\r\n1388\r\n${body}\r\n0\r\n\r\n`,
    ]) {
      const answer = await raw(address, `POST / HTTP/1.1\r\nHost: a\r\n${told}`)
      expect(answer).toMatch(/^HTTP\/1\.1 413 /)
      expect(answer.toLowerCase()).toContain('connection: close')
      expect(answer).toMatch(/\r\n\r\n1001$/)
    }
    expect(await (await fetch(address, { method: 'POST', body: 'x'.repeat(1000) })).text()).toBe('1000')
  })

  it('survives what is no HTTP, and what breaks off', async () => {
    const address = await start(echo)
    const broken = [
      'rubbish\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
      'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      '\u0016\u0003\u0001\u0002\u0000\u0001',
    ]
    for (const text of broken)
      expect([text, await raw(address, text)]).toEqual([text, expect.stringMatching(/^HTTP\/1\.1 400 /)])
    const half = connect(Number(new URL(address).port), '127.0.0.1')
    half.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc', () => half.destroy())
    expect((await fetch(address)).status).toBe(200)
    expect(defects).toEqual([])
  })

  it('gives up on a client that sends too slowly', async () => {
    const address = await start(echo, { limits: { headMs: 100, requestMs: 200 } })
    expect(await raw(address, 'GET / HTTP/1.1\r\nHost: a\r\n')).toMatch(/^HTTP\/1\.1 408 /)
  })

  it('keeps a connection for the next request, and answers those that were sent at once in their order', async () => {
    const address = await start(async (request) => new Response(new URL(request.url).pathname))
    const one = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`
    const answers = await raw(address, one('/first') + one('/second') + one('/third'), /\/third$/)
    expect(answers.match(/\/(?:first|second|third)/g)).toEqual(['/first', '/second', '/third'])
  })

  it('breaks the connection off where the answer is a broken one, and where the handler fails', async () => {
    const address = await start(async (request) => {
      if (request.url.endsWith('/defect')) throw new Error('a defect')
      return Response.error()
    })
    await expect(fetch(address)).rejects.toThrow()
    expect(told).toMatchObject([{ status: 0 }])
    await expect(fetch(`${address}/defect`)).rejects.toThrow()
    expect(defects).toMatchObject([{ message: 'a defect' }])
  })

  it('lets what is under way end when it closes, and takes nothing more', async () => {
    let release!: () => void
    let arrived!: () => void
    const here = new Promise<void>((resolve) => (arrived = resolve))
    const held = new Promise<void>((resolve) => (release = resolve))
    const address = await start(async () => {
      arrived()
      await held
      return new Response('late')
    })
    const answer = fetch(address)
    await here
    const closed = running!.close()
    await expect(fetch(address)).rejects.toThrow()
    release()
    expect(await (await answer).text()).toBe('late')
    await closed
  })
})
