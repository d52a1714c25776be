/** Folders of the file system for a test. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface TestFolder {
  readonly path: string
  readonly remove: () => void
}

export function testFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), 'kms-console-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Content by path below a folder; LevelDB's own diary and its lock say nothing of what is stored. */
export function contentOf(folder: string, below = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(join(folder, below)).flatMap((name): [string, string][] => {
      const path = join(below, name)
      if (name === 'LOCK' || name.startsWith('LOG') || path === 'lock') return []
      return statSync(join(folder, path)).isDirectory()
        ? Object.entries(contentOf(folder, path))
        : [[path, readFileSync(join(folder, path)).toString('base64')]]
    }),
  )
}
