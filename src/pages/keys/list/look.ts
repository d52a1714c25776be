/** How the key lists look: the columns of each kind of list and the density of all, as the person chose and the browser remembers. */
import { useSyncExternalStore } from 'react'
import { parseJson, isPlainObject } from '#src/api/contract/rules.ts'
import { keepPreference, readPreference } from '#src/preferences/stored.ts'

export type ListKind = 'external' | 'other' | 'default'

/** Columns that can be chosen for each kind of list, in the order in which they stand. `preset`: what the list shows unless told otherwise. */
const offered = {
  external: {
    preset: ['state', 'externalKeyId', 'spec', 'tags', 'protection', 'created'],
    all: [
      'keyId',
      'state',
      'externalKeyId',
      'spec',
      'tags',
      'protection',
      'description',
      'instance',
      'creator',
      'created',
    ],
  },
  other: {
    preset: ['state', 'spec', 'tags', 'protection', 'created'],
    all: [
      'keyId',
      'state',
      'spec',
      'level',
      'tags',
      'protection',
      'rotation',
      'lastRotation',
      'description',
      'instance',
      'creator',
      'created',
    ],
  },
  default: {
    preset: ['kind', 'state', 'spec', 'tags', 'created'],
    all: [
      'keyId',
      'kind',
      'state',
      'spec',
      'tags',
      'protection',
      'rotation',
      'lastRotation',
      'description',
      'creator',
      'created',
    ],
  },
} as const

export type ChosenColumn = (typeof offered)[ListKind]['all'][number]
/** What a key is called, and what can be done with it, cannot be left out. */
export type ColumnId = 'alias' | ChosenColumn | 'actions'

export const offeredColumns = (kind: ListKind): readonly ChosenColumn[] => offered[kind].all

export const densities = ['comfortable', 'compact'] as const
export type Density = (typeof densities)[number]

export interface Look {
  readonly density: Density
  readonly columns: Readonly<Record<ListKind, readonly ColumnId[]>>
  /** False: something was chosen. */
  readonly isPreset: boolean
}

const kinds: readonly ListKind[] = ['external', 'other', 'default']

/** What is remembered, read leniently: an older or newer build may have written it. */
export function readLook(text: string | null): Look {
  const stored = text === null ? undefined : parseJson(text)
  const kept = isPlainObject(stored) ? stored : {}
  const columnsOf = (kind: ListKind): readonly ColumnId[] => {
    const chosen = kept[kind]
    const names: readonly unknown[] = Array.isArray(chosen) ? chosen : offered[kind].preset
    return ['alias', ...offered[kind].all.filter((column) => names.includes(column)), 'actions']
  }
  return {
    density: densities.find((density) => density === kept['density']) ?? 'comfortable',
    columns: { external: columnsOf('external'), other: columnsOf('other'), default: columnsOf('default') },
    isPreset: Object.keys(kept).length === 0,
  }
}

/** The text to remember. A list that looks as preset is left out, so that a better preset of a later build reaches it. */
export function writeLook({ density, columns }: Omit<Look, 'isPreset'>): string {
  const chosen = kinds.flatMap((kind) => {
    const names = columns[kind].filter((column) => column !== 'alias' && column !== 'actions')
    return names.join() === offered[kind].preset.join() ? [] : [[kind, names] as const]
  })
  return JSON.stringify({ ...(density === 'comfortable' ? {} : { density }), ...Object.fromEntries(chosen) })
}

/** The look with one column more or less. */
export function withColumn(look: Look, kind: ListKind, column: ChosenColumn, isShown: boolean): Look {
  const present = new Set<ColumnId>(look.columns[kind])
  if (isShown) present.add(column)
  else present.delete(column)
  const columns: readonly ColumnId[] = ['alias', ...offered[kind].all.filter((one) => present.has(one)), 'actions']
  return { ...look, columns: { ...look.columns, [kind]: columns } }
}

const listeners = new Set<() => void>()
let look: { readonly text: string | null; readonly look: Look } | null = null

function current(): Look {
  if (!look) {
    const text = readPreference('kms.list')
    look = { text, look: readLook(text) }
  }
  return look.look
}

function follow(text: string | null): void {
  if (look?.text === text) return
  look = { text, look: readLook(text) }
  for (const listener of listeners) listener()
}

// A choice made in another tab.
function hear(event: StorageEvent): void {
  if (event.key === 'kms.list') follow(event.newValue)
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) addEventListener('storage', hear)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('storage', hear)
  }
}

export const useLook = (): Look => useSyncExternalStore(subscribe, current)

export function chooseLook(next: Omit<Look, 'isPreset'>): void {
  const text = writeLook(next)
  keepPreference('kms.list', text)
  follow(text)
}

/** Back to what the console shows unless told otherwise. */
export const resetLook = (): void => chooseLook(readLook(null))
