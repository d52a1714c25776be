/** The one door to messages: `const t = useText('keys')`. Keys are typed; unknown ones do not compile. */
import { useLocale, useTranslations } from 'use-intl'
import type { Language } from './languages.ts'

export const useText = useTranslations

export const useLanguage = (): Language => useLocale()
