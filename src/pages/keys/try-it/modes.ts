import type { KeyMetadata } from '#src/api/contract/keys.ts'
import type { KeyFacts } from '#src/pages/keys/offers.ts'
import type { ContextEntry } from './context.ts'

export const modes = ['encrypt', 'decrypt', 'dataKey', 'exportKey', 'reEncrypt'] as const
export type Mode = (typeof modes)[number]

/** What every operation's form is handed. */
export interface FormProps {
  readonly keyMetadata: KeyMetadata
  readonly region: string
  readonly facts: KeyFacts
  /** The encryption context stays from one operation to the next: what it sealed, it opens. */
  readonly rows: readonly ContextEntry[]
  readonly onRows: (rows: readonly ContextEntry[]) => void
  /** Base64 of a ciphertext that another operation made; empty without one. */
  readonly handed: string
  /** Goes on with a ciphertext in another operation. */
  readonly onHandOver: (mode: Mode, ciphertext: string, rows?: readonly ContextEntry[]) => void
}
