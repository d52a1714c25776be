import { useEffect, useState } from 'react'
import { useForm, type DefaultValues, type FieldValues, type UseFormReturn } from 'react-hook-form'
import { dropDraft, keepDraft, readDraft } from './drafts.ts'

export interface DraftForm<T extends FieldValues> {
  readonly form: UseFormReturn<T>
  /** What stands in the form was typed before and kept; said so that nobody is surprised by it. */
  readonly restored: boolean
  /** Forgets what was typed. */
  readonly discard: () => void
}

/**
 * A form that keeps its input when its panel is closed by accident, and offers it again under the same key. `key` holds what the input
 * belongs to, e.g. account, region and instance: input for one never appears in another.
 */
export function useDraftForm<T extends FieldValues>(key: string, emptyValues: DefaultValues<T>): DraftForm<T> {
  const [draft] = useState(() => readDraft<T>(key))
  const [restored, setRestored] = useState(draft !== undefined)
  const form = useForm<T>({ defaultValues: emptyValues, mode: 'onTouched', shouldFocusError: true })
  const { reset, subscribe, getValues } = form

  useEffect(() => {
    // Set over the empty values, so that what was typed before still counts as typed.
    if (draft) reset(draft, { keepDefaultValues: true })
  }, [draft, reset])

  useEffect(
    () =>
      subscribe({
        formState: { values: true, isDirty: true },
        callback: ({ values, isDirty }) => {
          if (isDirty === false) dropDraft(key)
          else keepDraft(key, values)
        },
      }),
    [key, subscribe, getValues],
  )

  return {
    form,
    restored,
    discard: () => {
      dropDraft(key)
      setRestored(false)
      reset(emptyValues as T)
    },
  }
}
