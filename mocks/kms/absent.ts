/** Published actions that this build never carries out. For external keys their codes are KMS's own (contract/absent.ts). */
import { absentActions, type AbsentAction } from '#src/api/contract/absent.ts'
import type { Rule, Rules } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'
import { isExternal } from './metadata.ts'

const refuse =
  (name: AbsentAction): Rule<AbsentAction> =>
  (_, __, { key }) => {
    if (isExternal(key)) throw new ServiceError(absentActions[name].absent.external)
    throw new ServiceError('UnsupportedOperation', { reason: `${name} is published but not implemented here.` })
  }

export const absentRules = Object.fromEntries(
  (Object.keys(absentActions) as AbsentAction[]).map((name) => [name, refuse(name)]),
) as Rules<AbsentAction>
