/** What callers are told when a key cannot be reached or will not serve. Assumed: nothing published says which code it is. */
import type { Hop, UnavailableCause } from '#src/api/contract/errors.ts'
import { ServiceError } from '#mocks/service-error.ts'
import type { CloudTables, InstanceRow } from '#mocks/store/rows.ts'
import type { ReadTransaction } from '#mocks/store/store.ts'
import { XkiError } from '#mocks/xki/port.ts'

const reasons: Readonly<Record<UnavailableCause, string>> = {
  instanceNotConnected: 'The KMS instance is not connected.',
  proxyUnreachable: 'The proxy cannot be reached.',
  proxyCertificate: 'The certificate of the proxy is not the one that is pinned, or not in its time.',
  proxyWrongPath: 'The proxy does not serve the path of the KMS instance.',
  proxyTimeout: 'The proxy did not answer in time.',
  proxyRefusedCredential: 'The proxy refused the credential of the KMS instance.',
  proxyError: 'The proxy failed.',
  proxyTooLarge: 'The request is larger than the proxy allows.',
  proxyThrottled: 'The proxy takes no more requests now.',
  proxyDenied: 'The proxy denied the request.',
  proxyContentType: 'The answer of the proxy is not JSON.',
  proxyTruncated: 'The answer of the proxy broke off.',
  proxyUnreadable: 'The answer of the proxy cannot be understood.',
  proxyWrongLength: 'A value from the proxy has a wrong length.',
  proxyIntegrity: 'The ciphertext from the proxy fails its integrity check.',
  keyManagerTimeout: 'The key manager did not answer the proxy in time.',
  externalKeyDisabled: 'The external key is disabled.',
  externalKeyNotFound: 'The key manager has no such key.',
  externalKeyUsage: 'The external key may not be used for this.',
}

export const unavailable = (hop: Hop, cause: UnavailableCause): ServiceError =>
  new ServiceError('Rejected.Unavailable', { reason: reasons[cause] }, { Hop: hop, Cause: cause })

/** The blob was damaged, belongs to another key, or was made in another encryption context: nobody can tell which. */
export const wrongCiphertext = (): ServiceError =>
  new ServiceError(
    'InvalidParameter',
    { name: 'CiphertextBlob', reason: 'It does not open with this key and encryption context.' },
    { Parameter: 'CiphertextBlob' },
  )

/** A caller's refusal for a failure on the way to the external key. What is no such failure is thrown on. */
export function refusalOf(error: unknown): ServiceError {
  if (!(error instanceof XkiError)) throw error
  return error.failure === 'invalidCiphertext' ? wrongCiphertext() : unavailable(error.hop, error.failure)
}

/** The instance on which a key stands. Throws Rejected.Unavailable unless it is Connected. */
export function connectedInstance(
  { instances }: Pick<ReadTransaction<CloudTables>, 'instances'>,
  instanceId: string,
): InstanceRow {
  const instance = instances.get(instanceId)
  if (instance?.status !== 'Connected') throw unavailable('kms', 'instanceNotConnected')
  return instance
}
