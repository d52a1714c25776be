/**
 * Rows in LevelDB: every row under its table and identifier, every batch synced before it is answered. What is stored is read from a copy first,
 * so that a damaged store is found out before LevelDB repairs it in its own way, which is to leave out what it cannot read.
 */
import { constants } from 'node:fs'
import { copyFile, link, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { CloudStartError } from '#mocks/hosts/node/start-error.ts'
import type { Persistence, RowChange } from '#mocks/store/store.ts'
import { damageIn } from './log-check.ts'
import { readRow, writeRow } from './row-text.ts'
import type { Sealer } from './sealer.ts'

export interface LevelStoreOptions {
  readonly folder: string
  readonly tables: readonly string[]
  /** Raised when stored rows change their shape. */
  readonly version: number
  readonly sealer: Sealer
}

export interface CheckedStore {
  /** Nothing is stored. */
  readonly isEmpty: boolean
  /** Only now is anything in the folder changed. */
  readonly open: () => Promise<LevelStore>
}

export interface LevelStore extends Persistence {
  readonly close: () => Promise<void>
}

/** Names no row: tables begin with a letter. */
const metaName = '!meta'

interface Meta {
  readonly version: number
  /** How many there are: one that has gone by itself is missed. */
  readonly rows: number
}

type Level = ClassicLevel<string, string>
type Operation = { type: 'put'; key: string; value: string } | { type: 'del'; key: string }
interface Stored {
  readonly rows: Readonly<Record<string, readonly unknown[]>>
  readonly names: Set<string>
}

const nameOf = ({ table, id }: Pick<RowChange, 'table' | 'id'>): string => `${table}/${id}`

/** Reads what is stored. Rejects with CloudStartError where it is damaged or of a newer build; changes nothing. */
export async function checkLevelStore(options: LevelStoreOptions): Promise<CheckedStore> {
  const stored = (await isNew(options.folder)) ? { rows: {}, names: new Set<string>() } : await readCopy(options)
  return { isEmpty: stored.names.size === 0, open: () => openChecked(options, stored) }
}

async function openChecked(options: LevelStoreOptions, { rows, names }: Stored): Promise<LevelStore> {
  const { folder, sealer, tables, version } = options
  let loaded: Stored['rows'] | null = { ...Object.fromEntries(tables.map((table) => [table, []])), ...rows }
  const level: Level = new ClassicLevel(folder)
  await level.open()

  async function write(changes: readonly RowChange[], emptied: readonly string[]): Promise<void> {
    const next = new Set(emptied.length > 0 ? [] : names)
    const operations: Operation[] = emptied.map((key) => ({ type: 'del', key }))
    for (const change of changes) {
      const key = nameOf(change)
      if (change.row === undefined) {
        next.delete(key)
        operations.push({ type: 'del', key })
      } else {
        next.add(key)
        operations.push({ type: 'put', key, value: writeRow(key, change.row, sealer) })
      }
    }
    const meta: Meta = { version, rows: next.size }
    operations.push({ type: 'put', key: metaName, value: writeRow(metaName, meta, sealer) })
    await level.batch(operations, { sync: true })
    names.clear()
    for (const name of next) names.add(name)
  }

  return {
    load: async () => {
      if (!loaded) throw new Error('What is stored is loaded once, before anything is written.')
      const once = loaded
      loaded = null
      return once
    },
    write: (changes) => write(changes, []),
    replace: (changes) => write(changes, [...names]),
    close: () => level.close(),
  }
}

const filesIn = (folder: string): Promise<readonly string[]> =>
  readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })

const isTable = (name: string): boolean => /\.(?:ldb|sst)$/.test(name)
const holdsRows = (name: string): boolean => isTable(name) || name.endsWith('.log')

/** A store is one from the moment that it has a file CURRENT; who was killed before that has written nothing. */
async function isNew(folder: string): Promise<boolean> {
  const files = await filesIn(folder)
  if (files.includes('CURRENT')) return false
  for (const name of files.filter(holdsRows))
    if ((await stat(join(folder, name))).size > 0) throw damaged(folder, 'it has no file CURRENT')
  return true
}

const damaged = (folder: string, reason: string, cause?: unknown): CloudStartError =>
  new CloudStartError(
    `${folder} is damaged: ${reason}. Nothing in it was changed. Put back a copy of it, or start with another directory.`,
    { cause },
  )

const trialPrefix = '.reading-'

/** What a killed process left behind. */
export async function removeLeftovers(parent: string): Promise<void> {
  for (const name of await filesIn(parent))
    if (name.startsWith(trialPrefix)) await rm(join(parent, name), { recursive: true, force: true })
}

async function readCopy({ folder, sealer, version }: LevelStoreOptions): Promise<Stored> {
  const copy = await mkdtemp(join(dirname(folder), `${trialPrefix}${basename(folder)}-`))
  try {
    await copyStore(folder, copy)
    const level: Level = new ClassicLevel(copy, { createIfMissing: false })
    await level.open()
    try {
      return await readAll(level, sealer, version, folder)
    } finally {
      await level.close()
    }
  } catch (error) {
    if (error instanceof CloudStartError) throw error
    throw damaged(folder, reasonOf(error), error)
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error ? cause.message : message
}

/** Tables never change once they are written, and so need no copy where the file system can link. */
async function copyStore(from: string, to: string): Promise<void> {
  const files = await filesIn(from)
  // There is one from before the first table on. LevelDB would do without, and without what was in it.
  if (files.some(isTable) && !files.some((name) => name.endsWith('.log'))) throw damaged(from, 'it has no log')
  for (const name of files) {
    if (name === 'LOCK' || name.startsWith('LOG')) continue
    const [source, target] = [join(from, name), join(to, name)]
    if (name.endsWith('.log')) {
      const at = damageIn(await readFile(source))
      if (at !== null) throw damaged(from, `${name} does not fit its checksum at byte ${at}`)
    }
    if (!isTable(name) || !(await linked(source, target))) await copyFile(source, target, constants.COPYFILE_FICLONE)
  }
}

const linked = (source: string, target: string): Promise<boolean> =>
  link(source, target).then(
    () => true,
    () => false,
  )

async function readAll(level: Level, sealer: Sealer, version: number, folder: string): Promise<Stored> {
  const rows: Record<string, unknown[]> = {}
  const names = new Set<string>()
  let meta: Meta | null = null
  for await (const batch of batches(level)) {
    const read = await Promise.all(batch.map(([name, text]) => readRow(name, text, sealer)))
    for (const [index, [name]] of batch.entries()) {
      if (name === metaName) meta = read[index] as Meta
      else {
        names.add(name)
        ;(rows[name.slice(0, name.indexOf('/'))] ??= []).push(read[index])
      }
    }
  }
  if (meta && meta.version > version)
    throw new CloudStartError(`${folder} was written by a newer build. Use that one, or another directory.`)
  if (names.size !== (meta?.rows ?? 0)) throw damaged(folder, `${names.size} of ${meta?.rows ?? 0} rows can be found`)
  return { rows, names }
}

async function* batches(level: Level): AsyncIterable<readonly (readonly [string, string])[]> {
  const iterator = level.iterator()
  try {
    for (;;) {
      const entries = await iterator.nextv(1000)
      if (entries.length === 0) return
      yield entries
    }
  } finally {
    await iterator.close()
  }
}
