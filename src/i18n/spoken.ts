/**
 * The language in use and the messages that are there. What the first page needs comes with the language; a namespace of a page or dialog
 * comes with its code, and from then on with every language that is switched to.
 */
import { loadCore, loadNamespace, type Language } from './languages.ts'
import type { LazyNamespace, Messages } from './messages/en/index.ts'

export interface Spoken {
  readonly language: Language
  /** Whole by type; a namespace is there once `withMessages` has resolved, which every user of it waits for. */
  readonly messages: Messages
}

const loaded = new Map<Language, Promise<Record<string, object>>>()
const wanted = new Set<LazyNamespace>()
const listeners = new Set<() => void>()
let spoken: Spoken | null = null

export function currentlySpoken(): Spoken {
  if (!spoken) throw new Error('No language is spoken yet: speak() comes first.')
  return spoken
}

export function onSpoken(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function coreOf(language: Language): Promise<Record<string, object>> {
  const present = loaded.get(language)
  if (present) return present
  const core = loadCore(language).then((messages): Record<string, object> => ({ ...messages }))
  loaded.set(language, core)
  core.catch(() => loaded.delete(language))
  return core
}

/** Loads what is wanted by now and is not there. */
async function complete(language: Language): Promise<Record<string, object>> {
  const present = await coreOf(language)
  for (;;) {
    const missing = [...wanted].filter((name) => !present[name])
    if (missing.length === 0) return present
    await Promise.all(
      missing.map(async (name) => {
        present[name] = await loadNamespace(language, name)
      }),
    )
  }
}

function publish(language: Language, present: Record<string, object>): void {
  spoken = { language, messages: { ...present } as Messages }
  for (const listener of listeners) listener()
}

/** The language of the last call: a slow download of one that was left again does not win. */
let asked: Language | null = null

/** Loads a language and switches to it. */
export async function speak(language: Language): Promise<void> {
  asked = language
  const present = await complete(language)
  if (asked === language) publish(language, present)
}

/** Code that speaks these namespaces: both arrive before anything of it is drawn. */
export async function withMessages<M>(names: readonly LazyNamespace[], module: Promise<M>): Promise<M> {
  for (const name of names) wanted.add(name)
  const language = spoken?.language ?? asked
  const [result] = await Promise.all([
    module,
    language === null ? null : complete(language).then((present) => spoken && publishIfSpoken(language, present)),
  ])
  return result
}

function publishIfSpoken(language: Language, present: Record<string, object>): void {
  const current = currentlySpoken()
  if (current.language !== language) return
  const has = current.messages as unknown as Record<string, object>
  if (Object.keys(present).some((name) => !has[name])) publish(language, present)
}
