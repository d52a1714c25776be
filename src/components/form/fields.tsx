/** RHF-aware fields over the plain inputs of ui. Rules are pure functions of the contract; their problems are put into words here. */
import type { ComponentProps, ReactNode } from 'react'
import { useController, type Control, type FieldPathByValue, type FieldValues } from 'react-hook-form'
import type { Problem } from '#src/api/contract/rules.ts'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextArea, TextInput, type SelectOption } from '#src/components/ui/inputs.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { afterGesture } from './after-gesture.ts'

/** A rule of the contract over one field's text. */
export type Rule = (text: string) => Problem | null

interface CommonProps<T extends FieldValues> {
  control: Control<T>
  name: FieldPathByValue<T, string>
  label: string
  hint?: ReactNode
  aside?: ReactNode
  required?: boolean
  rule?: Rule
}

/** One text field's controller: value, handlers, and its error in words. An empty field that is not required has no problem. */
function useTextController<T extends FieldValues>(props: CommonProps<T>) {
  const { control, name, required = false, rule } = props
  const problemText = useProblemText()
  const { field, fieldState } = useController({
    control,
    name,
    rules: {
      validate: (value: string) => {
        if (value === '' && !required) return true
        const problem = rule?.(value) ?? (value === '' ? ({ code: 'required' } as const) : null)
        return problem ? problemText(problem) : true
      },
    },
  })
  return { field: { ...field, onBlur: () => afterGesture(field.onBlur) }, error: fieldState.error?.message }
}

export function TextFormField<T extends FieldValues>(
  props: CommonProps<T> & Pick<ComponentProps<typeof TextInput>, 'mono' | 'prefix' | 'placeholder' | 'maxLength'>,
): ReactNode {
  const { control: _control, name: _name, rule: _rule, label, hint, aside, required, ...input } = props
  const { field, error } = useTextController(props)
  return (
    <Field label={label} hint={hint} aside={aside} required={required} error={error}>
      <TextInput {...input} {...field} />
    </Field>
  )
}

export function TextAreaFormField<T extends FieldValues>(
  props: CommonProps<T> & Pick<ComponentProps<typeof TextArea>, 'mono' | 'rows' | 'placeholder'>,
): ReactNode {
  const { control: _control, name: _name, rule: _rule, label, hint, aside, required, ...input } = props
  const { field, error } = useTextController(props)
  return (
    <Field label={label} hint={hint} aside={aside} required={required} error={error}>
      <TextArea {...input} {...field} />
    </Field>
  )
}

export function SelectFormField<T extends FieldValues>(
  props: CommonProps<T> & { options: readonly SelectOption[] },
): ReactNode {
  const { label, hint, aside, required, options } = props
  const { field, error } = useTextController(props)
  return (
    <Field label={label} hint={hint} aside={aside} required={required} error={error}>
      <Select options={options} {...field} />
    </Field>
  )
}
