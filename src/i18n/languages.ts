import type { Messages } from './messages/en/index.ts'

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** What each language calls itself, and its BCP 47 tag for `<html lang>` and dates. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', zh: '简体中文' }
export const languageTags: Readonly<Record<Language, string>> = { en: 'en-US', zh: 'zh-CN' }

/** Only the language in use is downloaded. */
const loaders: Readonly<Record<Language, () => Promise<{ messages: Messages }>>> = {
  en: () => import('./messages/en/index.ts'),
  zh: () => import('./messages/zh/index.ts'),
}

export const loadMessages = async (language: Language): Promise<Messages> => (await loaders[language]()).messages

/** The remembered language, else the first of the browser's that there is, else English. */
export function preferredLanguage(remembered: string | null, browser: readonly string[]): Language {
  const known = (tag: string): Language | undefined =>
    languages.find((language) => tag.toLowerCase().split('-')[0] === language)
  return [...(remembered === null ? [] : [remembered]), ...browser].map(known).find(Boolean) ?? 'en'
}
