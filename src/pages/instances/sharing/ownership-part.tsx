import { useRef, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KmsInstance, SharingOwnership } from '#src/api/contract/instances.ts'
import { useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Badge } from '#src/components/ui/badge.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { DialogFrame } from '#src/components/ui/dialog-frame.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/instances/instances.module.css'

/** The mode of sharing with what it means for the default policy, and the change that cannot be taken back. */
export function OwnershipPart(props: {
  instance: KmsInstance
  region: string
  blocked: string | undefined
}): ReactNode {
  const { instance, region, blocked } = props
  const t = useText('instances.ownership')
  const [changing, setChanging] = useState(false)
  const ownership = instance.Sharing?.Ownership
  if (ownership === undefined) return null
  return (
    <div className={styles.part}>
      <div className={styles.ownership}>
        <h3 className={styles.subtitle}>{t('title')}</h3>
        <Badge tone="accent">{t(`mode.${ownership}`)}</Badge>
        {ownership === 'Joint' ? (
          <Button variant="link" disabledReason={blocked} onClick={() => setChanging(true)}>
            {t('change')}
          </Button>
        ) : null}
      </div>
      <p className={styles.hint}>{t(`about.${ownership}`)}</p>
      <DefaultPolicy ownership={ownership} />
      {changing ? <OwnershipDialog instance={instance} region={region} onClose={() => setChanging(false)} /> : null}
    </div>
  )
}

/** Whom the default policy of new keys names: by who makes them. */
export function DefaultPolicy({ ownership }: { ownership: SharingOwnership }): ReactNode {
  const t = useText('instances.ownership.policy')
  const { identity } = useApi()
  return (
    <Facts>
      <Fact term={t('own')}>{t('ownValue', { own: identity.accountId })}</Fact>
      <Fact term={t('received')}>{t(`receivedValue.${ownership}`, { own: identity.accountId })}</Fact>
    </Facts>
  )
}

function OwnershipDialog(props: { instance: KmsInstance; region: string; onClose: () => void }): ReactNode {
  const { instance, region, onClose } = props
  const t = useText('instances.ownership.dialog')
  const ui = useText('ui')
  const change = useWrite('SetSharingOwnership', region)
  const [open, setOpen] = useState(true)
  const [typed, setTyped] = useState('')
  const [done, setDone] = useState(false)
  const cancel = useRef<HTMLButtonElement>(null)
  const name = instance.InstanceName || instance.InstanceId
  const isNamed = [instance.InstanceName, instance.InstanceId].includes(typed.trim()) && typed.trim() !== ''
  // Another tab may have been faster.
  const isReached = instance.Sharing?.Ownership === 'Independent' && !done && !change.isPending
  const close = (): void => setOpen(false)
  const submit = (): void =>
    change.mutate(
      { KmsInstanceId: instance.InstanceId, Ownership: 'Independent' },
      {
        onSuccess: () => {
          setDone(true)
          showToast({ tone: 'ok', title: t('done'), detail: name })
          close()
        },
      },
    )
  return (
    <DialogFrame
      open={open}
      wide
      title={t('title', { name })}
      busy={change.isPending}
      initialFocus={cancel}
      description={
        <div className={styles.words}>
          <p>{t('final')}</p>
          <ul className={styles.list}>
            <li>{t('receivers')}</li>
            <li>{t('existing')}</li>
            <li>{t('names')}</li>
          </ul>
        </div>
      }
      onRequestClose={close}
      onClosed={onClose}
      foot={
        <>
          <Button ref={cancel} disabledReason={change.isPending ? ui('submitting') : undefined} onClick={close}>
            {ui('cancel')}
          </Button>
          <Button
            variant="danger"
            busy={change.isPending}
            disabledReason={isReached ? t('reached') : isNamed ? undefined : t('wait')}
            onClick={submit}
          >
            {t('confirm')}
          </Button>
        </>
      }
    >
      {isReached ? (
        <Notice live tone="info">
          {t('reached')}
        </Notice>
      ) : null}
      <DefaultPolicy ownership="Independent" />
      <Field label={t('label', { name })} required hint={t('hint')}>
        <TextInput mono value={typed} onChange={(event) => setTyped(event.target.value)} />
      </Field>
      {change.isError ? <ErrorNotice error={change.error} /> : null}
    </DialogFrame>
  )
}
