import { isApiError } from '#src/api/api-error.ts'
import type { ManagerErrorCode } from '#src/api/contract/key-manager.ts'
import type { HeardCode } from './same-keys.ts'
import { useText } from './use-text.ts'

/** Message keys cannot hold a full stop: `Forbidden.KeyNotFound` is worded under `Forbidden_KeyNotFound`. */
export type MessageKeyOf<Code extends string> = Code extends `${infer Head}.${infer Tail}`
  ? `${Head}_${MessageKeyOf<Tail>}`
  : Code

const managerCodes = [
  'NotFound',
  'AlreadyExists',
  'InvalidRequest',
  'MethodNotAllowed',
] as const satisfies readonly ManagerErrorCode[]
const isManagerCode = (code: string): code is ManagerErrorCode => managerCodes.some((known) => known === code)

/** Every code that the console hears has its words (same-keys.ts); another endpoint may answer with more. */
const keyOfCode = (code: string) => `code.${code.replaceAll('.', '_') as MessageKeyOf<HeardCode>}` as const

/** What went wrong, in the person's language; a code without words of ours falls back to the API's message. */
export function useErrorText(): (error: unknown) => string {
  const t = useText('errors')
  return (error) => {
    if (!isApiError(error)) return t('unexpected')
    if (error.kind !== 'refused') return t(`kind.${error.kind}`)
    if (error.detail.Cause !== undefined) return t(`cause.${error.detail.Cause}`)
    if (error.detail.Reason !== undefined) return t(`reason.${error.detail.Reason}`)
    if (t.has(keyOfCode(error.code))) return t(keyOfCode(error.code))
    if (isManagerCode(error.code)) return t(`manager.${error.code}`)
    return error.message
  }
}

/** What a code means that an answer only names, e.g. what a dry run would have been refused with; null without words of ours. */
export function useCodeText(): (code: string) => string | null {
  const t = useText('errors')
  return (code) => (t.has(keyOfCode(code)) ? t(keyOfCode(code)) : null)
}
