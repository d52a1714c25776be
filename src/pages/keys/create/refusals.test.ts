import { expect, it } from 'vitest'
import { ApiError } from '#src/api/api-error.ts'
import { fieldOf } from './refusals.ts'

const refusal = (code: string, parameter?: string): ApiError =>
  new ApiError({
    kind: 'refused',
    action: 'CreateKey',
    message: code,
    code,
    status: 400,
    ...(parameter === undefined ? {} : { detail: { Parameter: parameter } }),
  })

it.each([
  ['InvalidParameter', 'ExternalKeyId', 'externalKeyId'],
  ['InvalidParameter', 'Tags', 'tags'],
  ['InvalidParameter', 'Description', 'description'],
  ['InvalidParameter', 'Policy', 'policy'],
  ['InvalidParameter', 'AliasName', 'alias'],
  ['InvalidParameter', 'RotationInterval', 'rotation'],
  ['MissingParameter', 'ExternalKeyId', 'externalKeyId'],
  ['AliasAlreadyExists', undefined, 'alias'],
  ['Rejected.ShareQuotaExceedLimit', undefined, 'crossAccountUsers'],
  ['Rejected.Unavailable', undefined, 'externalKeyId'],
  ['Forbidden.DKMSInstanceStateInvalid', undefined, null],
  ['Forbidden.NoPermission', undefined, null],
  ['InvalidParameter', 'DKMSInstanceId', null],
])('%s about %s lands on %s', (code, parameter, field) => {
  expect(fieldOf(refusal(code, parameter))).toBe(field)
})

it('reads the parameter from the message where the endpoint tells it there alone', () => {
  const message = 'The specified parameter "Tags" is not valid.'
  expect(fieldOf(new ApiError({ kind: 'refused', action: 'CreateKey', code: 'InvalidParameter', message }))).toBe(
    'tags',
  )
})
