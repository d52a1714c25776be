import { Combobox } from '@base-ui/react/combobox'
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import KeyRound from 'lucide-react/icons/key-round'
import { useMemo, useRef, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { allAliases } from '#src/api/queries.ts'
import { useRegion } from '#src/components/layout/use-region.ts'
import floatStyles from '#src/components/ui/float.module.css'
import { OptionList, type ScrollToOption } from '#src/components/ui/option-list.tsx'
import { matches, type PickOption } from '#src/components/ui/options.ts'
import { useText } from '#src/i18n/use-text.ts'
import { offeredCommands, type Command } from './commands.ts'
import { KeyCaps } from './key-caps.tsx'
import { shortcuts, type ShortcutId } from './keymap.ts'
import styles from './shortcuts.module.css'
import { useShellCommands } from './shell-commands.tsx'

/** Every page, what the open page can do, and the keys by their aliases: found by typing. */
export default function CommandPalette({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText('shortcuts')
  const [open, setOpen] = useState(true)
  const scrollTo = useRef<ScrollToOption>(null)
  const commands = useEveryCommand()
  const options = useMemo(() => commands.map(optionOf), [commands])
  /** Carried out once the palette is gone, so that the focus it returns is not taken from what comes next. */
  const chosen = useRef<Command | null>(null)

  function leave(next: boolean): void {
    if (next) return
    onClose()
    chosen.current?.run()
  }

  return (
    <Dialog.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={leave}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.veil} />
        <Dialog.Popup className={styles.palette} aria-label={t('palette')}>
          <Combobox.Root
            inline
            open
            virtualized
            autoHighlight
            items={options}
            itemToStringLabel={(option: PickOption) => option.label}
            filter={matches}
            value={null}
            onValueChange={(option: PickOption | null, details) => {
              details.cancel()
              const command = commands.find(({ id }) => id === option?.value)
              if (!command || command.disabledReason !== undefined) return
              chosen.current = command
              setOpen(false)
            }}
            onItemHighlighted={(option, { index, reason }) => {
              if (option && reason !== 'pointer') queueMicrotask(() => scrollTo.current?.(index))
            }}
          >
            <Combobox.Input className={floatStyles.search} placeholder={t('search')} aria-label={t('search')} />
            <Combobox.Empty className={floatStyles.empty}>{t('nothing')}</Combobox.Empty>
            <OptionList scrollTo={scrollTo} />
          </Combobox.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const keysOf: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  (Object.keys(shortcuts) as ShortcutId[]).map((id) => [id, shortcuts[id].keys]),
)

function optionOf({ id, label, group, keywords, icon, disabledReason }: Command): PickOption {
  const keys = keysOf[id]
  return {
    value: id,
    label,
    group,
    keywords,
    icon,
    detail: disabledReason,
    disabled: disabledReason !== undefined,
    ...(keys ? { aside: <KeyCaps keys={keys} /> } : {}),
  }
}

/** What the open page offers first, then pages, keys, and the shell's own. */
function useEveryCommand(): readonly Command[] {
  const shell = useShellCommands()
  const keys = useKeyCommands()
  // The page's offers stand still while the palette is over it.
  const [page] = useState(offeredCommands)
  return useMemo(() => [...page, ...shell, ...keys], [page, shell, keys])
}

function useKeyCommands(): readonly Command[] {
  const api = useApi()
  const region = useRegion()
  const navigate = useNavigate()
  const t = useText('shortcuts')
  const aliases = useQuery(allAliases(api, region))
  return useMemo(
    () =>
      (aliases.data ?? []).map(({ AliasName, KeyId }): Command => ({
        id: `key ${AliasName}`,
        label: AliasName,
        group: t('keys'),
        keywords: KeyId,
        icon: <KeyRound size={16} aria-hidden />,
        run: () => void navigate({ to: '/keys/$keyId', params: { keyId: KeyId }, search: { region } }),
      })),
    [aliases.data, navigate, region, t],
  )
}
