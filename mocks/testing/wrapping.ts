import { generateKeyPairSync, privateDecrypt } from 'node:crypto'

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** What an export needs. */
export const wrappingParameters = {
  PublicKeyBlob: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  WrappingKeySpec: 'RSA_2048',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
} as const

/** What was exported with them, both as Base64. Throws for anything else. */
export const openExported = (exported: string): string =>
  privateDecrypt({ key: privateKey, oaepHash: 'sha256' }, Buffer.from(exported, 'base64')).toString('base64')
