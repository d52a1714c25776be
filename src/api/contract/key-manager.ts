/**
 * The external key manager's own interface: outside the cloud, not part of KMS. JSON over HTTP below `<base>api/key-manager/`:
 * `GET keys`, `POST keys`, `POST keys/<id>/enable`, `POST keys/<id>/disable`. Only the simulated manager serves it.
 */
import * as z from 'zod/mini'
import { externalKeyIdProblem, type Problem } from './rules.ts'

export const managerKeyStatuses = ['ENABLED', 'DISABLED'] as const

export const managerKey = z.looseObject({
  id: z.string(),
  name: z.string(),
  spec: z.string(),
  status: z.enum(managerKeyStatuses),
  createdAt: z.string(),
})
export type ManagerKey = z.output<typeof managerKey>

export const managerKeyList = z.looseObject({ keys: z.array(managerKey) })

export const managerError = z.looseObject({
  error: z.looseObject({ code: z.string(), message: z.string() }),
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
