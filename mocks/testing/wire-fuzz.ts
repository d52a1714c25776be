/** Requests that were right until their bytes were changed, as a broken or hostile client sends them: over a socket, to a cloud on two ports. */
import { connect } from 'node:net'
import { v1StringToSign } from '#src/api/contract/signature-v1.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { importV1Secret } from '#mocks/crypto/hmac-sha1.ts'
import type { StartedCloud } from '#mocks/hosts/node/public.ts'
import { startCloud } from '#mocks/hosts/node/start-cloud.ts'
import { testRuntime } from './runtime.ts'
import { sign } from './sign.ts'

/** Nothing takes as long, on a busy machine either: what does hangs. */
const patienceMs = 20_000
const leavesAfterMs = 400
const connections = 16

const actions: readonly (readonly [action: string, parameters: Readonly<Record<string, string>>])[] = [
  ['ListKeys', { PageSize: '20', Filters: '[{"Key":"KeyState","Values":["Enabled"]}]' }],
  ['DescribeKey', { KeyId: 'alias/orders/db' }],
  ['Encrypt', { KeyId: 'alias/orders/db', Plaintext: 'aGVsbG8=', EncryptionContext: '{"a":"b"}' }],
  ['Encrypt', { KeyId: 'alias/orders/db', Plaintext: 'aGVsbG8=', 'EncryptionContext.a': 'b' }],
  ['GenerateDataKey', { KeyId: 'alias/orders/db', KeySpec: 'AES_256', EncryptionContext: '{"密钥 +":"🔑"}' }],
  ['ListKmsInstances', {}],
]

const text = ({ method, path, headers, body }: Record<'method' | 'path' | 'headers' | 'body', string>): string =>
  `${method} ${path} HTTP/1.1\r\n${headers}connection: close\r\ncontent-length: ${utf8(body).length}\r\n\r\n${body}`

/** Both signature versions, in the query and in a form, each right as it stands. */
async function rightRequest(cloud: StartedCloud, pick: <T>(items: readonly T[]) => T): Promise<string> {
  const [{ accessKeyId, accessKeySecret } = { accessKeyId: '', accessKeySecret: '' }] = cloud.identities
  const [action, parameters] = pick(actions)
  const { host } = new URL(cloud.kms)
  if (pick([true, false])) {
    const signed = await sign({
      product: 'kms',
      region: 'cn-hangzhou',
      action,
      parameters: Object.entries(parameters),
      accessKeyId,
      key: await importHmacKey(utf8(accessKeySecret)),
      time: Date.now(),
      nonce: crypto.randomUUID(),
      address: cloud.kms,
    })
    const headers = Object.entries({ host, ...signed.headers }).map(([name, value]) => `${name}: ${value}\r\n`)
    return text({ method: 'POST', path: '/', headers: headers.join(''), body: signed.body })
  }
  const method = pick(['GET', 'POST'])
  const given = new URLSearchParams({
    Action: action,
    Version: '2016-01-20',
    Format: pick(['JSON', 'XML']),
    AccessKeyId: accessKeyId,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: crypto.randomUUID(),
    Timestamp: new Date().toISOString().replace(/\.\d+/, ''),
    ...parameters,
  })
  const key = await importV1Secret(accessKeySecret)
  const signature = await crypto.subtle.sign('HMAC', key, utf8(v1StringToSign(method, given)))
  given.set('Signature', encodeBase64(new Uint8Array(signature)))
  const inForm = method === 'POST' && pick([true, false])
  const type = inForm ? 'content-type: application/x-www-form-urlencoded\r\n' : ''
  return text({
    method,
    path: inForm ? '/' : `/?${given.toString()}`,
    headers: `host: ${host}\r\n${type}`,
    body: inForm ? given.toString() : '',
  })
}

/** Everything that comes back until the connection ends. `leavesAfter`: when this client sends no more, ms. */
function answerTo(address: string, bytes: Uint8Array, leavesAfter = leavesAfterMs): Promise<string> {
  const { port } = new URL(address)
  return new Promise((resolve, reject) => {
    let got = ''
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes))
    // A request that promises more than it holds is waited for: this client then sends no more.
    const leaving = setTimeout(() => socket.end(), leavesAfter)
    socket.setTimeout(patienceMs, () => {
      socket.destroy()
      reject(new Error(`no answer within ${patienceMs} ms`))
    })
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1')
    })
    socket.on('close', () => {
      clearTimeout(leaving)
      resolve(got)
    })
    socket.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(got) : reject(error),
    )
  })
}

/**
 * Sends `count` requests whose bytes were changed in one to four places. None may be answered with 5xx, or not at all within 20 s, nothing
 * may be reported as a defect, and afterwards a right request is answered. Returns how often each status came; 0: the connection ended.
 */
export async function fuzzWire(seed: number, count: number): Promise<ReadonlyMap<number, number>> {
  const { randomBytes } = testRuntime(seed)
  const number = (below: number): number => {
    const [a, b, c] = randomBytes(3)
    return ((a! << 16) | (b! << 8) | c!) % below
  }
  const pick = <T>(items: readonly T[]): T => items[number(items.length)]!
  const mutated = (request: string): Uint8Array => {
    let bytes = [...utf8(request)]
    for (let changes = 1 + number(4); changes > 0; changes--) {
      const at = number(bytes.length)
      const length = 1 + number(8)
      bytes = pick([
        () => bytes.with(at, number(256)),
        () => bytes.toSpliced(at, length),
        () => bytes.toSpliced(at, 0, ...randomBytes(length)),
        () => bytes.toSpliced(at, 0, ...bytes.slice(at, at + 64 * length)),
        () =>
          bytes.toSpliced(
            at,
            0,
            ...utf8(pick(['\r\n', '%', '%zz', '&', '=', '+', '\0', ' ', '../', '%00', ';,', '%F0%9F'])),
          ),
      ])()
    }
    return Uint8Array.from(bytes)
  }

  const defects: string[] = []
  const warned = (warning: Error): void => {
    if (warning.name === 'CloudDefect') defects.push(warning.message)
  }
  process.on('warning', warned)
  const cloud = await startCloud({ seed })
  const statuses = new Map<number, number>()
  try {
    for (let shot = 0; shot < count; shot += connections) {
      const batch: Uint8Array[] = []
      for (let one = 0; one < connections; one++) batch.push(mutated(await rightRequest(cloud, pick)))
      await Promise.all(
        batch.map(async (bytes) => {
          const answer = await answerTo(cloud.kms, bytes)
          const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1] ?? 0)
          if (status >= 500 || (status === 0 && answer !== ''))
            throw new Error(
              `seed ${seed}, after ${shot}: ${answer.slice(0, 300)}\n${Buffer.from(bytes).toString('latin1')}`,
            )
          statuses.set(status, (statuses.get(status) ?? 0) + 1)
        }),
      )
    }
    const right = await answerTo(cloud.kms, utf8(await rightRequest(cloud, pick)), patienceMs)
    if (!right.startsWith('HTTP/1.1 200 ')) throw new Error(`A right request is not answered any more: ${right}`)
  } finally {
    await cloud.close()
    process.off('warning', warned)
  }
  if (defects.length > 0) throw new Error(`seed ${seed}: a defect: ${defects[0]}`)
  return statuses
}
