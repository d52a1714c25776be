/**
 * What the panel asks for, in its order, by where the key is made (KMS user guide, Manage keys, and Manage external keys). The one table
 * that tells the kinds apart: the form, its rules and what is sent follow from it.
 */
import type { KmsInstance } from '#src/api/contract/instances.ts'
import type { InstanceType } from '#src/api/contract/states.ts'

export const partNames = [
  'externalKeyId',
  'keyType',
  'specAndUsage',
  'storage',
  'alias',
  'tags',
  'rotation',
  'description',
  'policy',
  'origin',
] as const
export type PartName = (typeof partNames)[number]

/** `Default`: the region's one key outside every instance. */
export type KeyPlace = InstanceType | 'Default'

interface PanelParts {
  readonly main: readonly PartName[]
  /** Under the heading of the advanced options. */
  readonly advanced: readonly PartName[]
}

export const panelParts: Readonly<Record<KeyPlace, PanelParts>> = {
  External: { main: ['externalKeyId', 'specAndUsage', 'alias', 'tags', 'description'], advanced: ['policy'] },
  Software: {
    main: ['keyType', 'specAndUsage', 'alias', 'tags', 'rotation', 'description'],
    advanced: ['policy', 'origin'],
  },
  Hardware: {
    main: ['keyType', 'specAndUsage', 'storage', 'alias', 'tags', 'rotation', 'description'],
    advanced: ['policy', 'origin'],
  },
  Default: { main: ['alias', 'description'], advanced: ['origin'] },
}

export const partsOf = (place: KeyPlace): readonly PartName[] => [
  ...panelParts[place].main,
  ...panelParts[place].advanced,
]

/** Where a key is made. */
export type KeyTarget =
  | { readonly place: InstanceType; readonly instance: KmsInstance }
  | { readonly place: 'Default'; readonly instance: null }

export const defaultKeyTarget: KeyTarget = { place: 'Default', instance: null }

/** Undefined where the backend does not tell the instance's type: then nothing is made on it. */
export const targetOf = (instance: KmsInstance): KeyTarget | undefined =>
  instance.InstanceType === undefined ? undefined : { place: instance.InstanceType, instance }
