/** How many keys are selected, and what can be done with them at once. Stands below the list and stays in sight. */
import X from 'lucide-react/icons/x'
import { useEffect, useSyncExternalStore, type ReactNode } from 'react'
import { announce } from '#src/components/ui/announcer.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { SelectedKeys } from '#src/pages/keys/list/selection-place.tsx'
import { countSelected } from '#src/pages/keys/list/selection.ts'
import styles from './selection-bar.module.css'

export function SelectionBar({ selection, total, filters }: SelectedKeys): ReactNode {
  const t = useText('bulk.bar')
  const state = useSyncExternalStore(selection.subscribe, selection.state)
  const count = countSelected(state, total)
  const isFiltered = filters.length > 1
  const words = t('selected', { count })

  useEffect(() => announce(words), [words])
  useEffect(() => () => announce(t('none')), [t])

  return (
    <div role="region" aria-label={t('label')} data-selection-bar className={styles.bar}>
      <strong className={styles.count}>{words}</strong>
      {state.page === 'every' && count < total ? (
        <Button variant="link" onClick={selection.selectAll}>
          {t(isFiltered ? 'allMatching' : 'all', { count: total })}
        </Button>
      ) : null}
      <span className={styles.clear}>
        <Button variant="quiet" icon={<X size={16} aria-hidden />} onClick={selection.clear}>
          {t('clear')}
        </Button>
      </span>
    </div>
  )
}
