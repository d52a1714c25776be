/** After a lost answer: the KMS keys on the external key, so that a person can see whether theirs was made. */
import type { KeyMetadata } from '#src/api/contract/keys.ts'

export interface Candidate {
  readonly keyId: string
  readonly arn: string
  readonly createdAt: string
  /** Made after the request was sent: most likely the one. */
  readonly sinceRequest: boolean
}

/** Creation times have whole seconds. */
const second = 1000

/** Newest first. `startedAt`: when the request was sent, by the cloud's clock, ms. */
export const candidatesOf = (keys: readonly KeyMetadata[], startedAt: number): readonly Candidate[] =>
  keys
    .map(({ KeyId, Arn, CreationDate }) => ({
      keyId: KeyId,
      arn: Arn,
      createdAt: CreationDate,
      sinceRequest: Date.parse(CreationDate) >= Math.floor(startedAt / second) * second,
    }))
    .sort((one, other) => Date.parse(other.createdAt) - Date.parse(one.createdAt))
