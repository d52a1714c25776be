/** Not there yet. */
import type { Rules } from '#mocks/kms/context.ts'
import { ServiceError } from '#mocks/service-error.ts'

const notYet = (): never => {
  throw new ServiceError('UnsupportedOperation', { reason: 'It is not there yet.' })
}

export const associationRules = {
  DetectKeyAssociations: notYet,
  DescribeKeyAssociations: notYet,
  ListKeyActivity: notYet,
} satisfies Rules<'DetectKeyAssociations' | 'DescribeKeyAssociations' | 'ListKeyActivity'>
