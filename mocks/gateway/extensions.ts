/** What no public API offers (contract/extensions.ts): which of it a request and its answer used, and answers without it. */
import { actions, type ActionName } from '#src/api/contract/actions.ts'
import { extensionFields } from '#src/api/contract/extensions.ts'
import type { WireParams } from '#src/api/contract/params.ts'
import { isPlainObject } from '#src/api/contract/rules.ts'

interface Fields {
  readonly parameters: readonly string[]
  /** Paths such as `KmsInstanceQuotaInfos[].Accounts`. */
  readonly answers: readonly string[]
}

const none: Fields = { parameters: [], answers: [] }
const fieldsOf = (name: ActionName): Fields =>
  Object.hasOwn(extensionFields, name) ? extensionFields[name as keyof typeof extensionFields] : none

const stepsOf = (path: string): readonly string[] => path.replaceAll('[]', '').split('.')

export const isExtension = (name: ActionName): boolean => 'extension' in actions[name]

export const extensionParameters = (name: ActionName): readonly string[] => fieldsOf(name).parameters

/** The extensions that an answer stands on: the action itself, parameters as `CreateKey.ExternalKeyId`, answer fields by their path. */
export function usedExtensions(name: ActionName, params: WireParams, output: object): readonly string[] {
  const { parameters, answers } = fieldsOf(name)
  return [
    ...(isExtension(name) ? [name] : []),
    ...parameters
      .filter((parameter) => (params.get(parameter) ?? '') !== '')
      .map((parameter) => `${name}.${parameter}`),
    ...answers.filter((path) => holds(output, stepsOf(path))),
  ]
}

/** The answer as a strictly compatible endpoint gives it. */
export function withoutExtensions(name: ActionName, output: object): object {
  return fieldsOf(name).answers.reduce<object>((rest, path) => without(rest, stepsOf(path)) as object, output)
}

function holds(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined
  if (Array.isArray(value)) return value.some((item) => holds(item, [step, ...rest]))
  return isPlainObject(value) && holds(value[step], rest)
}

function without(value: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined) return undefined
  if (Array.isArray(value)) return value.map((item) => without(item, [step, ...rest]))
  if (!isPlainObject(value) || !(step in value)) return value
  const { [step]: inner, ...others } = value
  return rest.length === 0 ? others : { ...others, [step]: without(inner, rest) }
}
