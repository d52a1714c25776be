/** Signing in to a cloud over HTTP: whose an access key is, asked of the cloud itself (STS API 2015-04-01, GetCallerIdentity). */
import { ApiError } from '#src/api/api-error.ts'
import { createClient } from '#src/api/client.ts'
import { globalRegion } from '#src/api/contract/action.ts'
import type { Output } from '#src/api/contract/actions.ts'
import { parsePrincipalArn, roleArn } from '#src/api/contract/arn.ts'
import type { AccessKeyPair, Backend, Credentials, Identity } from '#src/api/contract/backend.ts'
import { signingKeyOf } from '#src/api/signer.ts'

export interface SignedIn {
  readonly credentials: Credentials
  readonly identity: Identity
}

export type Place = Pick<Backend, 'address' | 'fetch'>

/** Temporary credentials act as their role, and it is the role that policies name. */
export function identityOf(accessKeyId: string, { AccountId, Arn }: Output<'GetCallerIdentity'>): Identity | null {
  const session = /^acs:ram::[0-9]{16}:assumed-role\/([^/]+)\//.exec(Arn)
  const arn = session ? roleArn(AccountId, session[1]!) : Arn
  const named = parsePrincipalArn(arn)
  if (!named) return null
  const { kind, accountId, name } = named
  return {
    accessKeyId,
    accountId,
    accountName: accountId,
    kind,
    name: kind === 'account' ? 'root' : name,
    arn,
    about: '',
    assumableRoles: [],
  }
}

/** Rejects with the ApiError of a refusal. The secret is in no object afterwards. */
export async function signIn({ address, fetch }: Place, given: AccessKeyPair): Promise<SignedIn> {
  const { accessKeyId, securityToken } = given
  const credentials: Credentials = { accessKeyId, securityToken, key: await signingKeyOf(given.accessKeySecret) }
  const client = createClient({
    fetch,
    address,
    credentials: async () => credentials,
    wallNow: () => Date.now(),
    nonce: () => crypto.randomUUID(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  })
  const result = await client.call('GetCallerIdentity', {}, { region: globalRegion })
  if (!result.ok) throw result.error
  const identity = identityOf(accessKeyId, result.data)
  if (!identity)
    throw new ApiError({ kind: 'unreadable', action: 'GetCallerIdentity', message: 'The caller has an unknown form.' })
  return { credentials, identity }
}
