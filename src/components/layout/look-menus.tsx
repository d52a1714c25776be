import Contrast from 'lucide-react/icons/contrast'
import Languages from 'lucide-react/icons/languages'
import { useState, type ReactNode } from 'react'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import { useSetLanguage } from '#src/i18n/language.tsx'
import { languageNames, languages } from '#src/i18n/languages.ts'
import { useLanguage, useText } from '#src/i18n/use-text.ts'
import { currentTheme, setTheme, themes, type Theme } from '#src/preferences/theme.ts'

export function LanguageMenu(): ReactNode {
  const t = useText('shell.language')
  const language = useLanguage()
  const setLanguage = useSetLanguage()
  return (
    <MenuButton
      variant="bar"
      iconOnly
      align="end"
      aria-label={t('label')}
      icon={<Languages size={16} aria-hidden />}
      sections={[
        {
          id: 'languages',
          entries: languages.map((id) => ({
            id,
            label: languageNames[id],
            checked: id === language,
            onSelect: () => setLanguage(id),
          })),
        },
      ]}
    />
  )
}

export function ThemeMenu(): ReactNode {
  const t = useText('shell.theme')
  const [theme, choose] = useState(currentTheme)
  function select(next: Theme): void {
    setTheme(next)
    choose(next)
  }
  return (
    <MenuButton
      variant="bar"
      iconOnly
      align="end"
      aria-label={t('label')}
      icon={<Contrast size={16} aria-hidden />}
      sections={[
        {
          id: 'themes',
          entries: themes.map((id) => ({ id, label: t(id), checked: id === theme, onSelect: () => select(id) })),
        },
      ]}
    />
  )
}
