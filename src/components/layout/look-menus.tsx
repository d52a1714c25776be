import Contrast from 'lucide-react/icons/contrast'
import Languages from 'lucide-react/icons/languages'
import type { ReactNode } from 'react'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import { useSetLanguage } from '#src/i18n/language.tsx'
import { languageNames, languages } from '#src/i18n/languages.ts'
import { useLanguage, useText } from '#src/i18n/use-text.ts'
import { currentTheme, setTheme, themes } from '#src/preferences/theme.ts'

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
  return (
    <MenuButton
      variant="bar"
      iconOnly
      align="end"
      aria-label={t('label')}
      icon={<Contrast size={16} aria-hidden />}
      // Asked when the menu opens: the command palette chooses too.
      sections={() => [
        {
          id: 'themes',
          entries: themes.map((id) => ({
            id,
            label: t(id),
            checked: id === currentTheme(),
            onSelect: () => setTheme(id),
          })),
        },
      ]}
    />
  )
}
