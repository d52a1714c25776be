import type { ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'

/** Spec and usage: there is one of each, so they are told rather than asked. */
export function FixedChoices(): ReactNode {
  const t = useText('create.fixed')
  return (
    <div>
      <dl className={styles.columns}>
        {(['spec', 'usage'] as const).map((name) => (
          <div key={name}>
            <dt className={styles.term}>{t(`${name}.label`)}</dt>
            <dd className={styles.fixed}>
              <span className={styles.strong}>{t(`${name}.value`)}</span>
              <span className={styles.quiet}>{t(`${name}.detail`)}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.hint}>{t('limits')}</p>
    </div>
  )
}
