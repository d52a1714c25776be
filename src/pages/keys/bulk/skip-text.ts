import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { limits } from '#src/api/contract/rules.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import type { Skip } from './orders.ts'
import type { ReportWords } from './report.ts'

/** Why a key is passed over, in the person's language. */
export function useSkipText(): (skip: Skip) => string {
  const t = useText('bulk.skip')
  const blockerText = useBlockerText()
  const errorText = useErrorText()
  return (skip) => {
    switch (skip.by) {
      case 'protected':
      case 'unprotected':
      case 'tagged':
      case 'untagged':
      case 'gone':
        return t(skip.by)
      case 'tagsFull':
        return t('tagsFull', { max: limits.tagsPerKey })
      case 'unreadable':
        return t('unreadable', { reason: errorText(skip.error) })
      default:
        return blockerText(skip)
    }
  }
}

/** The words of a report and of the list of results. */
export function useReportWords(): ReportWords {
  const t = useText('bulk.result')
  const skip = useSkipText()
  const errorText = useErrorText()
  return { skip, failure: ({ error, isUnknown }) => (isUnknown ? t('unknown') : errorText(error)) }
}
