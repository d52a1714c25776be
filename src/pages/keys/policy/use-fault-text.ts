import { limits } from '#src/api/contract/rules.ts'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { DocumentFault } from './document/document-problems.ts'

/** What is wrong at a place of a document, in the person's language. */
export function useFaultText(): (fault: DocumentFault) => string {
  const t = useText('policyeditor.fault')
  const problemText = useProblemText()
  return (fault) => {
    switch (fault.kind) {
      case 'json':
        return t(`json.${fault.reason}`)
      case 'policy':
        return problemText(fault.problem)
      case 'tooLarge': {
        const max = limits.policyBytes
        return t('tooLarge', { bytes: fault.bytes, max, over: fault.bytes - max })
      }
      case 'repeated':
        return t('repeated', { name: fault.name })
      case 'noEffect':
        return t('noEffect', { action: fault.action })
      case 'unlisted':
        return t('unlisted', { arn: fault.arn })
    }
  }
}
