import { useCallback, useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { keepPreference } from '#src/preferences/stored.ts'
import { languageTags, type Language } from './languages.ts'
import { currentlySpoken, onSpoken, speak } from './spoken.ts'

/** Switches the language, without a reload, and remembers it. */
export function useSetLanguage(): (language: Language) => void {
  return useCallback((language: Language) => {
    keepPreference('kms.language', language)
    void speak(language)
  }, [])
}

/** Messages for everything below. A language is spoken before the first render, so that no key is ever seen. */
export function LanguageProvider(props: { children: ReactNode }): ReactNode {
  const { language, messages } = useSyncExternalStore(onSpoken, currentlySpoken)

  useEffect(() => {
    document.documentElement.lang = languageTags[language]
  }, [language])

  return (
    <IntlProvider locale={language} messages={messages} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
      {props.children}
    </IntlProvider>
  )
}
