/** How far a detection has come: a function of the host's clock alone, so that it goes on over a restart. */
import { associatedServices, type AssociatedService, type detectionStatuses } from '#src/api/contract/extensions.ts'
import type { DetectionRow } from '#mocks/store/rows.ts'

/** How long one service takes (ours). */
export const serviceMs = 300

/** `wallNow`: ms by the host's clock. One that was set back since the start makes nobody wait for it. */
export function checkedServices(
  { startedAt }: Pick<DetectionRow, 'startedAt'>,
  wallNow: number,
): readonly AssociatedService[] {
  const elapsed = wallNow - startedAt
  return elapsed < 0 ? associatedServices : associatedServices.slice(0, Math.floor(elapsed / serviceMs))
}

export function detectionStatus(
  detection: DetectionRow | undefined,
  wallNow: number,
): (typeof detectionStatuses)[number] {
  if (!detection) return 'NotDetected'
  return checkedServices(detection, wallNow).length < associatedServices.length ? 'Detecting' : 'Detected'
}
