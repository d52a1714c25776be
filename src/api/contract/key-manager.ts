/**
 * The external key manager's own interface: outside the cloud, not part of KMS. JSON over HTTP below `<base>api/key-manager/`:
 * `GET keys`, `POST keys`, `POST keys/<id>/enable`, `POST keys/<id>/disable`. Only the simulated manager serves it.
 */
import * as shape from './shapes.ts'
import { externalKeyIdProblem, type Problem } from './rules.ts'

export const managerKeyStatuses = ['ENABLED', 'DISABLED'] as const

export const managerKey = shape.object({
  id: shape.string(),
  name: shape.string(),
  spec: shape.string(),
  status: shape.oneOf(managerKeyStatuses),
  createdAt: shape.string(),
})
export type ManagerKey = shape.Of<typeof managerKey>

export const managerKeyList = shape.object({ keys: shape.array(managerKey) })

export const managerError = shape.object({
  error: shape.object({ code: shape.string(), message: shape.string() }),
})
export type ManagerErrorCode =
  | 'NotFound'
  | 'AlreadyExists'
  | 'InvalidRequest'
  | 'MethodNotAllowed'
  | 'TooLarge'
  | 'InternalFailure'

/** A name for people, 0–128 characters. */
export function managerKeyNameProblem(name: string): Problem | null {
  return name.length > 128 ? { code: 'tooLong', max: 128, length: name.length } : null
}
/** The key ID may be chosen, or left out and drawn by the manager. */
export const managerKeyIdProblem = externalKeyIdProblem
