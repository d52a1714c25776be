import { useEffect, useRef, type ReactNode } from 'react'
import type { AccessKeyPair } from '#src/api/contract/backend.ts'
import { LanguageMenu, ThemeMenu } from '#src/components/layout/look-menus.tsx'
import { Mark } from '#src/components/layout/mark.tsx'
import { SignInForm } from '#src/components/sign-in/sign-in-form.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './sign-in-page.module.css'

/** Before the console, where a cloud over HTTP stands behind it. The address stays: one arrives where one wanted to go. */
export function SignInPage(props: {
  /** Where the cloud answers. */
  address: string
  onSubmit: (given: AccessKeyPair) => Promise<void>
}): ReactNode {
  const { address, onSubmit } = props
  const t = useText('signin')
  const shell = useText('shell')

  const first = useRef<HTMLInputElement>(null)

  useEffect(() => first.current?.focus(), [])
  useEffect(() => {
    document.title = shell('documentTitle', { page: t('title') })
  }, [shell, t])

  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <Mark />
        <span className={styles.product}>{shell('product')}</span>
        <span className={styles.gap} />
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main className={styles.main}>
        <h1>{t('title')}</h1>
        <p className={styles.lead}>
          {t.rich('lead', { address: () => <code className={styles.address}>{new URL(address).host}</code> })}
        </p>
        <SignInForm first={first} onSubmit={onSubmit} />
        <p className={styles.hint}>{t('kept')}</p>
      </main>
    </div>
  )
}
