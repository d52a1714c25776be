import { useEffect, useId, useState, type FormEvent, type ReactNode, type RefObject } from 'react'
import { isApiError } from '#src/api/api-error.ts'
import type { AccessKeyPair } from '#src/api/contract/backend.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './sign-in-form.module.css'

type Name = keyof AccessKeyPair
type FieldError = {
  readonly name: Name
  readonly word: 'required' | 'unknown' | 'inactive' | 'secret' | 'expired' | 'token'
}

/** Which field a refusal is about, and what it says of it. Everything else is told as it came. */
const refusals: Readonly<Record<string, FieldError>> = {
  'InvalidAccessKeyId.NotFound': { name: 'accessKeyId', word: 'unknown' },
  'InvalidAccessKeyId.Inactive': { name: 'accessKeyId', word: 'inactive' },
  SignatureDoesNotMatch: { name: 'accessKeySecret', word: 'secret' },
  'InvalidSecurityToken.Expired': { name: 'securityToken', word: 'expired' },
  'InvalidSecurityToken.Malformed': { name: 'securityToken', word: 'token' },
  'InvalidSecurityToken.MismatchWithAccessKey': { name: 'securityToken', word: 'token' },
  MissingSecurityToken: { name: 'securityToken', word: 'token' },
}

/**
 * An access key pair, or temporary credentials. The secret is in this form alone, and gone from it as soon as it was sent, taken or not.
 * `onSubmit` rejects with the refusal.
 */
export function SignInForm(props: {
  /** Filled in at first. */
  accessKeyId?: string
  /** The field that one begins with. */
  first?: RefObject<HTMLInputElement | null>
  onSubmit: (given: AccessKeyPair) => Promise<void>
}): ReactNode {
  const { accessKeyId: known = '', first, onSubmit } = props
  const begins: Name = known === '' ? 'accessKeyId' : 'accessKeySecret'
  const t = useText('signin')
  const formId = useId()
  const [values, setValues] = useState({ accessKeyId: known, accessKeySecret: '', securityToken: '' })
  const [error, setError] = useState<FieldError | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const [open, setOpen] = useState(false)

  // Once it is drawn: the part that it stands in may open with the error.
  useEffect(() => {
    const name = error?.name ?? (failure === null ? null : 'accessKeySecret')
    if (name) document.getElementById(formId)?.querySelector<HTMLElement>(`[name="${name}"]`)?.focus()
  }, [formId, error, failure])

  function refuse(next: FieldError): void {
    if (next.name === 'securityToken') setOpen(true)
    setError(next)
  }

  async function submit(): Promise<void> {
    const accessKeyId = values.accessKeyId.trim()
    const accessKeySecret = values.accessKeySecret.trim()
    const securityToken = values.securityToken.trim() || null
    setFailure(null)
    setError(null)
    if (accessKeyId === '' || accessKeySecret === '') {
      refuse({ name: accessKeyId === '' ? 'accessKeyId' : 'accessKeySecret', word: 'required' })
      return
    }
    // Neither is anybody's, and neither can stand in a header.
    if (!/^[\w.-]+$/.test(accessKeyId)) {
      refuse({ name: 'accessKeyId', word: 'unknown' })
      return
    }
    if (securityToken !== null && !/^[\x21-\x7e]+$/.test(securityToken)) {
      refuse({ name: 'securityToken', word: 'token' })
      return
    }
    setBusy(true)
    setValues((before) => ({ ...before, accessKeySecret: '' }))
    try {
      await onSubmit({ accessKeyId, accessKeySecret, securityToken })
    } catch (cause) {
      setBusy(false)
      const known = isApiError(cause) ? refusals[cause.code] : undefined
      if (known) refuse(known)
      else setFailure(cause)
    }
  }

  const field = (name: Name, type: 'text' | 'password') => (
    <TextInput
      mono
      {...(first && name === begins ? { ref: first } : {})}
      name={name}
      type={type}
      value={values[name]}
      onChange={(event) => setValues({ ...values, [name]: event.target.value })}
    />
  )
  const errorOf = (name: Name): string | undefined => (error?.name === name ? t(`problem.${error.word}`) : undefined)

  return (
    <form
      id={formId}
      className={styles.form}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (!busy) void submit()
      }}
    >
      {failure === null ? null : isApiError(failure) && failure.kind === 'unreachable' ? (
        <Notice tone="bad" live title={t('unreachable.title')}>
          {t('unreachable.text')}
        </Notice>
      ) : (
        <ErrorNotice error={failure} title={t('failed')} />
      )}
      <Field label={t('accessKeyId')} required error={errorOf('accessKeyId')}>
        {field('accessKeyId', 'text')}
      </Field>
      <Field label={t('accessKeySecret')} required hint={t('secretHint')} error={errorOf('accessKeySecret')}>
        {field('accessKeySecret', 'password')}
      </Field>
      <Disclosure summary={t('temporary')} open={open} onToggle={setOpen}>
        <Field label={t('securityToken')} hint={t('tokenHint')} error={errorOf('securityToken')}>
          {field('securityToken', 'text')}
        </Field>
      </Disclosure>
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          {t('submit')}
        </Button>
      </div>
    </form>
  )
}
