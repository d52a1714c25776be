import { useState, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { Standing } from '#src/api/actor.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { announce } from '#src/components/ui/announcer.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { DialogFrame } from '#src/components/ui/dialog-frame.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Select } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'

/**
 * Nothing more can be done as this actor: the session is over, or the role or the identity has gone. It stands over the page, which keeps
 * what was typed; put aside, the identity menu offers the same.
 */
export default function SessionEnded(props: {
  ended: Extract<Standing, { at: 'ended' }>
  onClose: () => void
}): ReactNode {
  const { identity, identities, assume, leaveRole, actAs } = useApi()
  const t = useText('identity.ended')
  const id = useText('identity')
  const ui = useText('ui')
  const [open, setOpen] = useState(true)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  // What it says stays as it was while it leaves the screen.
  const [{ own, role, name, why }] = useState({ ...identity, why: props.ended.why })
  const others = identities.filter(({ accessKeyId }) => accessKeyId !== own.accessKeyId)
  const [next, setNext] = useState(others[0]?.accessKeyId ?? '')
  const values = { role: name, who: own.name }

  async function again(): Promise<void> {
    if (!role) return
    setBusy(true)
    setError(null)
    const result = await assume(role)
    setBusy(false)
    if (!result.ok) {
      setError(result.error)
      return
    }
    announce(id('now', { name: id('roleOf', { name }) }))
    setOpen(false)
  }

  function leave(): void {
    leaveRole()
    announce(id('now', { name: own.name }))
    setOpen(false)
  }

  function act(): void {
    actAs(next)
    announce(id('now', { name: others.find(({ accessKeyId }) => accessKeyId === next)?.name ?? '' }))
    setOpen(false)
  }

  const isBlocked = busy ? ui('submitting') : undefined
  return (
    <DialogFrame
      open={open}
      title={t(`${why}.title`, values)}
      description={t(`${why}.text`)}
      busy={busy}
      onRequestClose={() => setOpen(false)}
      onClosed={props.onClose}
      foot={
        <>
          <Button disabledReason={isBlocked} onClick={() => setOpen(false)}>
            {t('later')}
          </Button>
          {role ? (
            <Button variant={why === 'expired' ? 'plain' : 'primary'} disabledReason={isBlocked} onClick={leave}>
              {t('return', values)}
            </Button>
          ) : (
            <Button variant="primary" onClick={act}>
              {t('identityGone.act')}
            </Button>
          )}
          {why === 'expired' ? (
            <Button variant="primary" busy={busy} onClick={() => void again()}>
              {t('again')}
            </Button>
          ) : null}
        </>
      }
    >
      {error === null ? null : <ErrorNotice error={error} title={t('againFailed', values)} />}
      {role ? null : (
        <Field label={t('identityGone.choose')}>
          <Select
            value={next}
            onChange={(event) => setNext(event.target.value)}
            options={others.map((other) => ({
              value: other.accessKeyId,
              label: `${other.name} · ${other.accountName} (${other.accountId})`,
            }))}
          />
        </Field>
      )}
    </DialogFrame>
  )
}
