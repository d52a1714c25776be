/**
 * Temporary credentials of a role (STS API 2015-04-01, AssumeRole). The secret becomes a key that cannot be read as soon as it arrives; key
 * and token live in this tab's memory and nowhere else, so a reload assumes the role anew.
 */
import type { ApiResult, Client } from './client.ts'
import { globalRegion } from './contract/action.ts'
import type { Input } from './contract/actions.ts'
import type { Credentials } from './contract/backend.ts'
import { signingKeyOf } from './signer.ts'

export interface RoleToAssume {
  readonly roleArn: string
  /** 2–64 of `A-Za-z0-9.@-_`: what the role's doings are told by. */
  readonly sessionName: string
  /** 900 up to the role's own limit. */
  readonly seconds: number
}

export interface RoleSession {
  readonly credentials: Credentials
  /** `acs:ram::<uid>:assumed-role/<role>/<session>` */
  readonly arn: string
  /** By the cloud's clock, ms since the epoch. */
  readonly expiresAt: number
}

/** `identity`: the client of whom assumes the role. */
export async function assumeRole(identity: Client, role: RoleToAssume): Promise<ApiResult<RoleSession>> {
  const input: Input<'AssumeRole'> = {
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName,
    DurationSeconds: role.seconds,
  }
  const result = await identity.call('AssumeRole', input, { region: globalRegion })
  if (!result.ok) return result
  const { Credentials: given, AssumedRoleUser } = result.data
  const credentials: Credentials = {
    accessKeyId: given.AccessKeyId,
    key: await signingKeyOf(given.AccessKeySecret),
    securityToken: given.SecurityToken,
  }
  const session = { credentials, arn: AssumedRoleUser.Arn, expiresAt: Date.parse(given.Expiration) }
  return { ok: true, data: session, requestId: result.requestId }
}
