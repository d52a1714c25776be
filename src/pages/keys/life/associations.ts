/** What a detection says about a key, in the shape in which it is shown. Pure functions over DescribeKeyAssociations (an extension). */
import { isDenied, type ApiError } from '#src/api/api-error.ts'
import type { AssociatedResource, AssociatedService, KeyAssociations } from '#src/api/contract/extensions.ts'

/** A detection that is older is made again before anything is decided by it, ms by the cloud's clock. Ours. */
export const staleAfterMs = 24 * 60 * 60_000

/** Whether what is known is too old, or nothing. */
export function needsDetection({ Status, DetectedAt }: KeyAssociations['Detection'], now: number): boolean {
  if (Status === 'Detecting') return false
  return DetectedAt === null || now - Date.parse(DetectedAt) > staleAfterMs
}

/** Why nothing is known: the backend has no such extension, the caller may not ask, or asking failed. */
export type Unknown = 'notOffered' | 'denied' | 'failed'

const absent: ReadonlySet<string> = new Set(['UnsupportedOperation', 'InvalidAction.NotFound'])

export function whyUnknown(error: ApiError): Unknown {
  if (absent.has(error.code)) return 'notOffered'
  return isDenied(error) ? 'denied' : 'failed'
}

export interface Finding {
  readonly service: AssociatedService
  readonly isChecked: boolean
  /** Of the caller's own account. */
  readonly own: readonly AssociatedResource[]
  /** Resources of other accounts are counted; their names are their account's business. */
  readonly foreign: readonly { readonly accountId: string; readonly count: number }[]
}

const collator = new Intl.Collator('en', { numeric: true })
const byTypeAndName = (a: AssociatedResource, b: AssociatedResource): number =>
  collator.compare(a.ResourceType, b.ResourceType) || collator.compare(a.ResourceName, b.ResourceName)

/** By service, in the order in which they are looked through. */
export function findingsOf({ Detection, Resources }: Pick<KeyAssociations, 'Detection' | 'Resources'>): Finding[] {
  return Detection.Services.map((service) => {
    const found = Resources.Resource.filter(({ Service }) => Service === service)
    const foreign = new Map<string, number>()
    for (const { ResourceId, AccountId } of found)
      if (ResourceId === '') foreign.set(AccountId, (foreign.get(AccountId) ?? 0) + 1)
    return {
      service,
      isChecked: Detection.CheckedServices.includes(service),
      own: found.filter(({ ResourceId }) => ResourceId !== '').toSorted(byTypeAndName),
      foreign: [...foreign].map(([accountId, count]) => ({ accountId, count })),
    }
  })
}
