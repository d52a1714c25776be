import { useId, useRef, useState, type FormEvent, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import { parsePrincipalArn } from '#src/api/contract/arn.ts'
import { limits, sessionNameProblem } from '#src/api/contract/rules.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { announce } from '#src/components/ui/announcer.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { DialogFrame } from '#src/components/ui/dialog-frame.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './assume-role-dialog.module.css'
import { presetSessionName } from './session-name.ts'

const minute = 60
const hour = 60 * minute
const durations = [15 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour]

const roleName = (arn: string): string => parsePrincipalArn(arn)?.name ?? ''
const isRole = (arn: string): boolean => parsePrincipalArn(arn)?.kind === 'role'

/** Which role, under which name, for how long (STS API 2015-04-01, AssumeRole). `roleArn`: chosen at first; empty: none yet. */
export default function AssumeRoleDialog(props: { roleArn: string; onClose: () => void }): ReactNode {
  const { identity, assume } = useApi()
  const { own } = identity
  const t = useText('identity.assume')
  const id = useText('identity')
  const ui = useText('ui')
  const problemText = useProblemText()
  const form = useId()
  const first = useRef<HTMLSelectElement>(null)
  const [open, setOpen] = useState(true)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const [tried, setTried] = useState(false)

  const roles = own.assumableRoles
  const [chosen, setChosen] = useState(roles.some(({ arn }) => arn === props.roleArn) ? props.roleArn : '')
  const [typed, setTyped] = useState(chosen === '' ? props.roleArn : '')
  const roleArn = chosen === '' ? typed.trim() : chosen
  const longest = roles.find(({ arn }) => arn === roleArn)?.maxSeconds ?? limits.sessionSeconds.max
  const [sessionName, setSessionName] = useState(identity.role?.sessionName ?? presetSessionName(own.name))
  const [wanted, setWanted] = useState<number>(identity.role?.seconds ?? limits.sessionSeconds.preset)
  const seconds = Math.min(wanted, longest)
  const nameProblem = sessionNameProblem(sessionName)
  const arnProblem = chosen === '' && !isRole(roleArn)
  const isTooLong = error?.parameter === 'DurationSeconds'
  const durationText = (length: number): string =>
    length < hour ? t('minutes', { count: length / minute }) : t('hours', { count: length / hour })

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    setTried(true)
    if (busy || nameProblem || arnProblem) return
    setBusy(true)
    setError(null)
    const result = await assume({ roleArn, sessionName, seconds })
    setBusy(false)
    if (!result.ok) {
      setError(result.error)
      return
    }
    announce(id('now', { name: id('roleOf', { name: roleName(roleArn) }) }))
    setOpen(false)
  }

  return (
    <DialogFrame
      open={open}
      title={t('title')}
      description={t('text', { who: own.name })}
      busy={busy}
      initialFocus={first}
      onRequestClose={() => setOpen(false)}
      onClosed={props.onClose}
      foot={
        <>
          <Button disabledReason={busy ? ui('submitting') : undefined} onClick={() => setOpen(false)}>
            {ui('cancel')}
          </Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t('submit')}
          </Button>
        </>
      }
    >
      {error === null || isTooLong ? null : (
        <ErrorNotice
          error={error}
          title={isRole(roleArn) ? t('failed', { name: roleName(roleArn) }) : t('failedArn')}
        />
      )}
      <form id={form} noValidate className={styles.fields} onSubmit={(event) => void submit(event)}>
        <Field label={t('role')}>
          <Select
            ref={first}
            value={chosen}
            onChange={(event) => {
              setChosen(event.target.value)
              setError(null)
            }}
            options={[
              ...roles.map(({ arn, name, accountId, accountName }) => ({
                value: arn,
                label:
                  accountId === own.accountId
                    ? id('roleOf', { name })
                    : `${id('roleOf', { name })} · ${accountName} (${accountId})`,
              })),
              { value: '', label: t('other') },
            ]}
          />
        </Field>
        {chosen === '' ? (
          <Field
            label={t('arn')}
            required
            hint={t('arnHint')}
            error={tried && arnProblem ? t('arnProblem') : undefined}
          >
            <TextInput mono value={typed} onChange={(event) => setTyped(event.target.value)} />
          </Field>
        ) : null}
        <Field
          label={t('name')}
          required
          hint={t('nameHint')}
          error={nameProblem && (tried || sessionName !== '') ? problemText(nameProblem) : undefined}
        >
          <TextInput
            mono
            value={sessionName}
            maxLength={limits.sessionName.max}
            onChange={(event) => setSessionName(event.target.value)}
          />
        </Field>
        <Field
          label={t('duration')}
          hint={chosen === '' ? undefined : t('durationHint', { longest: durationText(longest) })}
          error={isTooLong ? t('tooLong') : undefined}
        >
          <Select
            value={String(seconds)}
            onChange={(event) => setWanted(Number(event.target.value))}
            options={durations
              .filter((length) => length <= longest)
              .map((length) => ({ value: String(length), label: durationText(length) }))}
          />
        </Field>
      </form>
    </DialogFrame>
  )
}
