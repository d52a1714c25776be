/**
 * The documented life of keys, as plainly as it can be said: what a test holds the emulator against. It shares no rule and no table with
 * the emulator or the contract. KMS API 2016-01-20, each action, and the pages named in `documented.ts`; docs/fidelity.md says what is assumed.
 */
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { documentedOfKind, documentedOfState, type DocumentedState } from '#mocks/testing/documented.ts'

export type ModelKind = 'external' | 'software'
/** The account itself, a user with every KMS permission, and one with none but what a key policy gives. */
export type Actor = 'owner' | 'admin' | 'nobody'

interface PolicyWords {
  readonly nobodyMay: readonly string[]
  readonly adminMayNot: readonly string[]
}
/** What a key policy says besides naming the account. */
export const policies = {
  standard: { nobodyMay: [], adminMayNot: [] },
  lent: { nobodyMay: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey', 'TagResource'], adminMayNot: [] },
  guarded: {
    nobodyMay: [],
    adminMayNot: ['ScheduleKeyDeletion', 'DisableKey', 'Decrypt', 'UpdateAlias', 'SetKeyPolicy'],
  },
} as const satisfies Record<string, PolicyWords>
export type PolicyName = keyof typeof policies

export interface ModelKey {
  readonly id: string
  readonly kind: ModelKind
  readonly createdAt: number
  state: DocumentedState
  deleteAt: number | null
  description: string
  isProtected: boolean
  protectedFor: string
  readonly tags: Map<string, string>
  policy: PolicyName
}

export interface Sealed {
  readonly blob: string
  readonly keyId: string
  readonly plaintext: string
  readonly context: string | null
}

export interface Model {
  /** The cloud's clock, ms since the epoch. */
  now: number
  readonly keys: Map<string, ModelKey>
  /** Every key ID that ever was. */
  readonly everKeys: string[]
  /** Name → key ID. */
  readonly aliases: Map<string, string>
  readonly sealed: Sealed[]
}

export const newModel = (now: number): Model => ({ now, keys: new Map(), everKeys: [], aliases: new Map(), sealed: [] })

export const limits = {
  keysOfInstance: 5,
  tagsOfKey: 20,
  description: 8192,
  days: { min: 7, max: 366 },
  dayMs: 86_400_000,
}

function mayOnKey(actor: Actor, action: string, { policy }: ModelKey): boolean {
  const { nobodyMay, adminMayNot }: PolicyWords = policies[policy]
  if (actor === 'owner') return true
  return actor === 'admin' ? !adminMayNot.includes(action) : nobodyMay.includes(action)
}

/** On what has no key policy: lists and aliases. */
export const mayElsewhere = (actor: Actor): boolean => actor !== 'nobody'

export interface Asking {
  readonly action: string
  readonly actor: Actor
  /** The keys whose kind and state count. */
  readonly keys: readonly string[]
  /** Keys on which the permission is needed besides. */
  readonly alsoOn?: readonly string[]
  /** Something else, without a key policy, on which it is needed. */
  readonly isElsewhereToo?: boolean
  readonly notFound?: ErrorCode
}

/** The first of: one of the keys is not there, it is denied, of a kind that never does it, in a state that refuses. Null: none of them. */
export function refusalOf(model: Model, asking: Asking): ErrorCode | null {
  const { action, actor, alsoOn = [], isElsewhereToo = false, notFound = 'Forbidden.KeyNotFound' } = asking
  const keys = asking.keys.flatMap((id) => model.keys.get(id) ?? [])
  if (keys.length < asking.keys.length) return notFound
  const others = alsoOn.flatMap((id) => model.keys.get(id) ?? [])
  const isAllowed = [...keys, ...others].every((key) => mayOnKey(actor, action, key))
  if (!isAllowed || (isElsewhereToo && !mayElsewhere(actor))) return 'Forbidden.NoPermission'
  return (
    first(keys.map(({ kind }) => documentedOfKind(action, kind))) ??
    first(keys.map(({ state }) => documentedOfState(action, state)))
  )
}

const first = (codes: readonly (ErrorCode | null)[]): ErrorCode | null => codes.find((code) => code !== null) ?? null

export const unitsOf = (model: Model, kind: ModelKind): number =>
  [...model.keys.values()].filter((key) => key.kind === kind).length

/** Newest first. */
export const listed = (model: Model): readonly ModelKey[] =>
  [...model.keys.values()].sort((a, b) => b.createdAt - a.createdAt)

/** Lets time pass, ms: keys whose date has come go, with their names. */
export function pass(model: Model, ms: number): void {
  model.now += ms
  for (const key of model.keys.values()) {
    if (key.deleteAt === null || key.deleteAt > model.now) continue
    model.keys.delete(key.id)
    for (const [name, keyId] of model.aliases) if (keyId === key.id) model.aliases.delete(name)
  }
}
