import type { ReactNode } from 'react'
import type { PolicyRole } from '#src/api/contract/policy.ts'
import type { Principals } from '#src/components/policy/principal-lists.tsx'
import { PrincipalPicker } from '#src/pages/keys/policy/principal-picker.tsx'
import { focusInside, useCreateField, useCreateScope } from './create-scope.ts'

const fields = { administrator: 'administrators', user: 'users' } as const satisfies Partial<Record<PolicyRole, string>>

/** RAM users and roles of the own account for one role of the key policy. */
export function PrincipalField(props: { policyRole: keyof typeof fields; principals: Principals }): ReactNode {
  const { policyRole, principals } = props
  const name = fields[policyRole]
  const { ownAccountId } = useCreateScope()
  const { field, problems, judgeNow } = useCreateField(name)
  return (
    <div ref={(element) => field.ref(focusInside(element, (within) => within.querySelector('input')))}>
      <PrincipalPicker
        policyRole={policyRole}
        principals={principals}
        ownAccountId={ownAccountId}
        value={field.value}
        onChange={(entries) => {
          field.onChange(entries)
          judgeNow()
        }}
        onBlur={field.onBlur}
        strangers={problems?.[name] ?? []}
      />
    </div>
  )
}
