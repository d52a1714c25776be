import { generateKeyPairSync } from 'node:crypto'

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** What an export needs, under a public key whose private half nobody keeps. */
export const wrappingParameters = {
  PublicKeyBlob: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  WrappingKeySpec: 'RSA_2048',
  WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
} as const
