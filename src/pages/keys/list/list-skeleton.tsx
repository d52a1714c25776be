import type { ReactNode } from 'react'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { KeyTable } from './key-table.tsx'
import styles from './list.module.css'
import { createSelection } from './selection.ts'

/** Of no row: it holds the column's place. */
const nothingYet = createSelection()

/** Holds the place of an instance's strip, tools and rows until the instances are known. */
export function ListSkeleton(props: { rows: number }): ReactNode {
  const t = useText('keys.table')
  return (
    <>
      <div className={styles.stripSkeleton}>
        <Skeleton width="long" />
      </div>
      <div className={styles.toolsSkeleton}>
        <Skeleton width="medium" />
      </div>
      <KeyTable
        label={t('label')}
        kind="external"
        rows={[]}
        skeletons={props.rows}
        selection={nothingYet}
        foot={null}
      />
    </>
  )
}
