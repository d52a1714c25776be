import type { ReactNode } from 'react'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { InstanceStatus } from '#src/api/contract/states.ts'
import { useText } from '#src/i18n/use-text.ts'
import { Badge } from './ui/badge.tsx'
import { StatusMark, type StatusShape, type StatusTone } from './ui/status-mark.tsx'

const looks: Readonly<Record<InstanceStatus, { shape: StatusShape; tone: StatusTone }>> = {
  Uninitialized: { shape: 'ring', tone: 'idle' },
  Connecting: { shape: 'ring', tone: 'warn' },
  Connected: { shape: 'dot', tone: 'ok' },
  Disconnected: { shape: 'square', tone: 'bad' },
  Error: { shape: 'triangle', tone: 'bad' },
}

export function InstanceStatusMark({ status }: { status: InstanceStatus }): ReactNode {
  const t = useText('keys.instance')
  return <StatusMark {...looks[status]} label={t(`status.${status}`)} />
}

/** What an instance is, and how it stands. */
export function InstanceStanding({ instance }: { instance: KmsInstance }): ReactNode {
  const { InstanceType, Status } = instance
  const t = useText('keys.instance')
  return (
    <>
      <Badge tone={InstanceType === 'External' ? 'external' : 'idle'}>{t(`type.${InstanceType ?? 'unknown'}`)}</Badge>
      <InstanceStatusMark status={Status} />
    </>
  )
}
