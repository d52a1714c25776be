/** What is told of a key after a lost answer. */
import type { KeyMetadata } from '#src/api/contract/keys.ts'

export interface Candidate {
  readonly keyId: string
  readonly arn: string
  readonly aliasNames: readonly string[]
  readonly createdAt: string
  /** Made after the request was sent: most likely the one. */
  readonly sinceRequest: boolean
}

type DescribedKey = Pick<KeyMetadata, 'KeyId' | 'Arn' | 'CreationDate'> & { readonly AliasNames: readonly string[] }

/** Creation times have whole seconds. */
const second = 1000

/** Newest first. `startedAt`: when the request was sent, by the cloud's clock, ms. */
export const candidatesOf = (keys: readonly DescribedKey[], startedAt: number): readonly Candidate[] =>
  keys
    .map(({ KeyId, Arn, CreationDate, AliasNames }) => ({
      keyId: KeyId,
      arn: Arn,
      aliasNames: AliasNames,
      createdAt: CreationDate,
      sinceRequest: Date.parse(CreationDate) >= Math.floor(startedAt / second) * second,
    }))
    .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt))
