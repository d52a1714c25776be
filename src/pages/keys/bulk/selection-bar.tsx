/** How many keys are selected, and what can be done with them at once. Stands below the list and stays in sight. */
import { useQueryClient } from '@tanstack/react-query'
import X from 'lucide-react/icons/x'
import { useEffect, useEffectEvent, useSyncExternalStore, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { announce } from '#src/components/ui/announcer.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import type { MenuEntry } from '#src/components/ui/menu.ts'
import { currentWork, onWork } from '#src/components/in-hand/work.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { SelectedKeys } from '#src/pages/keys/list/selection-place.tsx'
import { countSelected } from '#src/pages/keys/list/selection.ts'
import type { Verb } from './orders.ts'
import type { Chosen } from './reader.ts'
import styles from './selection-bar.module.css'
import { beginBulk, preloadBulkPanel } from './session.tsx'

const atHand = ['enable', 'disable', 'tag'] as const satisfies Verb[]
const inMenu = [
  ['untag', 'protect', 'unprotect'],
  ['schedule', 'cancel'],
] as const satisfies Verb[][]

export function SelectionBar({ selection, total, region, filters }: SelectedKeys): ReactNode {
  const t = useText('bulk.bar')
  const verbText = useText('bulk.verb')
  const api = useApi()
  const queryClient = useQueryClient()
  const state = useSyncExternalStore(selection.subscribe, selection.state)
  const isBusy = useSyncExternalStore(onWork, () => currentWork()?.work.isUnderWay() ?? false)
  const count = countSelected(state, total)
  const isFiltered = filters.length > 1
  const words = t('selected', { count })
  const disabledReason = isBusy ? t('busy') : undefined

  const sayNone = useEffectEvent(() => announce(t('none')))

  useEffect(preloadBulkPanel, [])
  useEffect(() => announce(words), [words])
  useEffect(() => () => sayNone(), [])

  function begin(verb: Verb): void {
    const { isAll, ids } = selection.state()
    const chosen: Chosen = isAll
      ? { kind: 'matching', filters, except: ids, count }
      : { kind: 'picked', keyIds: [...ids], count }
    beginBulk({ api, queryClient, region, chosen, verb, onOrder: selection.clear })
  }

  return (
    <div role="region" aria-label={t('label')} data-selection-bar className={styles.bar}>
      <strong className={styles.count}>{words}</strong>
      {state.page === 'every' && count < total ? (
        <Button variant="link" onClick={selection.selectAll}>
          {t(isFiltered ? 'allMatching' : 'all', { count: total })}
        </Button>
      ) : null}
      <span className={styles.verbs}>
        {atHand.map((verb) => (
          <Button key={verb} disabledReason={disabledReason} onClick={() => begin(verb)}>
            {verbText(verb)}
          </Button>
        ))}
        <MenuButton
          align="end"
          sections={inMenu.map((verbs) => ({
            id: verbs[0],
            entries: verbs.map((verb): MenuEntry => ({
              id: verb,
              label: verbText(verb),
              danger: verb === 'schedule',
              disabledReason,
              onSelect: () => begin(verb),
            })),
          }))}
        >
          {t('more')}
        </MenuButton>
        <Button
          variant="quiet"
          iconOnly
          aria-label={t('clear')}
          icon={<X size={16} aria-hidden />}
          onClick={selection.clear}
        />
      </span>
    </div>
  )
}
