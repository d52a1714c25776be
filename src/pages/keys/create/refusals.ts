/** Where a refusal of CreateKey or CreateAlias belongs: at the field that it is about, or above the form. */
import type { ApiError } from '#src/api/api-error.ts'
import type { FieldName } from './validation.ts'

const fieldOfParameter: Readonly<Record<string, FieldName>> = {
  ExternalKeyId: 'externalKeyId',
  AliasName: 'alias',
  Tags: 'tags',
  RotationInterval: 'rotation',
  EnableAutomaticRotation: 'rotation',
  Description: 'description',
  Policy: 'policy',
}

const fieldOfCode: Readonly<Record<string, FieldName>> = {
  AliasAlreadyExists: 'alias',
  'InvalidParameter.TagKey': 'tags',
  'InvalidParameter.TagValue': 'tags',
  'Duplicate.TagKey': 'tags',
  'Rejected.ShareQuotaExceedLimit': 'crossAccountUsers',
  /** The proxy could not be asked about the external key. */
  'Rejected.Unavailable': 'externalKeyId',
}

/** The field that a refusal is about; null: the request as a whole (instance state, permission, quota of keys, no answer). */
export const fieldOf = (error: ApiError): FieldName | null =>
  fieldOfCode[error.code] ?? (error.parameter === null ? null : (fieldOfParameter[error.parameter] ?? null))
