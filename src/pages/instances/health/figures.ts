import type { Output } from '#src/api/contract/actions.ts'

export type Health = Output<'DescribeConnectionHealth'>
export type Bucket = Health['Buckets'][number]

export const failed = ({ Failures }: Pick<Bucket, 'Failures'>): number =>
  Failures.kms + Failures.proxy + Failures.keyManager

/** As the bars stand on one another, the lowest first: what went well, then by hop. */
export const barsOf = (bucket: Bucket): readonly number[] => {
  const { kms, proxy, keyManager } = bucket.Failures
  return [bucket.Requests - failed(bucket), kms, proxy, keyManager]
}

/** The states newest first, each with when it ended; null: it lasts. */
export const spansOf = (states: Health['States']) =>
  states.map((state, index) => ({ ...state, Until: states[index + 1]?.At ?? null })).reverse()
