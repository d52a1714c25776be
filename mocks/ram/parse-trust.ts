/** Trust policies, read strictly: what `trusts` cannot weigh is refused when written, never ignored. */
import { principalOf } from '#src/api/contract/access.ts'
import { isPlainObject, type Problem } from '#src/api/contract/rules.ts'
import type { TrustPolicy, TrustStatement } from '#mocks/store/rows.ts'
import { parseDocument, problem, type StatementForm } from './parse-document.ts'

/** Known to RAM, not weighed by this build. */
const unsupportedPrincipals: ReadonlySet<string> = new Set(['Service', 'Federated'])

/**
 * RAM API 2015-05-01, CreateRole, AssumeRolePolicyDocument, read strictly. A bare text is accepted where a list stands in the
 * documentation. `at` is a path such as `Statement[0].Principal.RAM[1]`.
 */
export const parseTrustPolicy = (text: string): TrustPolicy | Problem => parseDocument(text, statementForm)

const statementForm: StatementForm<TrustStatement> = {
  elements: new Set(['Effect', 'Action', 'Principal']),
  unsupported: new Set(['Condition']),
  read: (raw, Effect, at) => {
    const { Principal } = raw
    const actions = listOf(raw['Action'])
    const action = actions.findIndex((item) => item !== 'sts:AssumeRole')
    if (action >= 0) return problem('action', `${at}.Action[${action}]`)
    if (!isPlainObject(Principal)) return problem('principal', `${at}.Principal`)
    for (const name of Object.keys(Principal)) {
      if (unsupportedPrincipals.has(name)) return problem('unsupportedElement', `${at}.Principal.${name}`)
      if (name !== 'RAM') return problem('unknownElement', `${at}.Principal.${name}`)
    }
    const arns = listOf(Principal['RAM'])
    const arn = arns.findIndex((item) => typeof item !== 'string' || principalOf(item) === null)
    if (arn >= 0) return problem('principal', `${at}.Principal.RAM[${arn}]`)
    return { Effect, Action: actions as readonly string[], Principal: { RAM: arns as readonly string[] } }
  },
}

/** An empty list lacks its first. */
function listOf(value: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.length === 0 ? [undefined] : list
}
