import { useRef, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Standing } from '#src/api/actor.ts'
import { SignInForm } from '#src/components/sign-in/sign-in-form.tsx'
import { announce } from '#src/components/ui/announcer.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { DialogFrame } from '#src/components/ui/dialog-frame.tsx'
import { useText } from '#src/i18n/use-text.ts'

/**
 * The credentials that one signed in with are accepted no more. It stands over the page, which keeps what was typed; put aside, the identity menu
 * offers the same.
 */
export default function SignedOut(props: {
  ended: Extract<Standing, { at: 'ended' }>
  onClose: () => void
}): ReactNode {
  const { backend, identity, renew } = useApi()
  const t = useText('signin')
  const first = useRef<HTMLInputElement>(null)
  const [open, setOpen] = useState(true)
  // What it says stays as it was while it leaves the screen.
  const [title] = useState(() => t(props.ended.why === 'expired' ? 'ended.expired' : 'ended.identityGone'))
  return (
    <DialogFrame
      open={open}
      title={title}
      description={t('ended.text')}
      busy={false}
      initialFocus={first}
      onRequestClose={() => setOpen(false)}
      onClosed={props.onClose}
      foot={<Button onClick={() => setOpen(false)}>{t('ended.later')}</Button>}
    >
      <SignInForm
        accessKeyId={identity.own.accessKeyId}
        first={first}
        onSubmit={async (given) => {
          await backend.signIn?.again(given)
          renew()
          announce(t('ended.again'))
          setOpen(false)
        }}
      />
    </DialogFrame>
  )
}
