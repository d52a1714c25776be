import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { importAcs4Secret } from '#mocks/crypto/acs4.ts'
import { importSigV4Secret } from '#mocks/crypto/sigv4.ts'
import type { Runtime } from '#mocks/runtime.ts'
import type { ProxyConnection } from '#mocks/store/rows.ts'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** The key over a secret, as each dialect signs with it: the secret itself is kept nowhere. */
export const importSecret: Readonly<Record<ProxyConnection['dialect'], (secret: string) => Promise<CryptoKey>>> = {
  'xks-v1': importSigV4Secret,
  xki: importAcs4Secret,
}

/**
 * A credential that KMS signs with and the proxy verifies by: an ID of 26 characters and a key over a 256-bit secret that is
 * known to nobody afterwards. XKS Proxy API 1.0.3, Appendix A.
 */
export async function createProxyCredential(
  runtime: Pick<Runtime, 'randomBytes'>,
  dialect: ProxyConnection['dialect'] = 'xks-v1',
): Promise<{ accessKeyId: string; signingKey: CryptoKey }> {
  const accessKeyId = Array.from(runtime.randomBytes(26), (byte) => base32[byte % base32.length]).join('')
  return { accessKeyId, signingKey: await importSecret[dialect](encodeBase64(runtime.randomBytes(32))) }
}
