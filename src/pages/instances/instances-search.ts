/** The instance pages' place in the URL, read leniently. */
import { instanceTypes, type InstanceType } from '#src/api/contract/states.ts'

/** `type` absent: external key management, which comes first here. */
export interface InstancesSearch {
  readonly type?: Exclude<InstanceType, 'External'> | undefined
}

export interface InstanceSearch {
  readonly panel?: 'connect' | undefined
}

/** In the order of the tabs: what this console is for comes first. */
export const typesInOrder = ['External', 'Software', 'Hardware'] as const satisfies readonly InstanceType[]

export function readInstancesSearch({ type }: Record<string, unknown>): InstancesSearch {
  const known = instanceTypes.find((one) => one === type)
  return known === undefined || known === 'External' ? {} : { type: known }
}

export const readInstanceSearch = ({ panel }: Record<string, unknown>): InstanceSearch =>
  panel === 'connect' ? { panel } : {}
