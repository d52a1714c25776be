/** The small world with a key of every kind. */
import type { KeyKind } from '#src/api/contract/kinds.ts'
import type { World } from '#mocks/scenarios/world.ts'
import type { InstanceRow, KeyRow, KeyVersionRow } from '#mocks/store/rows.ts'
import { account, keyIds, region, smallWorld } from './small-world.ts'

const keyIdsByKind: Readonly<Record<KeyKind, string>> = {
  external: 'key-hzz69a5412800000000011',
  software: 'key-hzz69a5412800000000012',
  hardware: 'key-hzz69a5412800000000013',
  default: '6f1f2a04-9f6b-4a4e-8a2d-000000000014',
  service: '6f1f2a04-9f6b-4a4e-8a2d-000000000015',
}

/** Of kind `service` too: the key is the user's until a test hands it over. */
export const keyOf = (kind: KeyKind): string => keyIdsByKind[kind]
/** The one version of a key. An external key has none; this is a name that nothing has. */
export const versionOf = (kind: KeyKind): string => `${keyOf(kind)}-q7w8e9r0t1`
/** External and Enabled, whatever the others are; `alias/other` names it. */
export const otherKeyId = keyIds.enabled

const hasVersions = (kind: KeyKind): boolean => kind !== 'external'

/** Each key has the alias `alias/<kind>`. */
export async function kindsWorld(): Promise<World> {
  const { cloud, vault } = await smallWorld()
  const external = cloud.instances[0]!
  const instance = (instanceId: string, type: InstanceRow['type']): InstanceRow => ({
    ...external,
    instanceId,
    name: type,
    type,
    proxy: null,
  })
  const software = instance('kst-hzz69a5412800000000002', 'Software')
  const hardware = instance('kst-hzz69a5412800000000003', 'Hardware')
  const own = cloud.keys.find(({ keyId }) => keyId === keyIds.enabled)!
  const fields: Readonly<Record<KeyKind, Partial<KeyRow>>> = {
    external: {},
    software: { instanceId: software.instanceId },
    hardware: { instanceId: hardware.instanceId, protectionLevel: 'HSM', storage: 'HsmEncryptedDatabase' },
    default: { instanceId: null, policy: null },
    service: { instanceId: null, policy: null },
  }
  const names = Object.keys(fields) as KeyKind[]
  // Old enough for a new version by hand.
  const createdAt = own.createdAt - 30 * 86_400_000
  const key = (kind: KeyKind): KeyRow => ({
    ...own,
    keyId: keyOf(kind),
    createdAt,
    ...(hasVersions(kind) ? { externalKeyId: null, primaryVersionId: versionOf(kind), rotatedAt: createdAt } : {}),
    ...fields[kind],
  })
  const version = (kind: KeyKind): KeyVersionRow => ({
    versionId: versionOf(kind),
    keyId: keyOf(kind),
    createdAt,
    material: null,
  })
  const alias = (aliasName: string, keyId: string) => ({
    id: `${region}/${account}/${aliasName}`,
    region,
    accountId: account,
    aliasName,
    keyId,
    createdAt,
  })
  return {
    cloud: {
      ...cloud,
      instances: [...cloud.instances, software, hardware],
      keys: [...cloud.keys, ...names.map(key)],
      keyVersions: names.filter(hasVersions).map(version),
      aliases: [alias('alias/other', otherKeyId), ...names.map((kind) => alias(`alias/${kind}`, keyOf(kind)))],
    },
    vault,
  }
}
