import { expect, it } from 'vitest'
import { ApiError } from '#src/api/api-error.ts'
import type { ExternalKeyReport } from '#src/api/contract/extensions.ts'
import { findingOf } from './external-key-check.ts'

const answer = (report: Partial<ExternalKeyReport>, ProxyStatus: 'Available' | 'Timeout' = 'Available') => ({
  ProxyStatus,
  LatencyMs: 12,
  ExternalKeys: {
    ExternalKey: [
      { ExternalKeyId: 'hsm-1', Status: 'ENABLED' as const, Spec: 'AES_256', Usable: true, KmsKeys: [], ...report },
    ],
  },
})
const refusal = (code: string) => new ApiError({ kind: 'refused', action: 'DescribeExternalKeys', code, message: code })

it.each([
  [answer({}), null, { found: 'enabled', latencyMs: 12, spec: 'AES_256' }],
  [answer({ Status: 'DISABLED', Usable: false }), null, { found: 'disabled' }],
  [answer({ Status: 'NOT_FOUND', Spec: null, Usable: false }), null, { found: 'unknownKey' }],
  [answer({ Spec: 'RSA_2048', Usable: false }), null, { found: 'notUsable', spec: 'RSA_2048' }],
  [answer({ Status: 'UNKNOWN' }, 'Timeout'), null, { found: 'outOfReach', proxy: 'Timeout' }],
  [answer({ Status: 'UNKNOWN' }), null, { found: 'outOfReach', proxy: null }],
  [undefined, null, { found: 'checking' }],
  [undefined, refusal('Forbidden.NoPermission'), { found: 'cannotAsk', reason: 'denied' }],
  [undefined, refusal('InvalidAction.NotFound'), { found: 'cannotAsk', reason: 'failed' }],
])('case %#', (data, error, finding) => {
  expect(findingOf(data, error)).toEqual(finding)
})
