/** Signed calls over HTTP to a cloud that was started with `startCloud`, as an official client makes them. */
import { actions, type ActionName, type Input, type Output } from '#src/api/contract/actions.ts'
import { writeInput } from '#src/api/contract/params.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import type { CloudIdentity, StartedCloud } from '#mocks/hosts/node/public.ts'
import { sign, type Signed } from './sign.ts'

type Signer = Pick<CloudIdentity, 'accessKeyId' | 'accessKeySecret'>

/** Of access key secrets; importing one for each request would be most of a client's work. */
const keys = new Map<string, Promise<CryptoKey>>()
function keyOf({ accessKeySecret }: Signer): Promise<CryptoKey> {
  const key = keys.get(accessKeySecret) ?? importHmacKey(utf8(accessKeySecret))
  keys.set(accessKeySecret, key)
  return key
}

/** A signed request to `/` of an address. */
export async function signedFor<N extends ActionName>(
  address: string,
  identity: Signer,
  action: N,
  input: Input<N>,
): Promise<Signed> {
  const { product, params } = actions[action]
  return sign({
    product,
    region: 'cn-hangzhou',
    action,
    parameters: writeInput(params, input),
    accessKeyId: identity.accessKeyId,
    key: await keyOf(identity),
    time: Date.now(),
    nonce: crypto.randomUUID(),
    address,
  })
}

/** Rejects with Error for a refusal, and with TypeError where the connection breaks. */
export async function callOver<N extends ActionName>(
  { kms }: Pick<StartedCloud, 'kms'>,
  identity: Signer,
  action: N,
  input: Input<N>,
): Promise<Output<N>> {
  const { url, ...init } = await signedFor(kms, identity, action, input)
  const answer = await fetch(url, init)
  const body = (await answer.json()) as Output<N> & { readonly Code?: string; readonly Message?: string }
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${body.Code} ${body.Message}`)
  return body
}
