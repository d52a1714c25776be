/**
 * What the account has of networks in a region, as a table that is made up: zones, VPCs with their vSwitches, and endpoint services
 * (PrivateLink) with a proxy behind them. The same for each account at any time.
 */
import type { VSwitch } from '#src/api/contract/connection-rules.ts'
import { seededText } from '#mocks/runtime.ts'

/** Regions with one zone: KMS user guide, Purchase and enable a KMS instance. */
const singleZone = new Set(['ap-southeast-6', 'ap-southeast-7'])
const zoneLetters: Readonly<Record<string, readonly string[]>> = {
  'cn-hangzhou': ['j', 'k', 'h'],
  'cn-shanghai': ['b', 'g', 'l'],
}

export function zonesOf(region: string): readonly string[] {
  const letters = singleZone.has(region) ? ['a'] : (zoneLetters[region] ?? ['a', 'b', 'c'])
  const joint = region.startsWith('cn-') ? '-' : ''
  return letters.map((letter) => `${region}${joint}${letter}`)
}

export interface Vpc {
  readonly vpcId: string
  readonly name: string
  readonly vSwitches: readonly (VSwitch & { readonly name: string })[]
}

/** Of a text: identifiers that stay the same. */
const seedOf = (text: string): number => {
  let seed = 0
  for (const character of text) seed = (Math.imul(seed, 31) + character.charCodeAt(0)) | 0
  return seed
}

const vpcNames = ['production', 'staging'] as const

/** In each VPC a vSwitch per zone, and one without a free address. */
export function vpcsIn(region: string, accountId: string): readonly Vpc[] {
  const zones = zonesOf(region)
  return vpcNames.map((name, at) => {
    const seed = seedOf(`${region}/${accountId}/${name}`)
    const vSwitch = (zone: string, position: number, free: number, label: string) => ({
      VSwitchId: `vsw-${seededText(seed, position, 21)}`,
      ZoneId: zone,
      AvailableIpAddressCount: free,
      name: label,
    })
    return {
      vpcId: `vpc-${seededText(seed, 0, 21)}`,
      name,
      vSwitches: [
        ...zones.map((zone, index) => vSwitch(zone, index + 1, 240 - 60 * index - at, `${name}-${zone}`)),
        vSwitch(zones[0]!, zones.length + 1, 0, `${name}-full`),
      ],
    }
  })
}

/** A name of the simulated Internet at which the customer's proxy answers. */
export const endpointServiceHost = 'hyok.example.net'

export interface EndpointService {
  readonly name: string
  readonly zoneIds: readonly string[]
  /** What is reached through it. */
  readonly host: string
  /** Whether the account stands on its whitelist: otherwise it is not told of it. */
  readonly allowsAccount: boolean
  /** Whether it accepts endpoint connections by itself. */
  readonly acceptsConnections: boolean
}

/** One that serves, and one for each thing that can be wrong with one. */
export function endpointServicesIn(region: string): readonly EndpointService[] {
  const zones = zonesOf(region)
  const service = (name: string, differs: Partial<EndpointService> = {}): EndpointService => ({
    name: `com.aliyuncs.privatelink.${region}.epsrv-${name}`,
    zoneIds: zones.slice(0, 2),
    host: endpointServiceHost,
    allowsAccount: true,
    acceptsConnections: true,
    ...differs,
  })
  return [
    service('hyok-proxy'),
    service('hyok-all-zones', { zoneIds: zones }),
    service('hyok-one-zone', { zoneIds: zones.slice(-1) }),
    service('hyok-by-hand', { acceptsConnections: false }),
    service('hyok-private', { allowsAccount: false }),
  ]
}

/** The one whose zones are those of an instance; for what is connected already. */
export const endpointServiceFor = (region: string, zoneIds: readonly string[]): string =>
  (endpointServicesIn(region).find((service) => sameZones(service.zoneIds, zoneIds)) ?? endpointServicesIn(region)[0]!)
    .name

export const sameZones = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((zone) => others.includes(zone))
