/**
 * What the way to an external key costs: encryption and decryption of 4 KB through the whole chain (signed at the console, gateway, KMS,
 * proxy, key manager and back), beside bare AES-GCM of as many bytes, turn by turn in this process; and where the time goes.
 */
import { actions, type ActionName, type Input, type Output } from '#src/api/contract/actions.ts'
import { writeInput } from '#src/api/contract/params.ts'
import { createCloud } from '#mocks/cloud.ts'
import { generateAesGcmKey, open, seal } from '#mocks/crypto/aes-gcm.ts'
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { noBytes, sameBytes } from '#mocks/crypto/bytes.ts'
import { systemRuntime } from '#mocks/runtime.ts'
import { aliases, identities } from '#mocks/scenarios/names.ts'
import { sign } from '#mocks/testing/sign.ts'
import type { Span } from '#mocks/trace/trace.ts'
import { median } from './measure.ts'

const plaintextBytes = 4096
/** Calls of each kind in a round. */
const calls = 50

type Crypto = Extract<ActionName, 'Encrypt' | 'Decrypt'>

async function chain() {
  const cloud = await createCloud({ runtime: systemRuntime })
  const { accessKeyId } = identities.account
  const key = await cloud.signingKey(accessKeyId)
  const call = async <N extends Crypto>(action: N, input: Input<N>): Promise<Output<N>> => {
    const { url, ...init } = await sign({
      product: 'kms',
      region: 'cn-hangzhou',
      action,
      parameters: writeInput(actions[action].params, input),
      accessKeyId,
      key,
      securityToken: undefined,
      time: systemRuntime.wallNow(),
      nonce: systemRuntime.uuid(),
    })
    const response = await cloud.fetch(new Request(url, init))
    if (response.status !== 200) throw new Error(`${action}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Output<N>
  }
  return { call, spans: () => cloud.dump().trace }
}

/** Milliseconds of one request by what was done; what the caller spends on signing and reading stands apart. */
function sharesOf({ startedAt, endedAt, marks, children: [hop] }: Span): Map<string, number> {
  const at = (of: Pick<Span, 'marks'>, step: string): number => of.marks.find((mark) => mark.step === step)?.at ?? NaN
  if (!hop || endedAt === null || hop.endedAt === null) throw new Error('The request did not go to the proxy.')
  const authenticated = at({ marks }, 'authenticate')
  return new Map([
    ['gateway: signature verified', authenticated - startedAt],
    ['gateway and KMS: all other rules', hop.startedAt - authenticated],
    ['KMS: request to the proxy signed', at(hop, 'request') - hop.startedAt],
    ['proxy and key manager', at(hop, 'answer') - at(hop, 'request')],
    ['KMS: answer checked', hop.endedAt - at(hop, 'answer')],
    ['KMS: answer written and durable', endedAt - hop.endedAt],
  ])
}

/** Milliseconds of one call, as the mean of many. */
async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  for (let at = 0; at < calls; at++) await run()
  return (performance.now() - started) / calls
}

const row = (what: string, ms: number, of: string): void =>
  console.log(`${what.padEnd(38)}${ms.toFixed(3).padStart(9)} ms  ${of.padStart(8)}`)

export async function benchCrypto(rounds: number): Promise<void> {
  const { call, spans } = await chain()
  const plaintext = systemRuntime.randomBytes(plaintextBytes)
  const Plaintext = encodeBase64(plaintext)
  const { CiphertextBlob } = await call('Encrypt', { KeyId: aliases.working, Plaintext })

  const bareKey = await generateAesGcmKey(256)
  const bare = (iv = systemRuntime.randomBytes(12)) => seal(bareKey, { iv, plaintext, additionalData: noBytes })
  const iv = systemRuntime.randomBytes(12)
  const sealed = await bare(iv)

  const runs = {
    bareEncrypt: () => bare(),
    bareDecrypt: async () => {
      const opened = await open(bareKey, { iv, ...sealed, additionalData: noBytes })
      if (!opened || !sameBytes(opened, plaintext)) throw new Error('AES-GCM does not open what it sealed.')
    },
    Encrypt: () => call('Encrypt', { KeyId: aliases.working, Plaintext }),
    Decrypt: async () => {
      if ((await call('Decrypt', { CiphertextBlob })).Plaintext !== Plaintext) throw new Error('A wrong plaintext.')
    },
  }
  const times = new Map(Object.keys(runs).map((name) => [name, [] as number[]]))
  for (let round = -1; round < rounds; round++)
    for (const [name, run] of Object.entries(runs)) {
      const ms = await timed(run)
      if (round >= 0) times.get(name)?.push(ms)
    }

  const of = (name: keyof typeof runs): number => median(times.get(name) ?? [])
  console.log(`\n${plaintextBytes} bytes, mean of ${calls} calls, median of ${rounds} rounds\n`)
  for (const action of ['Encrypt', 'Decrypt'] as const) {
    const [alone, whole] = [of(`bare${action}`), of(action)]
    row(`AES-GCM alone, ${action.toLowerCase()}`, alone, '')
    row(`${action}, the whole chain`, whole, `${(whole / alone).toFixed(1)}×`)
    const shares = spans()
      .filter((span) => span.operation === action)
      .slice(0, calls * rounds)
      .map(sharesOf)
    let told = 0
    for (const name of shares[0]?.keys() ?? []) {
      const ms = median(shares.map((share) => share.get(name) ?? NaN))
      told += ms
      row(`  ${name}`, ms, `${((100 * ms) / whole).toFixed(0)} %`)
    }
    row('  console: signed, sent and read', whole - told, `${((100 * (whole - told)) / whole).toFixed(0)} %`)
    console.log('')
  }
}
