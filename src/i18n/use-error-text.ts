import { isApiError } from '#src/api/api-error.ts'
import { errors, type ErrorCode } from '#src/api/contract/errors.ts'
import type { ManagerErrorCode } from '#src/api/contract/key-manager.ts'
import { useText } from './use-text.ts'

/** Message keys cannot hold a full stop: `Forbidden.KeyNotFound` is worded under `Forbidden_KeyNotFound`. */
export type MessageKeyOf<Code extends string> = Code extends `${infer Head}.${infer Tail}` ? `${Head}_${Tail}` : Code

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errors, code)

const managerCodes = [
  'NotFound',
  'AlreadyExists',
  'InvalidRequest',
  'MethodNotAllowed',
] as const satisfies readonly ManagerErrorCode[]
const isManagerCode = (code: string): code is ManagerErrorCode => managerCodes.some((known) => known === code)

const keyOfCode = (code: ErrorCode) => `code.${code.replace('.', '_') as MessageKeyOf<ErrorCode>}` as const

/** A refusal that is known beforehand: why an action is not offered in a state. */
export function useErrorCodeText(): (code: ErrorCode) => string {
  const t = useText('errors')
  return (code) => t(keyOfCode(code))
}

/** What went wrong, in the person's language; a code without words of ours falls back to the API's message. */
export function useErrorText(): (error: unknown) => string {
  const t = useText('errors')
  const codeText = useErrorCodeText()
  return (error) => {
    if (!isApiError(error)) return t('unexpected')
    if (error.kind !== 'refused') return t(`kind.${error.kind}`)
    if (error.detail.Cause !== undefined) return t(`cause.${error.detail.Cause}`)
    if (error.detail.Reason !== undefined) return t(`reason.${error.detail.Reason}`)
    if (isErrorCode(error.code)) return codeText(error.code)
    if (isManagerCode(error.code)) return t(`manager.${error.code}`)
    return error.message
  }
}
