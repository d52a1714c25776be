import CircleQuestionMark from 'lucide-react/icons/circle-question-mark'
import Command from 'lucide-react/icons/command'
import Keyboard from 'lucide-react/icons/keyboard'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { openShortcuts } from '#src/components/shortcuts/open.ts'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import type { MenuSection } from '#src/components/ui/menu.ts'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'

/** What this console is, and, with the emulator behind it, the way back to its beginning. */
export function HelpMenu(): ReactNode {
  const t = useText('shell.help')
  const { lab } = useApi().backend
  const confirm = useConfirm()

  const about: MenuSection = {
    id: 'about',
    label: t('about'),
    note: (
      <>
        <p>{t('aboutText')}</p>
        {lab ? <p>{t('emulated')}</p> : null}
      </>
    ),
    entries: [],
  }

  const keys: MenuSection = {
    id: 'keys',
    entries: [
      {
        id: 'palette',
        label: t('palette'),
        icon: <Command size={16} aria-hidden />,
        onSelect: () => openShortcuts('palette'),
      },
      {
        id: 'shortcuts',
        label: t('shortcuts'),
        icon: <Keyboard size={16} aria-hidden />,
        onSelect: () => openShortcuts('help'),
      },
    ],
  }

  return (
    <MenuButton
      variant="bar"
      iconOnly
      align="end"
      aria-label={t('label')}
      icon={<CircleQuestionMark size={16} aria-hidden />}
      sections={
        lab
          ? [
              about,
              keys,
              {
                id: 'lab',
                entries: [
                  {
                    id: 'reset',
                    label: t('reset'),
                    detail: t('resetDetail'),
                    icon: <RotateCcw size={16} aria-hidden />,
                    onSelect: () =>
                      confirm({
                        title: t('resetTitle'),
                        body: t('resetText'),
                        confirmLabel: t('resetConfirm'),
                        danger: true,
                        run: async () => {
                          await lab.reset()
                          showToast({ tone: 'ok', title: t('resetDone') })
                        },
                      }),
                  },
                ],
              },
            ]
          : [about, keys]
      }
    />
  )
}
