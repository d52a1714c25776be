import { createContext, startTransition, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { IntlProvider } from 'use-intl'
import { keepPreference } from '#src/preferences/stored.ts'
import { languageTags, loadMessages, type Language } from './languages.ts'
import type { Messages } from './messages/en/index.ts'

const SetLanguageContext = createContext<((language: Language) => void) | null>(null)

/** Switches the language, without a reload, and remembers it. */
export function useSetLanguage(): (language: Language) => void {
  const setLanguage = useContext(SetLanguageContext)
  if (!setLanguage) throw new Error('useSetLanguage is used outside LanguageProvider.')
  return setLanguage
}

interface Spoken {
  readonly language: Language
  readonly messages: Messages
}

/** Messages for everything below. `initial` is loaded before the first render, so that no key is ever seen. */
export function LanguageProvider(props: { initial: Spoken; children: ReactNode }): ReactNode {
  const [spoken, setSpoken] = useState(props.initial)
  const { language, messages } = spoken

  useEffect(() => {
    document.documentElement.lang = languageTags[language]
  }, [language])

  const setLanguage = useMemo(
    () =>
      (next: Language): void => {
        keepPreference('kms.language', next)
        void loadMessages(next).then((nextMessages) =>
          startTransition(() => setSpoken({ language: next, messages: nextMessages })),
        )
      },
    [],
  )

  return (
    <SetLanguageContext value={setLanguage}>
      <IntlProvider locale={language} messages={messages} timeZone={Intl.DateTimeFormat().resolvedOptions().timeZone}>
        {props.children}
      </IntlProvider>
    </SetLanguageContext>
  )
}
