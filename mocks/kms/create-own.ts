/** CreateKey where KMS holds the material: on software and hardware instances, and the default key. KMS API 2016-01-20, CreateKey. */
import type { Input } from '#src/api/contract/actions.ts'
import { instanceCapabilities, type InstanceType } from '#src/api/contract/states.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import type { KeyRotation, KeyRow } from '#mocks/store/rows.ts'
import type { Material } from './new-key.ts'
import { rotationIntervalMs } from './rotation.ts'

export type Place = Exclude<InstanceType, 'External'> | 'Default'
type Parameter = keyof Input<'CreateKey'>

interface Offer {
  readonly kind: 'software' | 'hardware' | 'default'
  readonly specs: readonly string[]
  /** In an instance ProtectionLevel is ignored, whatever it says. */
  readonly protectionLevel: 'SOFTWARE' | 'HSM'
  /** Parameters that mean nothing here, with the reason. */
  readonly refused: Partial<Readonly<Record<Parameter, string>>>
}

const noExternalKey = { ExternalKeyId: 'Only keys of external instances stand on an external key.' }
const noStorage = { KeyStorageMechanism: 'Only keys of hardware instances have a storage mechanism.' }

const offers: Readonly<Record<Place, Offer>> = {
  Software: {
    kind: 'software',
    specs: instanceCapabilities.Software.specs,
    protectionLevel: 'SOFTWARE',
    refused: { ...noExternalKey, ...noStorage },
  },
  Hardware: {
    kind: 'hardware',
    specs: instanceCapabilities.Hardware.specs,
    protectionLevel: 'HSM',
    refused: noExternalKey,
  },
  Default: {
    kind: 'default',
    specs: instanceCapabilities.Software.specs,
    protectionLevel: 'SOFTWARE',
    refused: { ...noExternalKey, ...noStorage },
  },
}

const usage = 'ENCRYPT/DECRYPT'

const unsupported = (Parameter: Parameter, reason: string): ServiceError =>
  new ServiceError('UnsupportedOperation', { reason }, { Parameter })

/** Throws for what a key of this place cannot be, and by name for what is published and not made here. */
export function ownMaterial(place: Place, input: Input<'CreateKey'>): Material {
  const { kind, specs, protectionLevel, refused } = offers[place]
  for (const [name, reason] of Object.entries(refused) as [Parameter, string][])
    if (input[name] !== undefined) throw unsupported(name, reason)
  if (input.Origin === 'EXTERNAL') throw unsupported('Origin', 'Importing key material is not implemented here.')
  if (place === 'Default' && input.ProtectionLevel === 'HSM')
    throw unsupported('ProtectionLevel', 'No region has managed HSMs for the default key.')
  const { KeySpec: spec = 'Aliyun_AES_256' } = input
  if (!specs.includes(spec)) throw unsupported('KeySpec', `Keys of the spec ${spec} are not made here.`)
  if ((input.KeyUsage ?? usage) !== usage) throw invalidParameter('KeyUsage', { code: 'notOneOf', allowed: [usage] })
  const storage = place === 'Hardware' ? (input.KeyStorageMechanism ?? 'HsmInternal') : null
  const rotation = rotationOf(kind, storage, input)
  return { externalKeyId: null, spec, usage, origin: 'Aliyun_KMS', protectionLevel, storage, rotation }
}

/** Its first version sets the date. An interval without rotation is ignored (assumed). */
function rotationOf(kind: Offer['kind'], storage: KeyRow['storage'], input: Input<'CreateKey'>): KeyRotation | null {
  if (!input.EnableAutomaticRotation) return null
  if (storage === 'HsmInternal')
    throw unsupported('EnableAutomaticRotation', 'A key inside the HSM has one version and does not rotate.')
  return { intervalMs: rotationIntervalMs(kind, input.RotationInterval), nextAt: null }
}
