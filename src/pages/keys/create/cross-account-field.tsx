import type { ReactNode } from 'react'
import { CrossAccountPicker } from '#src/pages/keys/policy/cross-account-picker.tsx'
import { focusInside, useCreateField, useCreateScope } from './create-scope.ts'
import { useFieldError } from './field-error.tsx'

export function CrossAccountField(): ReactNode {
  const { region, ownAccountId } = useCreateScope()
  const errorOf = useFieldError()
  const { field, problems, refusal, judgeNow } = useCreateField('crossAccountUsers')
  return (
    <div ref={(element) => field.ref(focusInside(element, (within) => within.querySelector('input')))}>
      <CrossAccountPicker
        ownAccountId={ownAccountId}
        value={field.value}
        onChange={(entries) => {
          field.onChange(entries)
          judgeNow()
        }}
        shown={problems?.crossAccountUsers ?? []}
        error={errorOf(null, refusal)}
        grantedKey={{ arn: null, region, accountId: ownAccountId }}
      />
    </div>
  )
}
