/** What an operation's form holds, as the API takes it. */
import { limits } from '#src/api/contract/rules.ts'
import { entryBytes, toBase64, type ByteEntry, type EntryProblem } from './bytes.ts'
import { contextOf, type ContextEntry, type ContextProblem } from './context.ts'

/** Why a form was not sent, at its places. */
export interface Refusal {
  readonly input?: EntryProblem
  readonly context?: ContextProblem
}

export interface Sealed {
  readonly base64: string
  readonly context: Record<string, string> | undefined
}

/** The bytes (`max` at most) and the encryption context of a form, or everything that is wrong with them. */
export function inputsOf(
  entry: ByteEntry,
  max: number,
  rows: readonly ContextEntry[],
): Sealed | { readonly refusal: Refusal } {
  const input = entryBytes(entry, max)
  const context = contextOf(rows)
  if ('problem' in input || 'problem' in context)
    return {
      refusal: {
        ...('problem' in input ? { input: input.problem } : {}),
        ...('problem' in context ? { context } : {}),
      },
    }
  return { base64: toBase64(input.bytes), context: context.context }
}

/** How long a data key shall be: one of the API's specs, or a number of bytes as typed. */
export type DataKeyLength = 'AES_256' | 'AES_128' | 'bytes'

/**
 * KMS API 2016-01-20, GenerateDataKey: KeySpec or NumberOfBytes, 1–1024, which wins over it; so only one of them is sent. `max`: bytes
 * where fewer are allowed.
 */
export function dataKeySize(
  length: DataKeyLength,
  bytes: string,
  max: number = limits.dataKeyBytes.max,
):
  | { readonly KeySpec: 'AES_256' | 'AES_128' }
  | { readonly NumberOfBytes: number }
  | { readonly problem: EntryProblem } {
  if (length !== 'bytes') return { KeySpec: length }
  const { min } = limits.dataKeyBytes
  const number = /^\s*\d{1,6}\s*$/.test(bytes) ? Number(bytes) : NaN
  if (number >= min && number <= max) return { NumberOfBytes: number }
  return { problem: bytes.trim() === '' ? { code: 'required' } : { code: 'outOfRange', min, max } }
}
