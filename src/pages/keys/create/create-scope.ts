import { createContext, useContext } from 'react'
import { useController, useFormContext } from 'react-hook-form'
import type { ApiError } from '#src/api/api-error.ts'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { afterGesture } from '#src/components/form/after-gesture.ts'
import type { CreateForm } from './form-model.ts'
import type { KeyTarget } from './panel-parts.ts'
import { problemsOf, wrongFields, type FieldName, type FormProblems } from './validation.ts'

/** What every field of the panel may ask about its surroundings. */
export interface CreateScope {
  readonly target: KeyTarget
  readonly region: string
  readonly ownAccountId: string
  /** Accounts in the default statement. */
  readonly accountIds: readonly string[]
  /** Why the last attempt was refused; the field that it is about shows it. */
  readonly refusal: ApiError | null
}

export const CreateScopeContext = createContext<CreateScope | null>(null)

export function useCreateScope(): CreateScope {
  const scope = useContext(CreateScopeContext)
  if (!scope) throw new Error('The fields of the Create Key panel stand inside CreateScopeContext.')
  return scope
}

/** For fields that stand in the panel of an instance only. */
export function useTargetInstance(): KmsInstance {
  const { instance } = useCreateScope().target
  if (!instance) throw new Error('This field is about an instance, and the key is made in none.')
  return instance
}

/** The form's error type for what the API refused; it goes when the field is edited. */
export const refusedType = 'refused'

/**
 * One field of the form. The form decides when something wrong is shown (after the field was left, or OK was pressed); what is wrong comes
 * from the contract's rules at that moment, so that it follows the language and the other fields.
 */
export function useCreateField<N extends FieldName>(name: N) {
  const { control, getValues, trigger, formState } = useFormContext<CreateForm>()
  const { target, ownAccountId, accountIds, refusal } = useCreateScope()
  const judge = (form: CreateForm): FormProblems => problemsOf(form, { place: target.place, ownAccountId, accountIds })
  const { field, fieldState } = useController<CreateForm, N>({
    control,
    name,
    rules: { validate: (_, form) => !wrongFields(judge(form)).includes(name) },
  })
  const { error } = fieldState
  return {
    field: { ...field, onBlur: () => afterGesture(field.onBlur) },
    /** OK was pressed before. */
    isSubmitted: formState.isSubmitted,
    /** What is wrong with the whole form, where this field may show its part now. */
    problems: error && error.type !== refusedType ? judge(getValues()) : null,
    refusal: error?.type === refusedType ? refusal : null,
    /** Judges the field now, and after a first press of OK also the policy, which depends on it. */
    judgeNow: () => void trigger(formState.isSubmitted ? [name, 'policy'] : name),
  }
}

/** For `field.ref`: the form moves the focus to a field that is wrong, here to an input inside an element. */
export const focusInside = (
  element: HTMLElement | null,
  find: (element: HTMLElement) => HTMLElement | null | undefined,
) => (element ? { focus: () => bringIntoSight(element, find(element)) } : null)

/** The whole field comes into sight, with the error that is drawn next. */
function bringIntoSight(element: HTMLElement, input: HTMLElement | null | undefined): void {
  input?.focus()
  requestAnimationFrame(() => element.scrollIntoView({ block: 'nearest' }))
}
