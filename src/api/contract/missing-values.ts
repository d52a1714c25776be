/**
 * Published values of parameters that this build refuses by name, with UnsupportedOperation: asymmetric keys and imported material, which
 * it does not make, and ciphers that no browser has.
 */
import type { ActionName } from './actions.ts'
import { keySpecs } from './keys.ts'
import { instanceCapabilities } from './states.ts'

const madeSomewhere: ReadonlySet<string> = new Set(Object.values(instanceCapabilities).flatMap(({ specs }) => specs))
const sm2 = { WrappingKeySpec: ['EC_SM2'], WrappingAlgorithm: ['SM2PKE'] }

export const missingValues: Readonly<Partial<Record<ActionName, Readonly<Record<string, readonly string[]>>>>> = {
  CreateKey: { KeySpec: keySpecs.filter((spec) => !madeSomewhere.has(spec)), Origin: ['EXTERNAL'] },
  GenerateAndExportDataKey: sm2,
  ExportDataKey: sm2,
}
