import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { Card } from '#src/components/ui/card.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './instances.module.css'

const chargeNames: Readonly<Record<string, 'prepay' | 'postpay'>> = { PREPAY: 'prepay', POSTPAY: 'postpay' }

/** What GetKmsInstance tells: to an account that the instance is shared with, little. */
export function BasicsCard({ instance }: { instance: KmsInstance }): ReactNode {
  const t = useText('instances.basics')
  const words = useText('keys.instance')
  const { identity } = useApi()
  const { Sharing } = instance
  const owner = Sharing?.OwnerAccountId ?? identity.accountId
  const text = (term: Parameters<typeof t>[0], value: string | number | undefined): ReactNode =>
    value === undefined || value === '' ? null : <Fact term={t(term)}>{value}</Fact>
  return (
    <Card title={t('title')}>
      <Facts>
        <Fact term={t('id')}>
          <Identifier text={instance.InstanceId} thing={t('id')} />
        </Fact>
        {text('type', words(`type.${instance.InstanceType ?? 'unknown'}`))}
        <Fact term={t('owner')}>{owner === identity.accountId ? t('ownAccount', { account: owner }) : owner}</Fact>
        {instance.CreateTime === undefined ? null : (
          <Fact term={t('created')}>
            <Time value={instance.CreateTime} />
          </Fact>
        )}
        {instance.EndDate === undefined ? null : (
          <Fact term={t('ends')}>
            <Time value={instance.EndDate} />
          </Fact>
        )}
        {text('performance', instance.Spec === undefined ? undefined : t('qps', { count: instance.Spec }))}
        {instance.VpcId === undefined ? null : (
          <Fact term={t('vpc')}>
            <Identifier text={instance.VpcId} thing={t('vpc')} />
          </Fact>
        )}
        {text('vSwitches', instance.VswitchIds?.join(', '))}
        {text('zones', instance.ZoneIds?.join(', '))}
        {instance.ChargeType === undefined ? null : text('charge', t(chargeNames[instance.ChargeType] ?? 'prepay'))}
        {instance.DeletionProtection === undefined ? null : (
          <Fact term={t('protection')}>
            {t(instance.DeletionProtection ? 'protected' : 'unprotected')}
            {instance.DeletionProtectionDescription ? (
              <span dir="auto" className={styles.hint}>
                {' '}
                {instance.DeletionProtectionDescription}
              </span>
            ) : null}
          </Fact>
        )}
      </Facts>
    </Card>
  )
}
