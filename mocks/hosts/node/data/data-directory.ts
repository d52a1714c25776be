/**
 * A directory in which a cloud survives: KMS's store and the key manager's, each with the key that seals its keys in a file of its own, and
 * the secrets that were handed out. One process has it at a time.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { parseJson } from '#src/api/contract/rules.ts'
import * as shape from '#src/api/contract/shapes.ts'
import type { CloudOptions } from '#mocks/cloud.ts'
import type { Secrets, SecretsFile } from '#mocks/hosts/node/secrets.ts'
import { CloudStartError } from '#mocks/hosts/node/start-error.ts'
import { cloudTables, schemaVersion, vaultTables } from '#mocks/store/rows.ts'
import { readIfThere, writeSecretly } from './durable-file.ts'
import { checkLevelStore, removeLeftovers, type CheckedStore, type LevelStore } from './level-store.ts'
import { openSealer } from './sealer.ts'

export interface DataDirectory {
  readonly persistence: NonNullable<CloudOptions['persistence']>
  readonly secrets: SecretsFile
  readonly close: () => Promise<void>
}

/** Rejects with CloudStartError where another process has it, or something in it is damaged or missing. */
export async function openDataDirectory(folder: string): Promise<DataDirectory> {
  const unlock = await lock(folder)
  const opened: LevelStore[] = []
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((store) => store.close()))
    await unlock()
  }
  try {
    await removeLeftovers(folder)
    const secretsPath = join(folder, 'secrets.json')
    const secrets = await openSecrets(secretsPath)
    const check = async (party: 'cloud' | 'vault', tables: object): Promise<CheckedStore> =>
      checkLevelStore({
        folder: join(folder, party),
        tables: Object.keys(tables),
        version: schemaVersion,
        sealer: await openSealer(join(folder, `${party}.key`), secrets.stored === null),
      })
    const [checkedVault, checkedCloud] = [await check('vault', vaultTables), await check('cloud', cloudTables)]
    // The cloud's rows are the last that a first start writes: where there are any, all the rest is there.
    if (!checkedCloud.isEmpty && secrets.stored === null)
      throw new CloudStartError(`${secretsPath} is missing: without it nobody can sign for what is stored here.`)
    if (!checkedCloud.isEmpty && checkedVault.isEmpty)
      throw new CloudStartError(`${join(folder, 'vault')} is missing: the key manager's keys were in it.`)
    const [vault, cloud] = [await checkedVault.open(), await checkedCloud.open()]
    opened.push(vault, cloud)
    return { persistence: { cloud, vault }, secrets, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** LevelDB's own lock, on a store that holds nothing: it ends with the process, however that ends. */
async function lock(folder: string): Promise<() => Promise<void>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const level = new ClassicLevel(join(folder, 'lock'))
    await level.open()
    return () => level.close()
  } catch (error) {
    const { cause, code, message } = error as NodeJS.ErrnoException
    if ((cause as NodeJS.ErrnoException | undefined)?.code === 'LEVEL_LOCKED')
      throw new CloudStartError(`${folder} is in use by another cloud: stop that one, or take another directory.`, {
        cause,
      })
    throw new CloudStartError(
      `${folder} cannot be opened: ${cause instanceof Error ? cause.message : (code ?? message)}.`,
      {
        cause: error,
      },
    )
  }
}

const shapeOfSecrets = shape.object({
  accessKeys: shape.object({}),
  xks: shape.object({ accessKeyId: shape.string(), secretAccessKey: shape.string() }),
})

async function openSecrets(path: string): Promise<SecretsFile> {
  const content = await readIfThere(path)
  const stored = content && shapeOfSecrets.read(parseJson(content.toString()))
  if (
    stored instanceof shape.Misfit ||
    Object.values(stored?.accessKeys ?? {}).some((secret) => typeof secret !== 'string')
  )
    throw new CloudStartError(`${path} is damaged: it does not hold the secrets that were handed out.`)
  return {
    stored: stored as Secrets | null,
    write: (secrets) => writeSecretly(path, `${JSON.stringify(secrets, null, 2)}\n`),
  }
}
