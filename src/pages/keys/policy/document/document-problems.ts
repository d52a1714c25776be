/** What is wrong with a policy document, each problem at its place in the text. */
import { hasEffect } from '#src/api/contract/access.ts'
import { parsePrincipalArn } from '#src/api/contract/arn.ts'
import { policyProblems } from '#src/api/contract/policy.ts'
import { limits, type Problem } from '#src/api/contract/rules.ts'
import {
  nodesIn,
  readJson,
  type JsonFaultReason,
  type JsonNode,
  type JsonText,
  type Place,
} from '#src/components/policy/json-tree.ts'

export type DocumentFault =
  | { readonly kind: 'json'; readonly reason: JsonFaultReason }
  | { readonly kind: 'policy'; readonly problem: Problem }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  /** Twice in one object: JSON leaves open which of the two counts. */
  | { readonly kind: 'repeated'; readonly name: string }
  /** KMS takes it, and it means nothing. */
  | { readonly kind: 'noEffect'; readonly action: string }
  /** No RAM user or role of the own account has this name. */
  | { readonly kind: 'unlisted'; readonly arn: string }

export interface DocumentProblem extends Place {
  /** Errors are refused; warnings can be saved. */
  readonly severity: 'error' | 'warning'
  readonly fault: DocumentFault
}

/** The own account's users and roles, where both could be listed. */
export interface Listed {
  readonly accountId: string
  readonly arns: ReadonlySet<string>
}

const utf8 = new TextEncoder()
/** UTF-8 bytes: what KMS counts. */
export const bytesOf = (text: string): number => utf8.encode(text).length

export function documentProblems(text: string, listed: Listed | null): readonly DocumentProblem[] {
  const bytes = bytesOf(text)
  const tooLarge: readonly DocumentProblem[] =
    bytes > limits.policyBytes ? [error(beyondLimit(text), { kind: 'tooLarge', bytes })] : []
  const { root, fault } = readJson(text)
  if (fault || !root) {
    const { reason = 'empty', from = 0, to = 0 } = fault ?? {}
    return [...tooLarge, error({ from, to }, { kind: 'json', reason })]
  }
  const ofPolicy = policyProblems(text).flatMap((problem) =>
    problem.code !== 'policy' || problem.reason === 'tooLarge'
      ? []
      : [error(placeOf(root, problem.at, problem.reason), { kind: 'policy', problem })],
  )
  const rest = [...repeatedNames(root), ...emptyWords(root, listed)]
  return [...tooLarge, ...[...ofPolicy, ...rest].toSorted((one, other) => one.from - other.from)]
}

const error = ({ from, to }: Place, fault: DocumentFault): DocumentProblem => ({ severity: 'error', from, to, fault })
const warning = ({ from, to }: Place, fault: DocumentFault): DocumentProblem => ({
  severity: 'warning',
  from,
  to,
  fault,
})

/** From the first character that is over the limit. */
function beyondLimit(text: string): Place {
  let bytes = 0
  let from = 0
  for (const character of text) {
    bytes += bytesOf(character)
    if (bytes > limits.policyBytes) break
    from += character.length
  }
  return { from, to: text.length }
}

/** Elements that should not be there at all: their name is the place, not their value. */
const aboutNames: ReadonlySet<string> = new Set([
  'unknownElement',
  'unsupportedElement',
  'conditionOperator',
  'conditionKey',
  'conditionType',
])

/**
 * Where a path such as `Statement[1].Action[0]` stands. What is missing is shown at the beginning of what it is missing in. Names may hold
 * any character, so that they are matched rather than split.
 */
export function placeOf(root: JsonNode, at: string, reason: string): Place {
  let node = root
  let rest = at === '$' ? '' : at
  while (rest !== '') {
    const step = stepInto(node, rest)
    if (!step) return { from: node.from, to: Math.min(node.to, node.from + 1) }
    rest = step.rest
    if (rest === '' && step.key && aboutNames.has(reason)) return step.key
    if (!step.value) return step.key ?? node
    node = step.value
  }
  return node
}

interface Step {
  readonly key?: JsonText
  readonly value: JsonNode | null
  readonly rest: string
}

function stepInto(node: JsonNode, path: string): Step | null {
  if (node.kind === 'array') {
    const [bracket, digits] = /^\[([0-9]+)\]/.exec(path) ?? []
    const item = bracket === undefined ? undefined : node.items[Number(digits)]
    return item ? { value: item, rest: afterDot(path.slice(bracket!.length)) } : null
  }
  // A bare text that stands for a list of one.
  if (node.kind === 'text' && path.startsWith('[0]')) return { value: node, rest: path.slice(3) }
  if (node.kind !== 'object') return null
  const named = node.properties
    .filter(({ key: { value } }) => path === value || path.startsWith(`${value}.`) || path.startsWith(`${value}[`))
    .toSorted((one, other) => one.key.value.length - other.key.value.length)
    .at(-1)
  if (!named) return null
  return { key: named.key, value: named.value, rest: afterDot(path.slice(named.key.value.length)) }
}

const afterDot = (path: string): string => (path.startsWith('.') ? path.slice(1) : path)

function repeatedNames(root: JsonNode): readonly DocumentProblem[] {
  return nodesIn(root).flatMap((node) => {
    if (node.kind !== 'object') return []
    const seen = new Set<string>()
    return node.properties.flatMap(({ key }) => {
      const isRepeated = seen.has(key.value)
      seen.add(key.value)
      return isRepeated ? [error(key, { kind: 'repeated', name: key.value })] : []
    })
  })
}

const child = (node: JsonNode | null, name: string): JsonNode | null =>
  node?.kind === 'object' ? (node.properties.findLast(({ key }) => key.value === name)?.value ?? null) : null
const itemsOf = (node: JsonNode | null): readonly JsonNode[] =>
  node?.kind === 'array' ? node.items : node ? [node] : []
const textsOf = (node: JsonNode | null): readonly JsonText[] => itemsOf(node).filter((item) => item.kind === 'text')

/** What is well written and yet does nothing. */
function emptyWords(root: JsonNode, listed: Listed | null): readonly DocumentProblem[] {
  return itemsOf(child(root, 'Statement')).flatMap((statement) => [
    ...textsOf(child(statement, 'Action'))
      .filter(({ value }) => value.startsWith('kms:') && !hasEffect(value))
      .map((text) => warning(text, { kind: 'noEffect', action: text.value })),
    ...textsOf(child(child(statement, 'Principal'), 'RAM'))
      .filter(({ value }) => isUnlisted(value, listed))
      .map((text) => warning(text, { kind: 'unlisted', arn: text.value })),
  ])
}

function isUnlisted(arn: string, listed: Listed | null): boolean {
  const principal = parsePrincipalArn(arn)
  if (!listed || !principal || principal.kind === 'account') return false
  return principal.accountId === listed.accountId && !listed.arns.has(arn)
}
