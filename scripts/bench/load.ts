/** Load over HTTP with little work of its own: requests are written down before, and answers are only measured. */
import { connect, type Socket } from 'node:net'

export interface Prepared {
  readonly path: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A request as it goes over the wire. */
export function written(address: string, { path, method, headers, body }: Prepared): Buffer {
  const { host } = new URL(address)
  const lines = Object.entries({ host, ...headers, 'content-length': String(Buffer.byteLength(body)) })
  return Buffer.from(
    `${method} ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`,
  )
}

export interface Load {
  readonly perSecond: number
  /** Milliseconds. */
  readonly median: number
  readonly p99: number
  /** Of the last answer, head and body. */
  readonly bytes: number
}

/** Sends every request once, over so many connections, each with one under way. Rejects where an answer is not 200. */
export async function load(address: string, requests: readonly Buffer[], connections: number): Promise<Load> {
  const { hostname, port } = new URL(address)
  const queue = requests.values()
  const times: number[] = []
  let bytes = 0
  const startedAt = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect(Number(port), hostname)
      socket.setNoDelay(true)
      try {
        for (const request of queue) {
          const sentAt = performance.now()
          socket.write(request)
          bytes = await answer(socket)
          times.push(performance.now() - sentAt)
        }
      } finally {
        socket.destroy()
      }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? NaN
  return { perSecond: requests.length / seconds, median: at(0.5), p99: at(0.99), bytes }
}

/** Bytes of one answer whose length its head tells. */
function answer(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let got: Buffer = Buffer.alloc(0)
    let expected = Infinity
    const onData = (chunk: Buffer): void => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk])
      if (expected === Infinity) {
        const end = got.indexOf('\r\n\r\n')
        if (end < 0) return
        const head = got.toString('latin1', 0, end)
        if (!head.startsWith('HTTP/1.1 200 ')) return fail(new Error(got.toString()))
        expected = end + 4 + Number(/content-length: (\d+)/i.exec(head)?.[1])
      }
      if (got.length >= expected) settle(() => resolve(got.length))
    }
    const fail = (error: Error): void => settle(() => reject(error))
    const onClose = (): void => fail(new Error('The connection broke.'))
    const settle = (then: () => void): void => {
      socket.off('data', onData).off('error', fail).off('close', onClose)
      then()
    }
    socket.on('data', onData).on('error', fail).on('close', onClose)
  })
}
