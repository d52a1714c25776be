import { Dialog } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import { useState, type ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { KeyCaps } from './key-caps.tsx'
import { shortcuts, tableKeys, type ShortcutGroup, type ShortcutId } from './keymap.ts'
import styles from './shortcuts.module.css'

const groups = ['everywhere', 'go', 'table'] as const satisfies readonly ShortcutGroup[]
const names = Object.keys(shortcuts) as ShortcutId[]
const tableNames = ['rows', 'cells', 'ends'] as const satisfies readonly (keyof typeof tableKeys)[]

/** Every shortcut that there is, from the table that they are read by. */
export default function ShortcutHelp({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText('shortcuts')
  const [open, setOpen] = useState(true)
  return (
    <Dialog.Root open={open} onOpenChange={setOpen} onOpenChangeComplete={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.veil} />
        <Dialog.Popup className={styles.help}>
          <header className={styles.helpHead}>
            <Dialog.Title className={styles.title}>{t('title')}</Dialog.Title>
            <Dialog.Close
              render={<Button variant="quiet" iconOnly aria-label={t('close')} icon={<X size={16} aria-hidden />} />}
            />
          </header>
          <Dialog.Description className={styles.note}>{t('note')}</Dialog.Description>
          <div className={styles.groups}>
            {groups.map((group) => (
              <section key={group}>
                <h3 className={styles.heading}>{t(`group.${group}`)}</h3>
                <dl className={styles.list}>
                  {group === 'table'
                    ? tableNames.map((name) => (
                        <div key={name} className={styles.entry}>
                          <dt>{t(`table.${name}`)}</dt>
                          <dd>
                            <KeyCaps keys={tableKeys[name]} />
                          </dd>
                        </div>
                      ))
                    : names
                        .filter((name) => shortcuts[name].group === group)
                        .map((name) => (
                          <div key={name} className={styles.entry}>
                            <dt>{t(`shortcut.${name}`)}</dt>
                            <dd>
                              <KeyCaps keys={shortcuts[name].keys} />
                            </dd>
                          </div>
                        ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
