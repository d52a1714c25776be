import type { ReactNode } from 'react'
import { TagRowsField } from '#src/pages/keys/labels/tag-rows-field.tsx'
import { focusInside, useCreateField } from './create-scope.ts'
import { useFieldError } from './field-error.tsx'

export function TagsField(): ReactNode {
  const errorOf = useFieldError()
  const { field, problems, refusal } = useCreateField('tags')
  return (
    <TagRowsField
      rows={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      onElement={(element) =>
        field.ref(focusInside(element, (within) => within.querySelector('[aria-invalid] , input, button')))
      }
      problems={problems?.tagRows ?? []}
      error={errorOf(problems?.tags, refusal)}
    />
  )
}
