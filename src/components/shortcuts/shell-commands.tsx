import { useNavigate } from '@tanstack/react-router'
import Activity from 'lucide-react/icons/activity'
import Keyboard from 'lucide-react/icons/keyboard'
import KeyRound from 'lucide-react/icons/key-round'
import Languages from 'lucide-react/icons/languages'
import Plus from 'lucide-react/icons/plus'
import Server from 'lucide-react/icons/server'
import ShieldQuestionMark from 'lucide-react/icons/shield-question-mark'
import SunMoon from 'lucide-react/icons/sun-moon'
import { useMemo } from 'react'
import { useRegion } from '#src/components/layout/use-region.ts'
import { useSetLanguage } from '#src/i18n/language.tsx'
import { languageNames, languages } from '#src/i18n/languages.ts'
import { useLanguage, useText } from '#src/i18n/use-text.ts'
import { setTheme, themes } from '#src/preferences/theme.ts'
import type { Command } from './commands.ts'
import { openShortcuts } from './open.ts'

const size = 16

/** What can be reached and set from everywhere. */
export function useShellCommands(): readonly Command[] {
  const t = useText('shortcuts')
  const shell = useText('shell')
  const region = useRegion()
  const navigate = useNavigate()
  const language = useLanguage()
  const setLanguage = useSetLanguage()
  return useMemo((): readonly Command[] => {
    const pages = t('pages')
    const look = t('look')
    return [
      {
        id: 'goKeys',
        label: shell('nav.keys'),
        group: pages,
        icon: <KeyRound size={size} aria-hidden />,
        run: () => void navigate({ to: '/keys', search: { region } }),
      },
      {
        id: 'goDefaultKeys',
        label: t('defaultKeys'),
        group: pages,
        icon: <KeyRound size={size} aria-hidden />,
        run: () => void navigate({ to: '/keys', search: { region, tab: 'default' } }),
      },
      {
        id: 'createKey',
        label: t('createKey'),
        group: pages,
        icon: <Plus size={size} aria-hidden />,
        run: () => void navigate({ to: '/keys', search: { region, panel: 'create' } }),
      },
      {
        id: 'goAccess',
        label: shell('nav.access'),
        group: pages,
        icon: <ShieldQuestionMark size={size} aria-hidden />,
        run: () => void navigate({ to: '/access', search: { region } }),
      },
      {
        id: 'goActivity',
        label: shell('nav.activity'),
        group: pages,
        icon: <Activity size={size} aria-hidden />,
        run: () => void navigate({ to: '/activity', search: { region } }),
      },
      {
        id: 'goManager',
        label: shell('nav.manager'),
        group: pages,
        icon: <Server size={size} aria-hidden />,
        run: () => void navigate({ to: '/key-manager', search: { region } }),
      },
      {
        id: 'help',
        label: t('title'),
        group: pages,
        icon: <Keyboard size={size} aria-hidden />,
        run: () => openShortcuts('help'),
      },
      ...languages
        .filter((other) => other !== language)
        .map((other): Command => ({
          id: `language ${other}`,
          label: languageNames[other],
          group: look,
          keywords: shell('language.label'),
          icon: <Languages size={size} aria-hidden />,
          run: () => setLanguage(other),
        })),
      ...themes.map((theme): Command => ({
        id: `theme ${theme}`,
        label: t('theme', { theme: shell(`theme.${theme}`) }),
        group: look,
        icon: <SunMoon size={size} aria-hidden />,
        run: () => setTheme(theme),
      })),
    ]
  }, [t, shell, region, navigate, language, setLanguage])
}
