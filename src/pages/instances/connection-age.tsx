import type { ReactNode } from 'react'
import { Fact } from '#src/components/ui/facts.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import type { Connection } from './connect/connect-form.ts'
import styles from './instances.module.css'

const dayMs = 24 * 60 * 60_000
/** From here on the end of a certificate is near. */
const nearDays = 30

/** How long the proxy's certificate is good for. `now`: ms since the epoch by the cloud's clock. */
export function CertificateFact({
  certificate,
  now,
}: {
  certificate: Connection['Certificate']
  now: number
}): ReactNode {
  const t = useText('instances.connection')
  if (!certificate) return null
  const daysLeft = Math.floor((Date.parse(certificate.NotAfter) - now) / dayMs)
  return (
    <Fact term={t('certificate')}>
      <Time value={certificate.NotAfter} />{' '}
      <span className={daysLeft < nearDays ? styles.over : styles.hint}>
        {daysLeft < 0 ? t('expired') : t('daysLeft', { count: daysLeft })}
      </span>
    </Fact>
  )
}

/** How old the credential is that KMS signs with. */
export function CredentialFact({ since, now }: { since: string; now: number }): ReactNode {
  const t = useText('instances.connection')
  return (
    <Fact term={t('since')}>
      <Time value={since} />{' '}
      <span className={styles.hint}>
        {t('days', { count: Math.max(0, Math.floor((now - Date.parse(since)) / dayMs)) })}
      </span>
    </Fact>
  )
}
