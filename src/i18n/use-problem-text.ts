import { characterSets, type Problem } from '#src/api/contract/rules.ts'
import { useText } from './use-text.ts'

/** A rule's problem in the person's language. */
export function useProblemText(): (problem: Problem) => string {
  const t = useText('rules')
  return (problem) => {
    switch (problem.code) {
      case 'required':
        return t('required')
      case 'tooShort':
      case 'tooLong':
      case 'tooMany':
      case 'outOfRange':
      case 'reservedPrefix':
      case 'duplicate': {
        const { code, ...values } = problem
        return t(code, values)
      }
      case 'characters': {
        const allowed = characterSets[problem.allowed].shown
        return /^\s$/.test(problem.found)
          ? t('charactersBlank', { allowed })
          : t('characters', { found: problem.found, allowed })
      }
      case 'malformed':
        return t(`malformed.${problem.reason}`)
      case 'notOneOf':
        return t('notOneOf', { allowed: problem.allowed.join(', ') })
      case 'crossAccount':
        return t(`crossAccount.${problem.reason}`)
      case 'policy':
        return t(`policy.${problem.reason}`, { at: problem.at })
    }
  }
}
