import { useEffect, useRef, useState, type ReactNode } from 'react'
import { isProblem, limits } from '#src/api/contract/rules.ts'
import { useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { LocalAndUtc } from '#src/components/ui/time.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { useCloudMinute } from '#src/pages/keys/use-cloud-minute.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { useDependants } from './use-dependants.tsx'
import { deletionTime, namesKey, readDays } from './deletion.ts'
import { LifeDialog } from './life-dialog.tsx'
import type { LifeDialogProps } from './life-dialogs.tsx'
import { ProtectionReason } from './protection-dialogs.tsx'
import { verbBlocker } from './verbs.ts'

export function ScheduleDeletionDialog(props: LifeDialogProps): ReactNode {
  const { asked, live, onAct, onClose } = props
  const t = useText('life.schedule')
  const problemText = useProblemText()
  const now = useCloudMinute()
  const dependants = useDependants(props)
  const schedule = useWrite('ScheduleKeyDeletion', asked.region)
  const [daysText, setDaysText] = useState(String(limits.deletionDays.preset))
  const [typed, setTyped] = useState('')
  const daysInput = useRef<HTMLInputElement>(null)
  const switchesOff = useRef(false)

  const days = readDays(daysText)
  const daysProblem = isProblem(days) ? problemText(days) : undefined
  const isNamed = namesKey(typed, asked.keyId, live.aliasNames)
  const isProtected = live.facts?.isProtected === true
  // The key's news may take the switch away before its own answer comes: the news is what the focus waits for.
  useEffect(() => {
    if (isProtected || !switchesOff.current) return
    switchesOff.current = false
    daysInput.current?.focus()
  }, [isProtected])
  const wait = isProtected
    ? t('protection.wait')
    : (dependants.wait ?? daysProblem ?? (isNamed ? undefined : t('confirm.wait')))

  return (
    <LifeDialog
      asked={asked}
      live={live}
      title={t('title', { key: asked.name })}
      danger
      consequence={
        <>
          <p>{t('body')}</p>
          {live.facts?.kind === 'external' ? <p>{t('external')}</p> : null}
        </>
      }
      wait={wait}
      run={async () => {
        if (!isProblem(days)) await schedule.mutateAsync({ KeyId: asked.keyId, PendingWindowInDays: days })
      }}
      onClose={onClose}
    >
      <Safer {...props} onDisable={() => onAct('disable', asked)} />
      {isProtected ? <ProtectionSwitch {...props} onSwitch={(switches) => (switchesOff.current = switches)} /> : null}
      {dependants.part}
      <Field
        label={t('days.label', { min: limits.deletionDays.min, max: limits.deletionDays.max })}
        required
        error={daysProblem}
        hint={t('days.hint', { preset: limits.deletionDays.preset, provider: limits.deletionDays.max })}
      >
        <TextInput
          ref={daysInput}
          inputMode="numeric"
          maxLength={4}
          value={daysText}
          onChange={(event) => setDaysText(event.target.value)}
        />
      </Field>
      <p aria-live="polite">
        {isProblem(days) ? null : t.rich('date', { time: () => <LocalAndUtc value={deletionTime(now, days)} /> })}
      </p>
      <Field label={t('confirm.label', { name: asked.name })} required hint={t('confirm.hint')}>
        <TextInput mono value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
    </LifeDialog>
  )
}

/** The verb that can be taken back, before the one that cannot. */
function Safer({ live, onDisable }: LifeDialogProps & { onDisable: () => void }): ReactNode {
  const t = useText('life.schedule.safer')
  const blockerText = useBlockerText()
  if (!live.facts) return null
  const blocker = verbBlocker('disable', live.facts)
  if (blocker?.by === 'already') return <Notice title={t('disabledTitle')}>{t('disabled')}</Notice>
  return (
    <Notice
      title={t('title')}
      actions={
        <Button disabledReason={blocker ? blockerText(blocker) : undefined} onClick={onDisable}>
          {t('action')}
        </Button>
      }
    >
      {t('body')}
    </Notice>
  )
}

/** A protected key is refused: here is the switch. */
function ProtectionSwitch(props: LifeDialogProps & { onSwitch: (switches: boolean) => void }): ReactNode {
  const { asked, live, onSwitch } = props
  const t = useText('life.schedule.protection')
  const blockerText = useBlockerText()
  const unprotect = useWrite('SetDeletionProtection', asked.region)
  const blocker = live.facts && verbBlocker('unprotect', live.facts)
  return (
    <>
      <Notice
        tone="warn"
        live
        title={t('title')}
        actions={
          <Button
            busy={unprotect.isPending}
            disabledReason={blocker ? blockerText(blocker) : undefined}
            onClick={() => {
              onSwitch(true)
              unprotect.mutate(
                { KeyId: asked.keyId, EnableDeletionProtection: false },
                { onError: () => onSwitch(false) },
              )
            }}
          >
            {t('action')}
          </Button>
        }
      >
        <p>{t('body')}</p>
        <ProtectionReason live={live} />
      </Notice>
      {unprotect.isError ? <ErrorNotice error={unprotect.error} /> : null}
    </>
  )
}
