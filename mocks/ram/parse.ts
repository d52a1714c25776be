/** RAM policy documents, read strictly: what `evaluate` cannot weigh is refused when written, never ignored. */
import { parseCondition } from '#src/api/contract/conditions.ts'
import { isPlainObject, isProblem, parseJson, type PolicyProblemReason, type Problem } from '#src/api/contract/rules.ts'
import type { RamPolicy, RamStatement } from '#mocks/store/rows.ts'

const statementElements: ReadonlySet<string> = new Set(['Effect', 'Action', 'Resource', 'Condition'])
/** Known to RAM, not weighed by this build. */
const unsupportedElements: ReadonlySet<string> = new Set(['NotAction', 'NotResource', 'Principal'])

/** `*`, or a service's actions with `*` anywhere in the name. */
const actionPattern = /^(?:\*|[a-z][a-z0-9-]*:[A-Za-z*]+)$/
/** `*`, or `acs:<service>:<region>:<account>:<resource>` with `*` anywhere. RAM's `?` is not weighed. */
const resourcePattern = /^(?:\*|acs:[a-z0-9*-]+:[a-z0-9*-]*:[0-9*]*:[^?]+)$/

/** RAM API 2015-05-01, CreatePolicy. A bare text is accepted where a list stands in the documentation. `at` is a path such as `Statement[1].Action[0]`. */
export function parseRamPolicy(text: string): RamPolicy | Problem {
  const value = parseJson(text)
  if (value === undefined) return problem('notJson', '$')
  if (!isPlainObject(value)) return problem('notObject', '$')
  for (const name of Object.keys(value))
    if (name !== 'Version' && name !== 'Statement') return problem('unknownElement', name)
  if (value['Version'] !== '1') return problem('version', 'Version')
  const raw = value['Statement']
  if (!Array.isArray(raw) || raw.length === 0) return problem('noStatement', 'Statement')
  const statements: RamStatement[] = []
  for (const [index, item] of (raw as unknown[]).entries()) {
    const statement = parseStatement(item, `Statement[${index}]`)
    if ('code' in statement) return statement
    statements.push(statement)
  }
  return { Version: '1', Statement: statements }
}

function parseStatement(raw: unknown, at: string): RamStatement | Problem {
  if (!isPlainObject(raw)) return problem('notObject', at)
  for (const name of Object.keys(raw)) {
    if (unsupportedElements.has(name)) return problem('unsupportedElement', `${at}.${name}`)
    if (!statementElements.has(name)) return problem('unknownElement', `${at}.${name}`)
  }
  const { Effect } = raw
  if (Effect !== 'Allow' && Effect !== 'Deny') return problem('effect', `${at}.Effect`)
  const actions = textsOf(raw['Action'], actionPattern)
  if ('index' in actions) return problem('action', `${at}.Action[${actions.index}]`)
  const resources = textsOf(raw['Resource'], resourcePattern)
  if ('index' in resources) return problem('resource', `${at}.Resource[${resources.index}]`)
  if (raw['Condition'] === undefined) return { Effect, Action: actions, Resource: resources }
  const condition = parseCondition(raw['Condition'], `${at}.Condition`)
  if (isProblem(condition)) return condition
  return { Effect, Action: actions, Resource: resources, Condition: condition }
}

/** A list of texts of a form, or the place of the first that is none. An empty list lacks its first. */
function textsOf(value: unknown, form: RegExp): readonly string[] | { readonly index: number } {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const index = list.findIndex((item) => typeof item !== 'string' || !form.test(item))
  if (index >= 0) return { index }
  return list.length === 0 ? { index: 0 } : (list as readonly string[])
}

const problem = (reason: PolicyProblemReason, at: string): Problem => ({ code: 'policy', reason, at })
