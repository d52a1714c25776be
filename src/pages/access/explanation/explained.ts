/** An explanation, read for people: what each side says, what each statement does, and where it stands in its document. */
import type { AccessExplanation, ExplainedStatement, PolicySide } from '#src/api/contract/explanations.ts'
import { readJson, type JsonNode } from '#src/components/policy/json-tree.ts'
import type { CellState } from '#src/pages/access/access-search.ts'

type Verdicts = Pick<AccessExplanation, 'Verdict' | 'Obstacle'>

export function stateOfVerdict({ Verdict, Obstacle }: Verdicts): CellState {
  if (Verdict === 'ExplicitDeny') return 'denied'
  if (Verdict === 'NotGranted') return 'none'
  return Obstacle === null ? 'allowed' : 'impossible'
}

export const isAcross = ({ Principal, OwnerAccountId }: Pick<AccessExplanation, 'Principal' | 'OwnerAccountId'>) =>
  Principal.AccountId !== OwnerAccountId

/** What a statement does to the answer. */
export type StatementPart =
  /** It makes the answer what it is, alone or with the other side's. */
  | 'decides'
  /** Its condition does not hold. */
  | 'unmet'
  /** It names the whole account, which then decides by RAM. */
  | 'delegates'
  /** It allows, and a deny wins. */
  | 'overruled'
  /** It allows, and the other account has to allow too. */
  | 'half'

export function partOf(statement: ExplainedStatement, explanation: AccessExplanation): StatementPart {
  if (statement.Unmet.length > 0) return 'unmet'
  if (explanation.Verdict === 'ExplicitDeny') return statement.Effect === 'Deny' ? 'decides' : 'overruled'
  if (statement.NamesAccountOnly && !isAcross(explanation)) return 'delegates'
  return explanation.Verdict === 'Allow' ? 'decides' : 'half'
}

export type LegWord =
  | 'grants'
  | 'denies'
  | 'none'
  /** It leaves the answer to RAM. */
  | 'delegates'
  /** The account itself needs no RAM policy. */
  | 'account'
  /** The key has no policy, or the permission is about no key. */
  | 'absent'

export interface Leg {
  readonly side: PolicySide
  /** Whose policies these are. */
  readonly accountId: string
  readonly word: LegWord
  /** It would have to grant, and does not. */
  readonly missing: boolean
}

export function legsOf(explanation: AccessExplanation): readonly Leg[] {
  const { Principal, OwnerAccountId, Missing } = explanation
  return [
    {
      side: 'KeyPolicy',
      accountId: OwnerAccountId,
      word: wordOf('KeyPolicy', explanation),
      missing: Missing.includes('KeyPolicy'),
    },
    {
      side: 'RamPolicy',
      accountId: Principal.AccountId,
      word: wordOf('RamPolicy', explanation),
      missing: Missing.includes('RamPolicy'),
    },
  ]
}

function wordOf(side: PolicySide, explanation: AccessExplanation): LegWord {
  const { Statements, Principal, Documents, Withheld } = explanation
  const inEffect = Statements.Statement.filter(({ Side, Unmet }) => Side === side && Unmet.length === 0)
  if (inEffect.some(({ Effect }) => Effect === 'Deny')) return 'denies'
  if (side === 'RamPolicy') {
    if (inEffect.length > 0) return 'grants'
    return Principal.Kind === 'account' ? 'account' : 'none'
  }
  if (!Withheld.includes(side) && !Documents.Document.some(({ Side }) => Side === side)) return 'absent'
  if (inEffect.some(({ NamesAccountOnly }) => !NamesAccountOnly || isAcross(explanation))) return 'grants'
  return inEffect.length > 0 ? 'delegates' : 'none'
}

const child = (node: JsonNode | null | undefined, name: string): JsonNode | null =>
  node?.kind === 'object' ? (node.properties.find(({ key }) => key.value === name)?.value ?? null) : null

function statementNodes(text: string): readonly JsonNode[] {
  const list = child(readJson(text).root, 'Statement')
  if (list?.kind === 'array') return list.items
  return list?.kind === 'object' ? [list] : []
}

export interface Lines {
  /** From 1. */
  readonly first: number
  readonly last: number
}

/** The lines on which each statement of a policy document stands; none where it is not JSON or has no list of statements. */
export function statementLines(text: string): readonly Lines[] {
  const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length
  return statementNodes(text).map(({ from, to }) => ({ first: lineAt(from), last: lineAt(to - 1) }))
}

/** The values that a statement's condition asks for; none where the document cannot be read or says nothing of it. */
export function valuesAskedFor(text: string, index: number, operator: string, key: string): readonly string[] {
  const statement = statementNodes(text)[index]
  const found = [operator, key].reduce<JsonNode | null | undefined>(child, child(statement, 'Condition'))
  const items = found?.kind === 'array' ? found.items : found ? [found] : []
  return items.flatMap((item) =>
    item.kind === 'text' ? [item.value] : item.kind === 'word' ? [text.slice(item.from, item.to)] : [],
  )
}

export type ExplainedDocument = AccessExplanation['Documents']['Document'][number]

/** The statements of one document that took part. A RAM policy that applies by two ways is one document. */
export const statementsIn = (
  { Side, PolicyName, PolicyType }: ExplainedDocument,
  { Statements }: AccessExplanation,
): readonly ExplainedStatement[] => [
  ...new Map(
    Statements.Statement.filter(
      (one) => one.Side === Side && one.PolicyName === PolicyName && one.PolicyType === PolicyType,
    ).map((one) => [one.Index, one]),
  ).values(),
]
