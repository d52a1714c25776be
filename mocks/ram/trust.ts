/** Whom a role trusts (RAM user guide, Edit the trust policy of a RAM role). */
import { principalOf } from '#src/api/contract/access.ts'
import { fits } from '#src/api/contract/fits.ts'
import type { Caller } from '#mocks/kms/context.ts'
import type { TrustPolicy } from '#mocks/store/rows.ts'

type Trustee = Pick<Caller, 'accountId' | 'arn'>

/** An account stands for all of its users and roles, which need the permission besides. Names are whole: no wildcard stands in one. */
function names(arn: string, { accountId, arn: callerArn }: Trustee): boolean {
  const principal = principalOf(arn)
  if (!principal) return false
  return principal.kind === 'account' ? principal.accountId === accountId : arn === callerArn
}

/** Whether a role may be assumed by somebody, as far as the role has a say. An explicit deny wins. */
export function trusts({ Statement }: TrustPolicy, caller: Trustee): boolean {
  const about = Statement.filter(
    ({ Action, Principal }) =>
      Action.some((pattern) => fits(pattern, 'sts:AssumeRole')) && Principal.RAM.some((arn) => names(arn, caller)),
  )
  return about.length > 0 && about.every(({ Effect }) => Effect === 'Allow')
}
