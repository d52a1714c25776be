/** KMS's end of the XKI wire: the messages of XKS in Alibaba's manner, signed with ACS4. Assumed, like all of it. */
import * as shape from '#src/api/contract/shapes.ts'
import { acs4Authorization } from '#mocks/crypto/acs4.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { sha256Hex } from '#mocks/crypto/hash.ts'
import { amzDate } from '#mocks/crypto/sigv4.ts'
import { proxyHealths } from '#mocks/xki/port.ts'
import type { Dialect, Exchange, Failure } from './dialect.ts'
import { basePath, contentType, errorStatuses, fromWire, pathNames, product, toWire, version } from './xki.ts'
import type { ErrorCode } from './xki.ts'
import { xksV1 } from './xks-v1-client.ts'

/** The exchange of XKS, told in this dialect. */
const translated = <Answer>(externalKeyId: string, exchange: Exchange<Answer>): Exchange<Answer> => ({
  ...exchange,
  path: `${basePath}/keys/${externalKeyId}/${pathNames[exchange.operation]}`,
  body: toWire(exchange.body),
  read: (answer) => exchange.read(fromWire(answer)),
})

/** Refusals that say more than that the proxy failed. */
const failures: Partial<Record<ErrorCode, Failure>> = {
  InvalidAcsDate: { hop: 'proxy', failure: 'proxyRefusedCredential' },
  Unauthorized: { hop: 'proxy', failure: 'proxyRefusedCredential' },
  XkiNotFound: { hop: 'proxy', failure: 'proxyWrongPath' },
  AccessForbidden: { hop: 'proxy', failure: 'proxyDenied' },
  InvalidOperation: { hop: 'proxy', failure: 'proxyTooLarge' },
  KeyNotFound: { hop: 'keyManager', failure: 'externalKeyNotFound' },
  KeyDisabledForbidden: { hop: 'keyManager', failure: 'externalKeyDisabled' },
  KeyUsageForbidden: { hop: 'keyManager', failure: 'externalKeyUsage' },
  InvalidCiphertextBlob: { hop: 'keyManager', failure: 'invalidCiphertext' },
  Timeout: { hop: 'keyManager', failure: 'keyManagerTimeout' },
}

const refusal = shape.object({ Code: shape.oneOf(Object.keys(errorStatuses) as ErrorCode[]) })

const healthAnswer = shape.object({ XkiStatus: shape.oneOf(proxyHealths) })

export const xki: Dialect = {
  health: (asked) => {
    const exchange = xksV1.health(asked)
    return {
      ...exchange,
      path: `${basePath}/${pathNames.health}`,
      body: toWire(exchange.body),
      read: (answer) => {
        const read = healthAnswer.read(answer)
        return read instanceof shape.Misfit ? undefined : read.XkiStatus
      },
    }
  },
  metadata: (externalKeyId, ...asked) => translated(externalKeyId, xksV1.metadata(externalKeyId, ...asked)),
  encrypt: (externalKeyId, ...asked) => translated(externalKeyId, xksV1.encrypt(externalKeyId, ...asked)),
  decrypt: (externalKeyId, ...asked) => translated(externalKeyId, xksV1.decrypt(externalKeyId, ...asked)),

  request: async ({ path, body }, proxy, region, time, nonce) => {
    const url = new URL(`https://${proxy.endpoint}${proxy.uriPathPrefix}${path}`)
    const bytes = utf8(JSON.stringify(body))
    const payloadHash = await sha256Hex(bytes)
    const date = amzDate(time)
    const headers = {
      'content-type': contentType,
      'x-acs-accesskey-id': proxy.accessKeyId,
      // The verb, as in the one example that was seen.
      'x-acs-action': 'POST',
      'x-acs-content-sha256': payloadHash,
      'x-acs-date': date,
      'x-acs-signature-nonce': nonce,
      'x-acs-version': version,
    }
    const signed = {
      method: 'POST',
      path: url.pathname,
      query: [],
      headers: new Map([...Object.entries(headers), ['host', url.host]]),
      payloadHash,
    }
    const authorization = await acs4Authorization(signed, { date: date.slice(0, 8), region, product }, proxy)
    return new Request(url, { method: 'POST', headers: { ...headers, authorization }, body: bytes })
  },

  failure: ({ operation }, status, body) => {
    // A front of the proxy may refuse before the protocol is spoken.
    if (status === errorStatuses.Unauthorized) return failures.Unauthorized ?? null
    if (status === errorStatuses.TooManyRequests) return { hop: 'proxy', failure: 'proxyThrottled' }
    const refused = refusal.read(body)
    if (refused instanceof shape.Misfit || errorStatuses[refused.Code] !== status) return null
    const failure = failures[refused.Code] ?? null
    return failure?.failure === 'invalidCiphertext' && operation !== 'decrypt' ? null : failure
  },
}
