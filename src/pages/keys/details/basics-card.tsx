import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { Card } from '#src/components/ui/card.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { DescriptionFact } from '#src/pages/keys/labels/description-fact.tsx'
import type { KeyFacts } from '#src/pages/keys/offers.ts'

/** Words for the values that have some; any other value is shown as the API says it. */
const usageWords = { 'ENCRYPT/DECRYPT': 'usageEncryptDecrypt', 'SIGN/VERIFY': 'usageSignVerify' } as const
const originWords = {
  EXTERNAL_KEY_STORE: 'originExternalKeyStore',
  Aliyun_KMS: 'originAliyunKms',
  EXTERNAL: 'originExternal',
} as const

/** With the way to the instance's own page. */
function InstanceId({ instanceId, region }: { instanceId: string; region: string }): ReactNode {
  const t = useText('details.basics')
  return (
    <Identifier
      text={instanceId}
      thing={t('instance')}
      link={(content) => (
        <Link to="/instances/$instanceId" params={{ instanceId }} search={{ region }}>
          {content}
        </Link>
      )}
    />
  )
}

const rotationWords = { Enabled: 'on', Disabled: 'off', Suspended: 'suspended' } as const
const storageWords = { HsmInternal: 'storageInternal', HsmEncryptedDatabase: 'storageDatabase' } as const

const wordOf = <W extends Readonly<Record<string, string>>>(words: W, value: string): W[keyof W] | undefined =>
  words[value] as W[keyof W] | undefined

/** Everything that DescribeKey tells. */
export function BasicsCard(props: { keyMetadata: KeyMetadata; region: string; facts: KeyFacts }): ReactNode {
  const { keyMetadata: key } = props
  const t = useText('details.basics')
  const usage = wordOf(usageWords, key.KeyUsage)
  const storage = wordOf(storageWords, key.KeyStorageMechanism ?? '')
  const origin = wordOf(originWords, key.Origin ?? '')
  return (
    <Card title={t('title')}>
      <Facts>
        <Fact term={t('keyId')}>
          <Identifier text={key.KeyId} thing={t('keyId')} />
        </Fact>
        <Fact term={t('arn')}>
          <Identifier text={key.Arn} thing={t('arn')} />
        </Fact>
        {key.ExternalKeyId === undefined ? null : (
          <Fact term={t('externalKeyId')}>
            <Identifier text={key.ExternalKeyId} thing={t('externalKeyId')} />
          </Fact>
        )}
        <Fact term={t('instance')}>
          {key.DKMSInstanceId === undefined ? (
            t('none')
          ) : (
            <InstanceId instanceId={key.DKMSInstanceId} region={props.region} />
          )}
        </Fact>
        <Fact term={t('spec')}>{key.KeySpec}</Fact>
        <Fact term={t('usage')}>{usage ? t(usage) : key.KeyUsage}</Fact>
        {key.Origin === undefined ? null : <Fact term={t('origin')}>{origin ? t(origin) : key.Origin}</Fact>}
        {key.ProtectionLevel === undefined ? null : <Fact term={t('protectionLevel')}>{key.ProtectionLevel}</Fact>}
        <Fact term={t('creator')}>{key.Creator}</Fact>
        <Fact term={t('createdAt')}>
          <Time value={key.CreationDate} seconds />
        </Fact>
        {key.DeleteDate === undefined ? null : (
          <Fact term={t('deleteAt')}>
            <Time value={key.DeleteDate} seconds />
          </Fact>
        )}
        {key.DeletionProtection === undefined ? null : (
          <Fact term={t('deletionProtection')}>{t(key.DeletionProtection === 'Enabled' ? 'on' : 'off')}</Fact>
        )}
        {key.DeletionProtectionDescription ? (
          <Fact term={t('deletionProtectionReason')}>{key.DeletionProtectionDescription}</Fact>
        ) : null}
        {storage === undefined ? null : <Fact term={t('storage')}>{t(storage)}</Fact>}
        {key.PrimaryKeyVersion === undefined ? null : (
          <Fact term={t('primaryVersion')}>
            <Identifier text={key.PrimaryKeyVersion} thing={t('primaryVersion')} />
          </Fact>
        )}
        <Fact term={t('rotation')}>
          {key.ExternalKeyId === undefined
            ? t(wordOf(rotationWords, key.AutomaticRotation ?? '') ?? 'off')
            : t('rotationOutside')}
        </Fact>
        {key.MaterialExpireTime === undefined ? null : (
          <Fact term={t('materialExpires')}>
            {key.MaterialExpireTime === '' ? t('never') : <Time value={key.MaterialExpireTime} />}
          </Fact>
        )}
        <DescriptionFact {...props} />
      </Facts>
    </Card>
  )
}
