/** The shares of one instance out of all that an account shares. */
import type { ResourceShare, ShareAssociation } from '#src/api/contract/sharing.ts'

export interface ShareTarget {
  readonly accountId: string
  /** The access management quota had no room for it when it was added; it is not tried again. */
  readonly failed: boolean
}

export interface InstanceShare {
  readonly id: string
  readonly name: string
  readonly targets: readonly ShareTarget[]
  /** Other instances in it: they share its accounts. */
  readonly others: readonly string[]
}

interface Shared {
  readonly shares: readonly ResourceShare[]
  readonly resources: readonly ShareAssociation[]
  readonly targets: readonly ShareAssociation[]
}

const failedFor = ({ AssociationFailedDetails = [] }: ShareAssociation, entityId: string): boolean =>
  AssociationFailedDetails.some(({ EntityId }) => EntityId === entityId)

/** Whichever of the two came second may have failed for the other. */
const hasFailed = (resource: ShareAssociation, target: ShareAssociation): boolean =>
  failedFor(resource, target.EntityId) || failedFor(target, resource.EntityId)

/** In the order of the shares. */
export function sharesOfInstance({ shares, resources, targets }: Shared, instanceId: string): readonly InstanceShare[] {
  return shares.flatMap(({ ResourceShareId: id, ResourceShareName: name }) => {
    const held = resources.filter(({ ResourceShareId }) => ResourceShareId === id)
    const resource = held.find(({ EntityId }) => EntityId === instanceId)
    if (!resource) return []
    return [
      {
        id,
        name,
        targets: targets
          .filter(({ ResourceShareId }) => ResourceShareId === id)
          .map((target) => ({ accountId: target.EntityId, failed: hasFailed(resource, target) })),
        others: held.map(({ EntityId }) => EntityId).filter((other) => other !== instanceId),
      },
    ]
  })
}

/** Shares that the instance could be added to, with the accounts that would get it. */
export const otherShares = (
  { shares, resources, targets }: Shared,
  instanceId: string,
): readonly { readonly id: string; readonly name: string; readonly accounts: readonly string[] }[] =>
  shares
    .filter(
      ({ ResourceShareId }) =>
        !resources.some((held) => held.ResourceShareId === ResourceShareId && held.EntityId === instanceId),
    )
    .map(({ ResourceShareId: id, ResourceShareName: name }) => ({
      id,
      name,
      accounts: targets.filter(({ ResourceShareId }) => ResourceShareId === id).map(({ EntityId }) => EntityId),
    }))
