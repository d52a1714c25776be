import type { LazyNamespace, messages } from './messages/en/index.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** What each language calls itself, and its BCP 47 tag for `<html lang>` and dates. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', zh: '简体中文' }
export const languageTags: Readonly<Record<Language, string>> = { en: 'en-US', zh: 'zh-CN' }

export type CoreMessages = typeof messages

/** Only the language in use is downloaded. */
const cores: Readonly<Record<Language, () => Promise<{ messages: CoreMessages }>>> = {
  en: () => import('./messages/en/index.ts'),
  zh: () => import('./messages/zh/index.ts'),
}
const lazyFiles = import.meta.glob<{ default: object }>('./messages/*/lazy/*.json')

export const loadCore = async (language: Language): Promise<CoreMessages> => (await cores[language]()).messages

export async function loadNamespace(language: Language, name: LazyNamespace): Promise<object> {
  const load = lazyFiles[`./messages/${language}/lazy/${name}.json`]
  if (!load) throw new Error(`There is no file of the messages ${name} in ${language}.`)
  return (await load()).default
}

/** The remembered language, else the first of the browser's that there is, else English. */
export function preferredLanguage(remembered: string | null, browser: readonly string[]): Language {
  const known = (tag: string): Language | undefined =>
    languages.find((language) => tag.toLowerCase().split('-')[0] === language)
  return [...(remembered === null ? [] : [remembered]), ...browser].map(known).find(Boolean) ?? 'en'
}
