import { useRef, type ReactNode } from 'react'
import { useController, type Control } from 'react-hook-form'
import { limits } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TokenInput } from '#src/components/ui/token-input.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { accountsProblem, entryProblem, type AccountScope } from './account-rules.ts'
import type { ShareForm } from './share-form.ts'

/** Account IDs as chips; what is none stays, marked, and the error says why. */
export function AccountsField(props: { control: Control<ShareForm>; scope: AccountScope }): ReactNode {
  const { control, scope } = props
  const t = useText('instances.panel.accounts')
  const box = useRef<HTMLDivElement>(null)
  const { field, fieldState } = useController({
    control,
    name: 'accounts',
    rules: {
      validate: (entries: readonly string[]) => {
        const problem = accountsProblem(entries, scope)
        return problem === null ? true : t(`problem.${problem}`, { max: limits.shareEntitiesPerCall })
      },
    },
  })
  const { value, onChange } = field
  // What was refused for another text is judged anew.
  const wrongNow = value.some((entry) => entryProblem(entry, scope) !== null)
  const error =
    fieldState.error?.message ??
    (wrongNow
      ? t(`problem.${accountsProblem(value, scope) ?? 'digits'}`, { max: limits.shareEntitiesPerCall })
      : undefined)
  return (
    <div
      ref={(element) => {
        box.current = element
        field.ref({ focus: () => element?.querySelector('input')?.focus() })
      }}
    >
      <Field label={t('label')} required={scope.required} hint={t('hint')} error={error}>
        <TokenInput
          mono
          tokens={value.map((entry) => ({ value: entry, wrong: entryProblem(entry, scope) !== null }))}
          placeholder={t('placeholder')}
          onAdd={(added) => onChange([...new Set([...value, ...added])])}
          onRemove={(removed) => onChange(value.filter((entry) => entry !== removed))}
        />
      </Field>
    </div>
  )
}
