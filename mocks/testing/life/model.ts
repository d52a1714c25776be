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

export interface ModelVersion {
  /** Null: it came with time, and nobody has been told its ID yet. */
  id: string | null
  readonly createdAt: number
}

export interface ModelRotation {
  readonly intervalMs: number
  /** Null: the key has all the versions that it may have. */
  nextAt: number | null
}

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
  /** Newest first; an external key has none. */
  readonly versions: ModelVersion[]
  rotation: ModelRotation | null
}

export interface Sealed {
  readonly blob: string
  readonly keyId: string
  readonly versionId: string | undefined
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

const dayMs = 86_400_000
export const limits = {
  dayMs,
  /** Of each instance of the world. A software key takes a unit for each version. */
  keyUnits: { external: 5, software: 8 },
  tagsOfKey: 20,
  description: 8192,
  deletionDays: { min: 7, max: 366 },
  rotationDays: { min: 7, max: 365 },
  versionsOfKey: 50,
  manualVersionGapMs: 7 * dayMs,
} as const

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

export function hasUnits(model: Model, kind: ModelKind): boolean {
  const keys = [...model.keys.values()].filter((key) => key.kind === kind)
  return keys.reduce((sum, { versions }) => sum + Math.max(versions.length, 1), 0) < limits.keyUnits[kind]
}

/** Newest first. */
export const listed = (model: Model): readonly ModelKey[] =>
  [...model.keys.values()].sort((a, b) => b.createdAt - a.createdAt)

/** A new primary version; the next rotation is an interval later, and none after the last version that a key may have. */
export function addVersion(key: ModelKey, version: ModelVersion): void {
  key.versions.unshift(version)
  const isLast = key.versions.length >= limits.versionsOfKey
  if (key.rotation) key.rotation.nextAt = isLast ? null : version.createdAt + key.rotation.intervalMs
}

/** What was missed while a key was not Enabled comes at once when it is. */
export function becomeEnabled(model: Model, key: ModelKey): void {
  if (key.state === 'Enabled') return
  key.state = 'Enabled'
  const { rotation } = key
  if (rotation && rotation.nextAt !== null) rotation.nextAt = Math.max(rotation.nextAt, model.now)
}

interface Happening {
  readonly at: number
  readonly happen: () => void
}

/** What time alone does to a key next. */
function nextOf(model: Model, key: ModelKey): Happening | null {
  if (key.state === 'PendingDeletion' && key.deleteAt !== null)
    return { at: key.deleteAt, happen: () => vanish(model, key.id) }
  const { rotation, state } = key
  if (state !== 'Enabled' || !rotation || rotation.nextAt === null) return null
  const at = rotation.nextAt
  return { at, happen: () => rotate(model, key, at) }
}

function vanish(model: Model, gone: string): void {
  model.keys.delete(gone)
  for (const [name, keyId] of model.aliases) if (keyId === gone) model.aliases.delete(name)
}

/** Without room in the instance it is tried again an interval later. */
function rotate(model: Model, key: ModelKey, at: number): void {
  if (hasUnits(model, key.kind)) addVersion(key, { id: null, createdAt: at })
  else if (key.rotation) key.rotation.nextAt = at + key.rotation.intervalMs
}

/** Lets time pass, ms, with all that falls due, in its order: of what falls on one moment, keys go before others rotate. */
export function pass(model: Model, ms: number): void {
  const until = model.now + ms
  for (;;) {
    const due = [...model.keys.values()].flatMap((key) => {
      const next = nextOf(model, key)
      return next && next.at <= until ? [{ ...next, key }] : []
    })
    due.sort(
      (a, b) =>
        a.at - b.at ||
        Number(a.key.state === 'Enabled') - Number(b.key.state === 'Enabled') ||
        (a.key.id < b.key.id ? -1 : 1),
    )
    if (!due[0]) break
    due[0].happen()
  }
  model.now = until
}
