/** What could be written at the caret of a policy document: elements, effects, principals, actions. Pure: the editor shows it. */
import { keyPermissions } from '#src/api/contract/access.ts'
import { policyRoles, type PolicyRole } from '#src/api/contract/policy.ts'
import {
  contextAt,
  nodesIn,
  readJson,
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
}

/** The elements of an object at a path, in their order, each with the value that it begins with. `^` is where the caret goes. */
const elementsAt: readonly (readonly [path: RegExp, elements: Readonly<Record<string, string>>])[] = [
  [/^$/, { Version: '"1"^', Statement: '[^]' }],
  [/^Statement\/#$/, { Sid: '"^"', Effect: '"^"', Principal: '{ "RAM": [^] }', Action: '[^]', Resource: '["*"]^' }],
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

/** `Statement/#/Action/#` for `['Statement', 0, 'Action', 2]`. */
const shapeOf = (path: JsonPath): string => path.map((part) => (typeof part === 'number' ? '#' : part)).join('/')

/** Null: nothing fits here. */
export function completionsAt(text: string, offset: number, vocabulary: Vocabulary): DocumentCompletions | null {
  const context = contextAt(text, offset)
  if (!context) return null
  const { path, awaits, place, within } = context
  const shape = shapeOf(path)
  const options = awaits === 'key' ? elementCompletions(text, shape, place) : valuesAt(shape, vocabulary)
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

function elementCompletions(text: string, shape: string, place: Place): readonly DocumentCompletion[] {
  const elements = elementsAt.find(([path]) => path.test(shape))?.[1] ?? {}
  // Where a colon follows, the value is there already.
  const hasValue = /^\s*:/.test(text.slice(place.to))
  return Object.entries(elements).map(([label, value]) => ({
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
