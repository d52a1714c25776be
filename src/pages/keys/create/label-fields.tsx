/** Alias and description. */
import type { ReactNode } from 'react'
import { aliasPrefix, limits } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextArea, TextInput } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { useCreateField } from './create-scope.ts'
import { useFieldError } from './field-error.tsx'
import { pastedAlias } from './form-model.ts'

export function AliasField(): ReactNode {
  const t = useText('create.alias')
  const errorOf = useFieldError()
  const { field, problems, refusal } = useCreateField('alias')
  return (
    <Field label={t('label')} hint={t('hint')} error={errorOf(problems?.alias, refusal)}>
      <TextInput
        mono
        prefix={aliasPrefix}
        {...field}
        onPaste={(event) => {
          const text = event.clipboardData.getData('text')
          if (pastedAlias(text) === text || event.currentTarget.value !== '') return
          event.preventDefault()
          field.onChange(pastedAlias(text))
        }}
      />
    </Field>
  )
}

export function DescriptionField(): ReactNode {
  const t = useText('create.description')
  const ui = useText('ui')
  const errorOf = useFieldError()
  const { field, problems, refusal } = useCreateField('description')
  return (
    <Field
      label={t('label')}
      aside={ui('characterCount', { count: field.value.length, max: limits.description })}
      error={errorOf(problems?.description, refusal)}
    >
      <TextArea dir="auto" {...field} />
    </Field>
  )
}
