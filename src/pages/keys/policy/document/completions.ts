/** What could be written at the caret of a policy document: elements, effects, principals, actions. Pure: the editor shows it. */
import { keyPermissions } from '#src/api/contract/access.ts'
import { conditionOperators, keysFor, tagKeyPrefix } from '#src/api/contract/conditions.ts'
import { policyRoles, type PolicyRole } from '#src/api/contract/policy.ts'
import {
  contextAt,
  nodesIn,
  readJson,
  type JsonContext,
  type JsonNode,
  type JsonPath,
  type Place,
} from '#src/components/policy/json-tree.ts'

export interface KnownPrincipal {
  readonly arn: string
  readonly kind: 'account' | 'user' | 'role'
  /** Its name as people know it; empty where there is none. */
  readonly detail: string
}

export type CompletionKind = 'element' | 'value' | 'principal' | 'action' | 'role' | 'skeleton'

export interface DocumentCompletion {
  readonly kind: CompletionKind
  readonly label: string
  readonly detail: string
  /** What is put in place of `place`. */
  readonly text: string
  /** Where the caret stands then, from the beginning of `text`; its end unless said. */
  readonly caret?: number
}

export interface DocumentCompletions {
  readonly place: Place
  readonly options: readonly DocumentCompletion[]
}

/** Names of the three roles in the person's language. */
export type RoleNames = Readonly<Record<'administrator' | 'user', string>>

export interface Vocabulary {
  readonly principals: readonly KnownPrincipal[]
  readonly roleNames: RoleNames
  /** What a condition key asks about, in the person's language. */
  readonly conditionKey: (key: string) => string
}

/** The elements of an object at a path, in their order, each with the value that it begins with. `^` is where the caret goes. */
const elementsAt: readonly (readonly [path: RegExp, elements: Readonly<Record<string, string>>])[] = [
  [/^$/, { Version: '"1"^', Statement: '[^]' }],
  [
    /^Statement\/#$/,
    { Sid: '"^"', Effect: '"^"', Principal: '{ "RAM": [^] }', Action: '[^]', Resource: '["*"]^', Condition: '{ ^ }' },
  ],
  [/^Statement\/#\/Principal$/, { RAM: '[^]' }],
]

const values = (...texts: readonly string[]): readonly DocumentCompletion[] =>
  texts.map((label) => ({ kind: 'value', label, detail: '', text: JSON.stringify(label) }))

const statementSkeleton =
  '{\n  "Effect": "Allow",\n  "Principal": { "RAM": [^] },\n  "Action": [],\n  "Resource": ["*"]\n}'

const withCaret = (marked: string): Pick<DocumentCompletion, 'text' | 'caret'> => {
  const caret = marked.indexOf('^')
  return caret < 0 ? { text: marked } : { text: marked.replace('^', ''), caret }
}

const skeleton = (label: string, marked: string): readonly DocumentCompletion[] => [
  { kind: 'skeleton', label, detail: '', ...withCaret(marked) },
]

/** Every action that has an effect in a key policy: the roles' own first, then each that its wildcards stand for. */
const actionNames = ['kms:*', ...new Set([...policyRoles.administrator, ...policyRoles.user, ...keyPermissions])]

const roles = ['administrator', 'user'] as const satisfies readonly PolicyRole[]

/** `isList`: the caret stands in a list, where several actions can be put at once. */
const actionCompletions = (names: RoleNames, isList: boolean): readonly DocumentCompletion[] => [
  ...(isList
    ? roles.map((role): DocumentCompletion => ({
        kind: 'role',
        label: names[role],
        detail: String(policyRoles[role].length),
        text: policyRoles[role].map((action) => JSON.stringify(action)).join(', '),
      }))
    : []),
  ...actionNames.map((label): DocumentCompletion => ({
    kind: 'action',
    label,
    detail: '',
    text: JSON.stringify(label),
  })),
]

const principalCompletions = (principals: readonly KnownPrincipal[]): readonly DocumentCompletion[] =>
  principals.map(({ arn, detail }) => ({ kind: 'principal', label: arn, detail, text: JSON.stringify(arn) }))

function valuesAt(path: string, { principals, roleNames }: Vocabulary): readonly DocumentCompletion[] {
  switch (path) {
    case '':
      return skeleton('{ Version, Statement }', '{\n  "Version": "1",\n  "Statement": [^]\n}')
    case 'Version':
      return values('1')
    case 'Statement/#':
      return skeleton('{ Effect, Principal, Action, Resource }', statementSkeleton)
    case 'Statement/#/Effect':
      return values('Allow', 'Deny')
    case 'Statement/#/Principal':
      return skeleton('{ RAM }', '{ "RAM": [^] }')
    case 'Statement/#/Principal/RAM':
    case 'Statement/#/Principal/RAM/#':
      return principalCompletions(principals)
    case 'Statement/#/Action':
    case 'Statement/#/Action/#':
      return actionCompletions(roleNames, path.endsWith('#'))
    case 'Statement/#/Resource':
    case 'Statement/#/Resource/#':
      return values('*')
    default:
      return []
  }
}

/** What the values of a condition key look like. */
const exampleValues: Readonly<Record<string, readonly string[]>> = {
  'acs:SecureTransport': ['true', 'false'],
  'acs:CurrentTime': ['2026-12-31T23:59:59Z'],
  'acs:SourceIp': ['10.0.0.0/8'],
  'acs:VpcSourceIp': ['10.0.0.0/8'],
  'acs:SourceVpc': ['vpc-bp1example'],
}

const begunWith = (names: readonly string[], value: string): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, value]))

/** Operators, then the keys that fit one, then what values look like. `path`: below a statement's Condition. */
function conditionCompletions(
  text: string,
  path: JsonPath,
  { awaits, place }: Pick<JsonContext, 'awaits' | 'place'>,
  conditionKey: Vocabulary['conditionKey'],
): readonly DocumentCompletion[] {
  const [operator, key] = path.map(String)
  if (awaits === 'value') return key === undefined ? [] : values(...(exampleValues[key] ?? []))
  if (operator === undefined) return elements(text, place, begunWith(Object.keys(conditionOperators), '{ ^ }'))
  if (key !== undefined) return []
  return elements(text, place, begunWith(keysFor(operator), '"^"')).map((option) => ({
    ...option,
    detail: conditionKey(option.label),
    // The tag's own name is missing yet.
    ...(option.label === tagKeyPrefix ? { caret: option.text.indexOf(tagKeyPrefix) + tagKeyPrefix.length } : {}),
  }))
}

/** `Statement/#/Action/#` for `['Statement', 0, 'Action', 2]`. */
const shapeOf = (path: JsonPath): string => path.map((part) => (typeof part === 'number' ? '#' : part)).join('/')

/** `['Statement', 0, 'Condition']`: what is below is the condition's own. */
const conditionDepth = 3
const isInCondition = ([first, , third]: JsonPath): boolean => first === 'Statement' && third === 'Condition'

/** Null: nothing fits here. */
export function completionsAt(text: string, offset: number, vocabulary: Vocabulary): DocumentCompletions | null {
  const context = contextAt(text, offset)
  if (!context) return null
  const { path, awaits, place, within } = context
  const shape = shapeOf(path)
  const options = isInCondition(path)
    ? conditionCompletions(text, path.slice(conditionDepth), context, vocabulary.conditionKey)
    : awaits === 'key'
      ? elements(text, place, elementsAt.find(([at]) => at.test(shape))?.[1] ?? {})
      : valuesAt(shape, vocabulary)
  const taken = within === null ? null : takenIn(nodesIn(readJson(text).root).find(isContainerAt(within)), place)
  const free = options.filter(({ label }) => taken?.has(label) !== true)
  const fitting = thatFit(free, text.slice(place.from, offset))
  return fitting.length > 0 ? { place, options: fitting } : null
}

/** Those that hold what was written before the caret; those that begin with it first. */
function thatFit(options: readonly DocumentCompletion[], written: string): readonly DocumentCompletion[] {
  const words = written.replace(/^"/, '').toLowerCase()
  const at = ({ label, detail }: DocumentCompletion): number => `${label} ${detail}`.toLowerCase().indexOf(words)
  const found = options.filter((option) => at(option) >= 0)
  return [...found.filter((option) => at(option) === 0), ...found.filter((option) => at(option) > 0)]
}

/** Elements by name, each with the value that it begins with. */
function elements(text: string, place: Place, begun: Readonly<Record<string, string>>): readonly DocumentCompletion[] {
  // Where a colon follows, the value is there already.
  const hasValue = /^\s*:/.test(text.slice(place.to))
  return Object.entries(begun).map(([label, value]) => ({
    kind: 'element',
    label,
    detail: '',
    ...(hasValue ? { text: JSON.stringify(label) } : withCaret(`${JSON.stringify(label)}: ${value}`)),
  }))
}

/** The object or list that begins at an offset. */
const isContainerAt =
  (from: number) =>
  (node: JsonNode): boolean =>
    node.from === from && (node.kind === 'array' || node.kind === 'object')

/** Names or texts that stand there already, except the one that is being written. */
function takenIn(node: JsonNode | undefined, place: Place): ReadonlySet<string> {
  const texts =
    node?.kind === 'object'
      ? node.properties.map(({ key }) => key)
      : node?.kind === 'array'
        ? node.items.filter((item) => item.kind === 'text')
        : []
  return new Set(texts.filter(({ from }) => from !== place.from).map(({ value }) => value))
}
