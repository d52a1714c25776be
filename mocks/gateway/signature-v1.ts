/**
 * Signature version 1.0 (KMS API 2016-01-20, Signature): HMAC-SHA1 over all parameters of query and form together. Headers play no part. That
 * a nonce is needed is assumed: KMS's page does not name one, all official clients send it.
 */
import { v1StringToSign } from '#src/api/contract/signature-v1.ts'
import { decodeBase64 } from '#mocks/crypto/base64.ts'
import { noBytes, utf8 } from '#mocks/crypto/bytes.ts'
import { verifyHmacSha1 } from '#mocks/crypto/hmac-sha1.ts'
import { ServiceError } from '#mocks/service-error.ts'
import { fieldsOf } from '#mocks/trace/redact.ts'
import { incomplete, readNonce, readTime, type Claim } from './claim.ts'
import type { Call } from './decode.ts'

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
    verify: async ({ v1Key }, span) => {
      if (!v1Key) throw incomplete('This access key signs by version 3 only.')
      const text = sent.get('Signature') ?? ''
      const signature = decodeBase64(text) ?? noBytes
      const matches = await verifyHmacSha1(v1Key, signature, utf8(v1StringToSign(method, sent)))
      span.tell({
        signature: { version: '1.0', fields: fieldsOf([...sent].filter(([name]) => name !== 'Signature')), matches },
      })
      if (!matches) throw new ServiceError('SignatureDoesNotMatch')
    },
  }
}
