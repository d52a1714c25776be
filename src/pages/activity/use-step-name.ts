import type { Hop } from '#src/api/contract/errors.ts'
import { useText } from '#src/i18n/use-text.ts'

const steps = [
  'decode',
  'action',
  'authenticate',
  'faults',
  'validate',
  'find',
  'authorise',
  'state',
  'act',
  'answer',
] as const
const hopSteps = ['request', 'answer', 'read'] as const

/** A step in words; one that is not known here by its own name. */
export function useStepName(): (hop: Hop, name: string) => string {
  const t = useText('requests.way')
  return (hop, name) => {
    if (hop === 'kms') {
      const known = steps.find((step) => step === name)
      return known ? t(`step.${known}`) : name
    }
    const known = hopSteps.find((step) => step === name)
    return known ? t(`hopStep.${known}`) : name
  }
}
