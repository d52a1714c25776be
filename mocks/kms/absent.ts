/** Published actions that this build never carries out. Of an external key they are refused before: what such a key answers is KMS's own. */
import { absentActions, type AbsentAction } from '#src/api/contract/absent.ts'
import type { Rule, Rules } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'

const refuse =
  (name: AbsentAction): Rule<AbsentAction> =>
  () => {
    throw new ServiceError('UnsupportedOperation', { reason: `${name} is published but not implemented here.` })
  }

export const absentRules = Object.fromEntries(
  (Object.keys(absentActions) as AbsentAction[]).map((name) => [name, refuse(name)]),
) as Rules<AbsentAction>
