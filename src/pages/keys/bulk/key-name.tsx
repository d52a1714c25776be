import type { ReactNode } from 'react'
import { Identifier } from '#src/components/ui/identifier.tsx'
import styles from './bulk.module.css'
import type { Row } from './runner.ts'

/** A key by its first alias and its ID. */
export function KeyName({ row }: { row: Row }): ReactNode {
  const [alias] = row.aliases
  return (
    <span className={styles.name}>
      {alias === undefined ? null : <span className={styles.alias}>{alias}</span>}
      <span className={styles.id}>
        <Identifier text={row.keyId} />
      </span>
    </span>
  )
}
