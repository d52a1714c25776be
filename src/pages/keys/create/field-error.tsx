import type { ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import type { Problem } from '#src/api/contract/rules.ts'
import { ErrorFacts } from '#src/components/error-notice.tsx'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { fieldOf } from './refusals.ts'

/** What a field's error line says: a rule's problem, or the API's refusal with its message, code and request ID. */
export function useFieldError(): (problem: Problem | null | undefined, refusal: ApiError | null) => ReactNode {
  const problemText = useProblemText()
  return (problem, refusal) => {
    if (refusal) return <Refusal error={refusal} />
    return problem ? problemText(problem) : null
  }
}

function Refusal({ error }: { error: ApiError }): ReactNode {
  const t = useText('create')
  const errorText = useErrorText()
  // The API's code says no more than that a parameter is wrong: here is known which, and what it must be.
  const words =
    error.code === 'InvalidParameter' && fieldOf(error) === 'externalKeyId'
      ? t('externalKey.refused')
      : errorText(error)
  return (
    <>
      <p>{words}</p>
      <ErrorFacts error={error} words={words} />
    </>
  )
}
