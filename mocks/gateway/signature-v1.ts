/**
 * Signature version 1.0 (KMS API 2016-01-20, Signature): HMAC-SHA1 over all parameters of query and form together. Headers play no part. That
 * a nonce is needed is assumed: KMS's page does not name one, all official clients send it.
 */
import { percentEncode } from '#src/api/contract/acs3.ts'
import { decodeBase64 } from '#mocks/crypto/base64.ts'
import { noBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { verifyHmacSha1 } from '#mocks/crypto/hmac-sha1.ts'
import { ServiceError } from '#mocks/service-error.ts'
import { incomplete, readNonce, readTime, type Claim } from './claim.ts'
import type { Call } from './decode.ts'

/** By UTF-16 code units, case-sensitive. */
const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : a > b ? 1 : 0)

/** The text that is signed. `parameters`: all of them, decoded. */
export function v1StringToSign(method: string, parameters: Iterable<readonly [string, string]>): string {
  const canonical = [...parameters]
    .filter(([name]) => name !== 'Signature')
    .sort(byName)
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join('&')
  return `${method.toUpperCase()}&%2F&${percentEncode(canonical)}`
}

export function v1Claim({ method, sent }: Call): Claim {
  const accessKeyId = sent.get('AccessKeyId')
  if (!accessKeyId) throw new ServiceError('MissingAccessKeyId')
  if (sent.get('SignatureMethod')?.toUpperCase() !== 'HMAC-SHA1') throw new ServiceError('InvalidSignatureMethod')
  if (sent.get('SignatureVersion') !== '1.0') throw incomplete('The SignatureVersion must be 1.0.')
  return {
    accessKeyId,
    token: sent.get('SecurityToken') ?? null,
    date: () => readTime(sent.get('Timestamp')),
    nonce: () => readNonce(sent.get('SignatureNonce')),
    verify: async ({ v1Key }) => {
      if (!v1Key) throw incomplete('This access key signs by version 3 only.')
      const text = sent.get('Signature') ?? ''
      const signature = decodeBase64(text) ?? noBytes
      if (!(await verifyHmacSha1(v1Key, signature, utf8(v1StringToSign(method, sent)))))
        throw new ServiceError('SignatureDoesNotMatch')
    },
  }
}
