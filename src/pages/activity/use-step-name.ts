import type { Hop } from '#src/api/contract/errors.ts'
import { hopSteps, requestSteps } from '#src/api/contract/requests.ts'
import { useText } from '#src/i18n/use-text.ts'

/** A step in words; one that is not known here by its own name. */
export function useStepName(): (hop: Hop, name: string) => string {
  const t = useText('requests.way')
  return (hop, name) => {
    if (hop === 'kms') {
      const known = requestSteps.find((step) => step === name)
      return known ? t(`step.${known}`) : name
    }
    const known = hopSteps.find((step) => step === name)
    return known ? t(`hopStep.${known}`) : name
  }
}
