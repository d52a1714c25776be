/** What can be done with an instance as it stands. */
import type { KmsInstance } from '#src/api/contract/instances.ts'

export const isReceived = ({ Sharing }: KmsInstance): boolean => Sharing?.State === 'SharedToThisAccount'

/**
 * Whether the connect panel is for it: an external instance that is not connected, or a software one that was never enabled. A hardware one
 * needs a cluster of HSMs, which there is none of here.
 */
export function canConnect(instance: KmsInstance): boolean {
  const { InstanceType, Status } = instance
  if (isReceived(instance) || Status === 'Connected' || Status === 'Connecting') return false
  return InstanceType === 'External' || (InstanceType === 'Software' && Status === 'Uninitialized')
}
