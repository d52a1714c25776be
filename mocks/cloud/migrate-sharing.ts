/** To whom instances are shared was a list in their own row until schema version 3; now resource shares say it. */
import { drawText, shareIdLength } from '#mocks/kms/ids.ts'
import { newShare } from '#mocks/kms/sharing.ts'
import type { CloudTables, InstanceRow } from '#mocks/store/rows.ts'
import type { WriteTransaction } from '#mocks/store/store.ts'

type StoredInstance = Omit<InstanceRow, 'ownership'> &
  Partial<Pick<InstanceRow, 'ownership'>> & { readonly sharedTo?: readonly string[] }

/** Each instance that was shared gets a share of its name. */
export function shareOlder(tx: WriteTransaction<CloudTables>): void {
  const stored: Iterable<StoredInstance> = tx.instances.values()
  for (const { sharedTo = [], ownership, ...row } of stored) {
    if (ownership !== undefined) continue
    const instance: InstanceRow = { ...row, ownership: 'Joint' }
    tx.instances.put(instance)
    if (sharedTo.length === 0) continue
    const { share, associations } = newShare(drawText(tx, shareIdLength), instance, sharedTo, instance.createdAt)
    tx.resourceShares.put(share)
    for (const association of associations) tx.shareAssociations.put(association)
  }
}
