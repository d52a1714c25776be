import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { importSecret } from '#mocks/crypto/proxy-secret.ts'
import type { Runtime } from '#mocks/runtime.ts'
import type { ProxyConnection, ProxyCredential } from '#mocks/store/rows.ts'

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * A credential that KMS signs with and the proxy verifies by: an ID of 26 characters and a key over a 256-bit secret. XKS Proxy API 1.0.3,
 * Appendix A. The secret is for whoever is to type it in at the other end, and is kept nowhere.
 */
export async function drawProxyCredential(
  runtime: Pick<Runtime, 'randomBytes'>,
  dialect: ProxyConnection['dialect'],
): Promise<ProxyCredential & { readonly secret: string }> {
  const accessKeyId = Array.from(runtime.randomBytes(26), (byte) => base32[byte % base32.length]).join('')
  const secret = encodeBase64(runtime.randomBytes(32))
  return { accessKeyId, signingKey: await importSecret[dialect](secret), secret }
}

/** One whose secret is known to nobody afterwards. */
export async function createProxyCredential(
  runtime: Pick<Runtime, 'randomBytes'>,
  dialect: ProxyConnection['dialect'] = 'xks-v1',
): Promise<ProxyCredential> {
  const { accessKeyId, signingKey } = await drawProxyCredential(runtime, dialect)
  return { accessKeyId, signingKey }
}
