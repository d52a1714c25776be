import type { ReactNode } from 'react'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { LocalAndUtc } from '#src/components/ui/time.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { Countdown } from '#src/pages/keys/countdown.tsx'
import { hoursUntil } from '#src/pages/keys/key-row.ts'
import type { KeyFacts } from '#src/pages/keys/offers.ts'
import { useCloudMinute } from '#src/pages/keys/use-cloud-minute.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { Attempts } from './attempts.tsx'
import type { KeyLife, Subject } from './use-key-life.tsx'
import { verbBlocker } from './verbs.ts'

interface BannerProps {
  readonly keyMetadata: KeyMetadata
  readonly subject: Subject
  readonly facts: KeyFacts
  readonly region: string
  readonly onAct: KeyLife['act']
}

/** Of a key that waits for its deletion: when it goes, how long that is, and the way back. Nothing for other keys. */
export function PendingDeletionBanner(props: BannerProps): ReactNode {
  const { keyMetadata: key, subject, facts, region, onAct } = props
  const t = useText('life.pending')
  const verbText = useText('life.verb')
  const blockerText = useBlockerText()
  const hours = hoursUntil(key.DeleteDate, useCloudMinute())
  if (key.KeyState !== 'PendingDeletion' || key.DeleteDate === undefined || hours === null) return null
  const blocker = verbBlocker('cancelDeletion', facts)
  return (
    <Notice
      tone="bad"
      title={t('title')}
      actions={
        <Button
          disabledReason={blocker ? blockerText(blocker) : undefined}
          onClick={() => onAct('cancelDeletion', subject)}
        >
          {verbText('cancelDeletion')}
        </Button>
      }
    >
      <p>
        <LocalAndUtc value={key.DeleteDate} /> · <Countdown hours={hours} />
      </p>
      <p>{t('body')}</p>
      <Attempts keyId={key.KeyId} region={region} />
    </Notice>
  )
}
