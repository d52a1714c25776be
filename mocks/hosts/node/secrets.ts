/**
 * Secrets that clients outside the page sign with. The cloud keeps none: this host draws one for each access key that a scenario lays, and a
 * credential with four keys for whoever tests a proxy's wire, hands the cloud the keys over them, and tells them when it starts.
 */
import { encodeBase64 } from '#mocks/crypto/base64.ts'
import { utf8 } from '#mocks/crypto/bytes.ts'
import { importHmacKey } from '#mocks/crypto/hmac.ts'
import { importV1Secret } from '#mocks/crypto/hmac-sha1.ts'
import { importSecret } from '#mocks/crypto/proxy-secret.ts'
import type { Runtime } from '#mocks/runtime.ts'
import type { World } from '#mocks/scenarios/world.ts'
import { newExternalKey } from '#mocks/xki/vault.ts'

export interface Secrets {
  /** Secret by access key ID. */
  readonly accessKeys: Readonly<Record<string, string>>
  readonly xks: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** Where they survive. */
export interface SecretsFile {
  readonly stored: Secrets | null
  /** Resolves when it is durable. */
  readonly write: (secrets: Secrets) => Promise<void>
}

/** On this path prefix the proxy takes the credential that is handed out. */
export const xksPrefix = '/xks'
/** External keys by what they may do. */
export const xksKeys = {
  full: 'xks-full',
  encryptOnly: 'xks-encrypt-only',
  decryptOnly: 'xks-decrypt-only',
  useless: 'xks-useless',
} as const
const usages = {
  full: ['ENCRYPT', 'DECRYPT'],
  encryptOnly: ['ENCRYPT'],
  decryptOnly: ['DECRYPT'],
  useless: [],
} as const satisfies Record<keyof typeof xksKeys, readonly ('ENCRYPT' | 'DECRYPT')[]>

export interface SecretKeeper {
  readonly current: () => Secrets
  /** See CloudOptions. What it puts in is known and kept before it resolves. */
  readonly furnish: (world: World) => Promise<World>
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export function createSecretKeeper(
  runtime: Pick<Runtime, 'randomBytes' | 'wallNow'>,
  file: SecretsFile = { stored: null, write: async () => {} },
): SecretKeeper {
  // Rejected where it would make some letters likelier than others.
  function randomText(alphabet: string, length: number): string {
    const even = 256 - (256 % alphabet.length)
    let text = ''
    while (text.length < length)
      for (const byte of runtime.randomBytes(length - text.length))
        if (byte < even) text += alphabet[byte % alphabet.length]
    return text
  }

  let current: Secrets = file.stored ?? {
    accessKeys: {},
    xks: { accessKeyId: randomText(base32, 26), secretAccessKey: encodeBase64(runtime.randomBytes(32)) },
  }

  return {
    current: () => current,
    furnish: async ({ cloud, vault }) => {
      // An access key that was laid before has the secret that it had: a reset signs nobody out.
      const drawn = cloud.accessKeys.map(({ accessKeyId }) => [accessKeyId, randomText(letters, 30)] as const)
      current = { ...current, accessKeys: { ...Object.fromEntries(drawn), ...current.accessKeys } }
      await file.write(current)
      const { accessKeys, xks } = current
      const wrappingKey = vault.wrappingKeys[0]!.key
      const createdAt = runtime.wallNow()
      const kinds = Object.keys(xksKeys) as (keyof typeof xksKeys)[]
      return {
        cloud: {
          ...cloud,
          accessKeys: await Promise.all(
            cloud.accessKeys.map(async (row) => ({
              ...row,
              key: await importHmacKey(utf8(accessKeys[row.accessKeyId]!)),
              v1Key: await importV1Secret(accessKeys[row.accessKeyId]!),
            })),
          ),
        },
        vault: {
          ...vault,
          credentials: [
            ...vault.credentials,
            {
              accessKeyId: xks.accessKeyId,
              uriPathPrefix: xksPrefix,
              dialect: 'xks-v1',
              signingKey: await importSecret['xks-v1'](xks.secretAccessKey),
            },
          ],
          externalKeys: [
            ...vault.externalKeys,
            ...(await Promise.all(
              kinds.map((kind) =>
                newExternalKey(wrappingKey, { id: xksKeys[kind], name: '', createdAt, usages: usages[kind] }),
              ),
            )),
          ],
        },
      }
    },
  }
}
