import type { DialectName } from '#src/api/contract/connections.ts'
import { importAcs4Secret } from './acs4.ts'
import { importSigV4Secret } from './sigv4.ts'

/** The key over a proxy credential's secret, as each dialect signs with it: the secret itself is kept nowhere. */
export const importSecret: Readonly<Record<DialectName, (secret: string) => Promise<CryptoKey>>> = {
  'xks-v1': importSigV4Secret,
  xki: importAcs4Secret,
}
