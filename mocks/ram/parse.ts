/** RAM policy documents, read strictly: what `evaluate` cannot weigh is refused when written, never ignored. */
import { parseCondition } from '#src/api/contract/conditions.ts'
import { isProblem, type Problem } from '#src/api/contract/rules.ts'
import type { RamPolicy, RamStatement } from '#mocks/store/rows.ts'
import { parseDocument, problem, type StatementForm } from './parse-document.ts'

/** `*`, or a service's actions with `*` anywhere in the name. */
const actionPattern = /^(?:\*|[a-z][a-z0-9-]*:[A-Za-z*]+)$/
/** `*`, or `acs:<service>:<region>:<account>:<resource>` with `*` anywhere. RAM's `?` is not weighed. */
const resourcePattern = /^(?:\*|acs:[a-z0-9*-]+:[a-z0-9*-]*:[0-9*]*:[^?]+)$/

/** RAM API 2015-05-01, CreatePolicy. A bare text is accepted where a list stands in the documentation. `at` is a path such as `Statement[1].Action[0]`. */
export const parseRamPolicy = (text: string): RamPolicy | Problem => parseDocument(text, statementForm)

const statementForm: StatementForm<RamStatement> = {
  elements: new Set(['Effect', 'Action', 'Resource', 'Condition']),
  unsupported: new Set(['NotAction', 'NotResource', 'Principal']),
  read: (raw, Effect, at) => {
    const actions = textsOf(raw['Action'], actionPattern)
    if ('index' in actions) return problem('action', `${at}.Action[${actions.index}]`)
    const resources = textsOf(raw['Resource'], resourcePattern)
    if ('index' in resources) return problem('resource', `${at}.Resource[${resources.index}]`)
    if (raw['Condition'] === undefined) return { Effect, Action: actions, Resource: resources }
    const condition = parseCondition(raw['Condition'], `${at}.Condition`)
    if (isProblem(condition)) return condition
    return { Effect, Action: actions, Resource: resources, Condition: condition }
  },
}

/** A list of texts of a form, or the place of the first that is none. An empty list lacks its first. */
function textsOf(value: unknown, form: RegExp): readonly string[] | { readonly index: number } {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  const index = list.findIndex((item) => typeof item !== 'string' || !form.test(item))
  if (index >= 0) return { index }
  return list.length === 0 ? { index: 0 } : (list as readonly string[])
}
