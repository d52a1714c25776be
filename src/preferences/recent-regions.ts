import { defaultRegion, isRegion } from '#src/api/contract/regions.ts'
import { keepPreference, readPreference } from './stored.ts'

/** How many regions stand first in the selector. */
const kept = 3

/** Regions that were used, the last one first. */
export const recentRegions = (): readonly string[] =>
  (readPreference('kms.regions') ?? '').split(',').filter(isRegion).slice(0, kept)

export const lastRegion = (): string => recentRegions()[0] ?? defaultRegion

export function noteRegion(region: string): void {
  const others = recentRegions().filter((other) => other !== region)
  keepPreference('kms.regions', [region, ...others].slice(0, kept).join(','))
}
