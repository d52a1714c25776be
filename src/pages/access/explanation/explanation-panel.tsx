import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useRegion } from '#src/components/layout/use-region.ts'
import { usePrincipalText } from '#src/components/policy/use-principal-text.ts'
import { buttonClass } from '#src/components/ui/button.tsx'
import { SidePanel } from '#src/components/ui/side-panel.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { Explanation, type Asked } from './explanation.tsx'

/** One cell of the matrix, explained beside it. */
export default function ExplanationPanel(props: { asked: Asked; onClose: () => void }): ReactNode {
  const { asked, onClose } = props
  const { PrincipalArn, Permission, KeyId } = asked
  const t = useText('access.panel')
  const region = useRegion()
  const who = usePrincipalText()({ arn: PrincipalArn })
  return (
    <SidePanel
      open
      title={t('title', { permission: Permission })}
      subtitle={who}
      onRequestClose={onClose}
      foot={
        <Link
          to="/access"
          search={{ region, principal: PrincipalArn, permission: Permission, key: KeyId }}
          className={buttonClass()}
        >
          {t('open')}
        </Link>
      }
    >
      <Explanation asked={asked} />
    </SidePanel>
  )
}
