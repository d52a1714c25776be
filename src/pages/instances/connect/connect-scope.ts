import { createContext, useContext } from 'react'
import { useController, useFormContext, useWatch, type ControllerRenderProps } from 'react-hook-form'
import { useText } from '#src/i18n/use-text.ts'
import { fieldProblems, type Choices, type ConnectField, type ConnectForm } from './connect-form.ts'

/** What all fields of the panel share. The secret is here, and in no form that is kept. */
export interface Scope {
  readonly choices: Choices
  readonly secret: string
  readonly setSecret: (secret: string) => void
  readonly secretError: string | null
  readonly clearSecretError: () => void
}

const ConnectContext = createContext<Scope | null>(null)
export const ConnectScope = ConnectContext.Provider

export function useConnectScope(): Scope {
  const scope = useContext(ConnectContext)
  if (!scope) throw new Error('A field of the connect panel stands outside of it.')
  return scope
}

/** One field with its rule; what is wrong with it, in words. */
export function useConnectField<F extends ConnectField>(
  name: F,
): { readonly field: ControllerRenderProps<ConnectForm, F>; readonly error: string | undefined } {
  const { control, getValues } = useFormContext<ConnectForm>()
  const { choices } = useConnectScope()
  const t = useText('instances.connect.problem')
  const { field, fieldState } = useController<ConnectForm, F>({
    control,
    name,
    rules: {
      validate: () => {
        const problem = fieldProblems[name](getValues(), choices)
        return problem ? t(problem) : true
      },
    },
  })
  return { field, error: fieldState.error?.message }
}

export function useConnectValue<F extends ConnectField>(name: F): ConnectForm[F] {
  const { control } = useFormContext<ConnectForm>()
  return useWatch({ control, name }) as ConnectForm[F]
}
