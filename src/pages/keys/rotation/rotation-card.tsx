/** Automatic rotation and the versions of a key whose material KMS holds. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { q } from '#src/api/queries.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { LocalAndUtc } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { intervalDays } from './rotation-choice.ts'
import { keyQuota } from './version-rules.ts'
import { Versions } from './versions.tsx'

const RotationPanel = lazy(async () => ({ default: (await import('./rotation-panel.tsx')).RotationPanel }))

interface RotationProps {
  readonly keyMetadata: KeyMetadata
  readonly facts: KeyFacts
  readonly name: string
  readonly region: string
}

export default function RotationCard(props: RotationProps): ReactNode {
  const { keyMetadata: key, facts, region } = props
  const api = useApi()
  const t = useText('rotation')
  const blockerText = useBlockerText()
  const [changing, setChanging] = useState(false)
  const { DKMSInstanceId: KmsInstanceId = '' } = key
  const quotas = useQuery({
    ...q(api, region, 'GetKmsInstanceQuotaInfos', { KmsInstanceId, ResourceType: 'key' }),
    enabled: KmsInstanceId !== '',
  })
  const blocker = blockerOf('UpdateRotationPolicy', facts)
  return (
    <Card
      title={t('title')}
      aside={
        <Button disabledReason={blocker === null ? undefined : blockerText(blocker)} onClick={() => setChanging(true)}>
          {t('change')}
        </Button>
      }
    >
      <Rotation keyMetadata={key} />
      <Versions {...props} quota={keyQuota(quotas.data)} />
      {changing ? (
        <Suspense>
          <RotationPanel {...props} onClose={() => setChanging(false)} />
        </Suspense>
      ) : null}
    </Card>
  )
}

const marks = {
  Enabled: { shape: 'dot', tone: 'ok' },
  Suspended: { shape: 'triangle', tone: 'warn' },
  Disabled: { shape: 'ring', tone: 'idle' },
} as const

function Rotation({ keyMetadata: key }: { keyMetadata: KeyMetadata }): ReactNode {
  const t = useText('rotation')
  const { AutomaticRotation: rotation } = key
  const state = rotation === 'Enabled' || rotation === 'Suspended' ? rotation : 'Disabled'
  const detail = state !== 'Suspended' ? undefined : t(`suspended.${key.KeyState === 'Enabled' ? 'full' : 'state'}`)
  return (
    <Facts>
      <Fact term={t('automatic')}>
        <StatusMark {...marks[state]} label={t(`state.${state}`)} detail={detail} />
      </Fact>
      {key.RotationInterval === undefined ? null : (
        <Fact term={t('interval')}>
          <Interval text={key.RotationInterval} />
        </Fact>
      )}
      {key.LastRotationDate === undefined ? null : (
        <Fact term={t('last')}>
          <LocalAndUtc value={key.LastRotationDate} />
        </Fact>
      )}
      {key.NextRotationDate === undefined ? null : (
        <Fact term={t('next')}>
          <LocalAndUtc value={key.NextRotationDate} />
        </Fact>
      )}
    </Facts>
  )
}

/** In days where it is days, as every interval of the API is; else as the API says it. */
function Interval({ text }: { text: string }): ReactNode {
  const t = useText('rotation.choice')
  const days = intervalDays(text)
  return days === null ? text : t('days', { days })
}
