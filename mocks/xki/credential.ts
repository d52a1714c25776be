import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { importSigV4Secret } from '#mocks/crypto/sigv4.ts'
import type { Runtime } from '#mocks/runtime.ts'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * A credential that KMS signs with and the proxy verifies by: an ID of 26 characters and a key over a 256-bit secret that is
 * known to nobody afterwards. XKS Proxy API 1.0.3, Appendix A.
 */
export async function createProxyCredential(
  runtime: Pick<Runtime, 'randomBytes'>,
): Promise<{ accessKeyId: string; signingKey: CryptoKey }> {
  const accessKeyId = Array.from(runtime.randomBytes(26), (byte) => base32[byte % base32.length]).join('')
  return { accessKeyId, signingKey: await importSigV4Secret(encodeBase64(runtime.randomBytes(32))) }
}
