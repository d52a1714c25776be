import type { ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import type { Problem } from '#src/api/contract/rules.ts'
import { ErrorFacts } from '#src/components/error-notice.tsx'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'

/** What a field's error line says: a rule's problem, or the API's refusal with its message, code and request ID. */
export function useFieldError(): (problem: Problem | null | undefined, refusal: ApiError | null) => ReactNode {
  const problemText = useProblemText()
  return (problem, refusal) => {
    if (refusal) return <Refusal error={refusal} />
    return problem ? problemText(problem) : null
  }
}

function Refusal({ error }: { error: ApiError }): ReactNode {
  const words = useErrorText()(error)
  return (
    <>
      <p>{words}</p>
      <ErrorFacts error={error} words={words} />
    </>
  )
}
