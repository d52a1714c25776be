/** What RAM's documents have in common, read strictly: policies and trust policies differ in their statements only. */
import { isPlainObject, parseJson, type PolicyProblemReason, type Problem } from '#src/api/contract/rules.ts'

export const problem = (reason: PolicyProblemReason, at: string): Problem => ({ code: 'policy', reason, at })

export interface StatementForm<S extends object> {
  readonly elements: ReadonlySet<string>
  /** Known to RAM, not weighed by this build. */
  readonly unsupported: ReadonlySet<string>
  /** What is left once its elements' names and Effect are in order. `at`: a path such as `Statement[1]`. */
  readonly read: (raw: Readonly<Record<string, unknown>>, effect: 'Allow' | 'Deny', at: string) => S | Problem
}

/** The document, or the first thing that is wrong with it, with its place. */
export function parseDocument<S extends object>(
  text: string,
  form: StatementForm<S>,
): { readonly Version: '1'; readonly Statement: readonly S[] } | Problem {
  const value = parseJson(text)
  if (value === undefined) return problem('notJson', '$')
  if (!isPlainObject(value)) return problem('notObject', '$')
  for (const name of Object.keys(value))
    if (name !== 'Version' && name !== 'Statement') return problem('unknownElement', name)
  if (value['Version'] !== '1') return problem('version', 'Version')
  const raw = value['Statement']
  if (!Array.isArray(raw) || raw.length === 0) return problem('noStatement', 'Statement')
  const statements: S[] = []
  for (const [index, item] of (raw as unknown[]).entries()) {
    const statement = parseStatement(item, `Statement[${index}]`, form)
    if ('code' in statement) return statement as Problem
    statements.push(statement)
  }
  return { Version: '1', Statement: statements }
}

function parseStatement<S extends object>(raw: unknown, at: string, form: StatementForm<S>): S | Problem {
  if (!isPlainObject(raw)) return problem('notObject', at)
  for (const name of Object.keys(raw)) {
    if (form.unsupported.has(name)) return problem('unsupportedElement', `${at}.${name}`)
    if (!form.elements.has(name)) return problem('unknownElement', `${at}.${name}`)
  }
  const { Effect } = raw
  if (Effect !== 'Allow' && Effect !== 'Deny') return problem('effect', `${at}.Effect`)
  return form.read(raw, Effect, at)
}
