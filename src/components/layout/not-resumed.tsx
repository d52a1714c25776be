import { useEffect, useRef, type ReactNode } from 'react'
import type { ActorState } from '#src/api/actor.ts'
import { useApi } from '#src/api/api.tsx'
import { parsePrincipalArn } from '#src/api/contract/arn.ts'
import { showToast } from '#src/components/ui/toast.ts'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'

/** Says once that a reload lost the role. */
export default function NotResumed({ refused }: { refused: NonNullable<ActorState['notResumed']> }): ReactNode {
  const { own } = useApi().identity
  const t = useText('identity')
  const errorText = useErrorText()
  const said = useRef<unknown>(null)
  useEffect(() => {
    if (said.current === refused) return
    said.current = refused
    const { role, error } = refused
    const name = parsePrincipalArn(role.roleArn)?.name ?? role.roleArn
    showToast({ tone: 'bad', title: t('notResumed', { who: own.name, role: name }), detail: errorText(error) })
  }, [refused, own.name, t, errorText])
  return null
}
