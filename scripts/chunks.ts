import type { Rolldown } from 'vite'

type NameChunk = Extract<Rolldown.CodeSplittingGroup['name'], (...args: never[]) => unknown>

/**
 * One chunk for what every page shares: the modules that the given ones import at once, pages apart. Left alone, the bundler
 * makes a chunk for each combination of lazy pages and dialogs that share a module: twenty small requests before the first
 * row, which compress worse and wait for one another.
 */
export function sharedChunk(name: string, starts: readonly string[], apart: readonly string[]): NameChunk {
  let shared: ReadonlySet<string> | null = null
  return (id, context) => {
    shared ??= closure(starts, (module) => context.getModuleInfo(module)?.importedIds ?? [])
    return shared.has(id) && !starts.includes(id) && !apart.some((folder) => id.startsWith(folder)) ? name : null
  }
}

function closure(starts: readonly string[], importsOf: (module: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>()
  const add = (module: string): void => {
    if (seen.has(module)) return
    seen.add(module)
    // A copy: the bundler reuses its list for the next module.
    const imported = importsOf(module).slice()
    imported.forEach(add)
  }
  for (const start of starts) add(start)
  return seen
}
