import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Card } from '#src/components/ui/card.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { buttonClass } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/instances/instances.module.css'

const may = ['create', 'own', 'crypto'] as const
const mayNot = ['ownerKeys', 'details', 'end'] as const

/** An instance of another account, from the side of whom it is shared with: from whom, and what one may do there. */
export function ReceivedCard(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const t = useText('instances.received')
  const { identity } = useApi()
  const { OwnerAccountId: owner = '', Ownership = 'Joint' } = instance.Sharing ?? {}
  const accounts = { owner, own: identity.accountId }
  return (
    <Card
      title={t('title')}
      aside={
        <Link to="/keys" search={{ region, instance: instance.InstanceId }} className={buttonClass('plain')}>
          {t('toKeys')}
        </Link>
      }
    >
      <Facts>
        <Fact term={t('from')}>{owner}</Fact>
        <Fact term={t('ownership')}>{t(`mode.${Ownership}`)}</Fact>
        <Fact term={t('policy')} wide>
          {t(`policyValue.${Ownership}`, accounts)}
        </Fact>
      </Facts>
      <div className={styles.columns}>
        <div className={styles.part}>
          <h3 className={styles.subtitle}>{t('may.title')}</h3>
          <ul className={styles.list}>
            {may.map((name) => (
              <li key={name}>{t(`may.${name}`)}</li>
            ))}
          </ul>
        </div>
        <div className={styles.part}>
          <h3 className={styles.subtitle}>{t('mayNot.title')}</h3>
          <ul className={styles.list}>
            {mayNot.map((name) => (
              <li key={name}>{t(`mayNot.${name}`, accounts)}</li>
            ))}
          </ul>
        </div>
      </div>
      <p className={styles.hint}>{t('ending')}</p>
    </Card>
  )
}
