/** Trust policies, read strictly: what `trusts` cannot weigh is refused when written, never ignored. */
import { principalOf } from '#src/api/contract/access.ts'
import { isPlainObject, parseJson, type PolicyProblemReason, type Problem } from '#src/api/contract/rules.ts'
import type { TrustPolicy, TrustStatement } from '#mocks/store/rows.ts'

const problem = (reason: PolicyProblemReason, at: string): Problem => ({ code: 'policy', reason, at })
const statementElements: ReadonlySet<string> = new Set(['Effect', 'Action', 'Principal'])
/** Known to RAM, not weighed by this build. */
const unsupportedElements: ReadonlySet<string> = new Set(['Condition'])
const unsupportedPrincipals: ReadonlySet<string> = new Set(['Service', 'Federated'])

/**
 * RAM API 2015-05-01, CreateRole, AssumeRolePolicyDocument, read strictly. A bare text is accepted where a list stands in the
 * documentation. `at` is a path such as `Statement[0].Principal.RAM[1]`.
 */
export function parseTrustPolicy(text: string): TrustPolicy | Problem {
  const value = parseJson(text)
  if (value === undefined) return problem('notJson', '$')
  if (!isPlainObject(value)) return problem('notObject', '$')
  for (const name of Object.keys(value))
    if (name !== 'Version' && name !== 'Statement') return problem('unknownElement', name)
  if (value['Version'] !== '1') return problem('version', 'Version')
  const raw = value['Statement']
  if (!Array.isArray(raw) || raw.length === 0) return problem('noStatement', 'Statement')
  const statements: TrustStatement[] = []
  for (const [index, item] of (raw as unknown[]).entries()) {
    const statement = parseStatement(item, `Statement[${index}]`)
    if ('code' in statement) return statement
    statements.push(statement)
  }
  return { Version: '1', Statement: statements }
}

function parseStatement(raw: unknown, at: string): TrustStatement | Problem {
  if (!isPlainObject(raw)) return problem('notObject', at)
  for (const name of Object.keys(raw)) {
    if (unsupportedElements.has(name)) return problem('unsupportedElement', `${at}.${name}`)
    if (!statementElements.has(name)) return problem('unknownElement', `${at}.${name}`)
  }
  const { Effect, Principal } = raw
  if (Effect !== 'Allow' && Effect !== 'Deny') return problem('effect', `${at}.Effect`)
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
}

/** An empty list lacks its first. */
function listOf(value: unknown): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.length === 0 ? [undefined] : list
}
