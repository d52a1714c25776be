/** Not there yet. */
import type { Rules } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'

const notYet = (): never => {
  throw new ServiceError('UnsupportedOperation', { reason: 'It is not there yet.' })
}

export const versionRules = {
  ListKeyVersions: notYet,
  DescribeKeyVersion: notYet,
  CreateKeyVersion: notYet,
  UpdateRotationPolicy: notYet,
} satisfies Rules<'ListKeyVersions' | 'DescribeKeyVersion' | 'CreateKeyVersion' | 'UpdateRotationPolicy'>
