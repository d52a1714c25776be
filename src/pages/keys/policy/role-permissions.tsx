import type { ReactNode } from 'react'
import { policyRoles, type PolicyRole } from '#src/api/contract/policy.ts'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './policy.module.css'

/** The actions that a role's statement names, to open. */
export function RolePermissions({ policyRole: role }: { policyRole: PolicyRole }): ReactNode {
  const t = useText('policy.principals')
  const actions = policyRoles[role]
  return (
    <Disclosure summary={t('permissions', { role: t(`${role}.label`), count: actions.length })}>
      <ul className={styles.actions}>
        {actions.map((action) => (
          <li key={action}>
            <code>{action}</code>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
