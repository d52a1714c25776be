import { useId, type ReactNode } from 'react'
import styles from './card.module.css'
import { cx } from './cx.ts'

/** A titled part of a page. `external`: it is about what stands outside the cloud. */
export function Card(props: { title: string; aside?: ReactNode; external?: boolean; children: ReactNode }): ReactNode {
  const { title, aside, external = false, children } = props
  const id = useId()
  return (
    <section className={cx(styles.card, external && styles.external)} aria-labelledby={id}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {aside}
      </header>
      <div className={styles.body}>{children}</div>
    </section>
  )
}
