/** What the resource shares mean for an instance: to whom it is shared, and so who may make keys on it. */
import { sharePermissions, type AssociationType } from '#src/api/contract/sharing.ts'
import type { CloudTables, InstanceRow, KeyRow, ResourceShareRow, ShareAssociationRow } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'

type Associations = Pick<ReadTransaction<CloudTables>, 'shareAssociations'>
type Shares = Associations & Pick<ReadTransaction<CloudTables>, 'resourceShares'>

export const shareAssociationId = (shareId: string, type: AssociationType, entityId: string): string =>
  `${shareId}/${type}/${entityId}`

/** Of one share, the oldest first. */
export const associationsIn = (
  { shareAssociations }: Associations,
  shareId: string,
  type: AssociationType,
): readonly ShareAssociationRow[] =>
  [...shareAssociations.values()]
    .filter((row) => row.shareId === shareId && row.type === type)
    .sort((a, b) => a.createdAt - b.createdAt || (a.entityId < b.entityId ? -1 : 1))

/** Whether a share's resource reaches its target: whichever of them came second may have failed for the other. */
export const isGranted = (resource: ShareAssociationRow, target: ShareAssociationRow): boolean =>
  !resource.failures.some(({ entityId }) => entityId === target.entityId) &&
  !target.failures.some(({ entityId }) => entityId === resource.entityId)

/** Each account that an instance is shared to, with the shares that do it. */
export function grantsOf(tables: Associations, instanceId: string): ReadonlyMap<string, readonly string[]> {
  const shares = new Map<string, string[]>()
  for (const resource of tables.shareAssociations.values()) {
    if (resource.type !== 'Resource' || resource.entityId !== instanceId) continue
    for (const target of associationsIn(tables, resource.shareId, 'Target'))
      if (isGranted(resource, target))
        shares.set(target.entityId, [...(shares.get(target.entityId) ?? []), resource.shareId])
  }
  return shares
}

/** The accounts that an instance is shared to. */
export const receiversOf = (tables: Associations, { instanceId }: InstanceRow): ReadonlySet<string> =>
  new Set(grantsOf(tables, instanceId).keys())

/** By which shares an account has an instance, by name. */
export const sharesFor = (
  tables: Shares,
  { instanceId }: InstanceRow,
  accountId: string,
): readonly ResourceShareRow[] =>
  (grantsOf(tables, instanceId).get(accountId) ?? [])
    .flatMap((shareId) => tables.resourceShares.get(shareId) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/**
 * Under joint ownership the owner of the instance manages and uses a receiver's keys like its own; under independent ownership they are the
 * receiver's alone (KMS user guide, Share a KMS instance across multiple accounts).
 */
export const ownsToo = (
  { accountId, ownership }: Pick<InstanceRow, 'accountId' | 'ownership'>,
  { accountId: viewer }: Pick<KeyRow, 'accountId'>,
): boolean => accountId === viewer && ownership === 'Joint'

/** The accounts in the default policy of a key made by `creator` (Manage external keys, Default policy). */
export const defaultAccounts = (
  { accountId, ownership }: Pick<InstanceRow, 'accountId' | 'ownership'>,
  creator: string,
): readonly string[] => (accountId === creator || ownership === 'Independent' ? [creator] : [accountId, creator])

/** A share of one instance with some accounts, as it stands where nothing failed. `random`: of its identifier. */
export function newShare(
  random: string,
  { accountId, region, name, instanceId }: InstanceRow,
  receivers: readonly string[],
  createdAt: number,
) {
  const shareId = `rs-${random}`
  const share: ResourceShareRow = {
    shareId,
    accountId,
    region,
    name,
    permission: sharePermissions[0],
    createdAt,
    updatedAt: createdAt,
  }
  const associations = [
    newAssociation(shareId, 'Resource', instanceId, createdAt),
    ...receivers.map((receiver) => newAssociation(shareId, 'Target', receiver, createdAt)),
  ]
  return { share, associations }
}

export const newAssociation = (
  shareId: string,
  type: AssociationType,
  entityId: string,
  createdAt: number,
): ShareAssociationRow => ({
  id: shareAssociationId(shareId, type, entityId),
  shareId,
  type,
  entityId,
  failures: [],
  createdAt,
  updatedAt: createdAt,
})
