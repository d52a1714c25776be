/** Alias and description. */
import type { ReactNode } from 'react'
import { limits } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextArea } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { AliasInput } from '#src/pages/keys/labels/alias-input.tsx'
import { useCreateField } from './create-scope.ts'
import { useFieldError } from './field-error.tsx'

export function AliasField(): ReactNode {
  const t = useText('create.alias')
  const errorOf = useFieldError()
  const { field, problems, refusal } = useCreateField('alias')
  return (
    <Field label={t('label')} hint={t('hint')} error={errorOf(problems?.alias, refusal)}>
      <AliasInput {...field} />
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
