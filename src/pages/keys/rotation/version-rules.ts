/** When a person may make a version of a key, told before the API refuses it (KMS API 2016-01-20, CreateKeyVersion). */
import type { Output } from '#src/api/contract/actions.ts'
import { limits } from '#src/api/contract/rules.ts'

export interface VersionFacts {
  /** The cloud's clock, ms since the epoch. */
  readonly now: number
  /** When the newest version was made; undefined: not told. */
  readonly lastAt: string | undefined
  /** Versions that there are; undefined: not known yet. */
  readonly count: number | undefined
  /** Of the instance's keys, counted by versions; undefined: not known, or the key stands in no instance. */
  readonly quota: KeyQuota | undefined
}

export interface KeyQuota {
  readonly used: number
  readonly total: number
}

export type VersionRefusal =
  | { readonly by: 'count' }
  /** `until`: ms since the epoch. */
  | { readonly by: 'gap'; readonly until: number }
  | { readonly by: 'quota' }

/** Why no version can be made now; null: as far as is known, one can. What waiting does not change comes first. */
export function versionRefusal({ now, lastAt, count, quota }: VersionFacts): VersionRefusal | null {
  if (count !== undefined && count >= limits.versionsPerKey) return { by: 'count' }
  const until = lastAt === undefined ? NaN : Date.parse(lastAt) + limits.manualVersionGapMs
  if (now < until) return { by: 'gap', until }
  if (quota && quota.used >= quota.total) return { by: 'quota' }
  return null
}

/** The key part of the answer; undefined where the backend leaves it out. */
export function keyQuota(quotas: Output<'GetKmsInstanceQuotaInfos'> | undefined): KeyQuota | undefined {
  const info = quotas?.KmsInstanceQuotaInfos.find(({ ResourceType }) => ResourceType === 'key')
  return info && { used: info.UsedQuantity, total: info.ResourceQuota }
}
