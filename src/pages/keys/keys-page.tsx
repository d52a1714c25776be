import { useNavigate, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useCallback, useDeferredValue, type ReactNode } from 'react'
import { PageHeader } from '#src/components/layout/page-header.tsx'
import { useRegion } from '#src/components/layout/use-region.ts'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Tabs } from '#src/components/ui/tabs.tsx'
import { afterPaint, useAnswerFirst } from '#src/components/ui/use-answer-first.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import { readKeySearch, type KeySearch } from './key-search.ts'
import { useKeyLife } from './life/use-key-life.tsx'
import styles from './list/list.module.css'
import { UserKeys, type ListProps } from './list/user-keys.tsx'

const DefaultKeys = lazy(async () => {
  const module = await withMessages(['defaultkey'], import('./list/default-keys.tsx'))
  return { default: module.DefaultKeys }
})

const tabs = ['user', 'default'] as const
type KeyTab = (typeof tabs)[number]

/** The keys of a region, in two tabs. Where one stands in them is in the URL. */
export function KeysPage(): ReactNode {
  const region = useRegion()
  const search = useSearch({ from: '/keys' })
  const navigate = useNavigate()
  const t = useText('keys')
  // The tab answers first and its panel follows; within a tab nothing waits.
  const last = useDeferredValue(search)
  const shown = last.tab === search.tab ? search : last

  const onSearch = useCallback(
    (next: KeySearch, { replace }: { replace: boolean } = { replace: false }) =>
      afterPaint(
        () =>
          void navigate({
            to: '/keys',
            search: { region, ...readKeySearch({ ...next }) },
            replace,
            resetScroll: false,
          }),
      ),
    [navigate, region],
  )
  const life = useKeyLife(region)
  const listProps: ListProps = { region, search: shown, onSearch, life }

  return (
    <>
      <PageHeader title={t('title')} />
      <KeyTabs tab={search.tab ?? 'user'} onChoose={(next) => onSearch(next === 'default' ? { tab: next } : {})}>
        <div className={styles.stack}>
          {shown.tab === 'default' ? (
            <Suspense fallback={<Skeleton width="full" />}>
              <DefaultKeys key={region} {...listProps} />
            </Suspense>
          ) : (
            <UserKeys key={region} {...listProps} />
          )}
        </div>
      </KeyTabs>
      {life.dialog}
    </>
  )
}

/** A component of its own: while the tab answers, the list in it is not drawn again. */
function KeyTabs(props: { tab: KeyTab; onChoose: (tab: KeyTab) => void; children: ReactNode }): ReactNode {
  const t = useText('keys.tab')
  const [tab, choose] = useAnswerFirst(props.tab, props.onChoose)
  return (
    <Tabs label={t('label')} tabs={tabs.map((value) => ({ value, label: t(value) }))} value={tab} onChange={choose}>
      {props.children}
    </Tabs>
  )
}
