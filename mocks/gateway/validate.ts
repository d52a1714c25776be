/** Step 5: the parameters, against the contract. */
import { actions, type ActionName, type Input } from '#src/api/contract/actions.ts'
import { policyProblems } from '#src/api/contract/policy.ts'
import { isInputRefusal, readInput, writeInput, type WireParams } from '#src/api/contract/params.ts'
import { invalidParameter, ServiceError } from '#mocks/service-error.ts'
import { extensionParameters } from './extensions.ts'

/** Parameters of the protocol, not of an action (KMS API 2016-01-20, Common parameters). */
const commonParameters = new Set([
  'Action',
  'Version',
  'Format',
  'RegionId',
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Signature',
  'SignatureType',
  'SecurityToken',
  'Timestamp',
])

export interface Validated<N extends ActionName> {
  readonly input: Input<N>
  /** Names that the contract does not know: they have no effect. */
  readonly ignored: readonly string[]
}

/**
 * Throws UnsupportedOperation for a published parameter that this build does not implement and, under strict compatibility, for an
 * extension; MissingParameter or InvalidParameter for what the contract refuses.
 */
export function validate<N extends ActionName>(name: N, wire: WireParams, strict: boolean): Validated<N> {
  const { params, refused } = actions[name]
  const given = [...wire].filter(([, value]) => value !== '').map(([parameter]) => parameter)
  const unsupported = [...refused, ...(strict ? extensionParameters(name) : [])]
  for (const parameter of given)
    if (unsupported.includes(rootOf(parameter))) throw unsupportedParameter(rootOf(parameter))
  const input = readInput(params, wire)
  if (isInputRefusal(input)) throw invalidParameter(input.parameter, input.problem)
  const read = writeInput(params, input)
  const unread = given.filter((parameter) => !read.has(parameter) && !commonParameters.has(parameter))
  // Half-read input would do something else than what was asked: `EncryptionContext.a`, or a list with a gap.
  const halfRead = unread.map(rootOf).find((parameter) => Object.hasOwn(params, parameter))
  if (halfRead !== undefined) throw invalidParameter(halfRead, { code: 'malformed', reason: 'shape' })
  const [policyProblem] =
    typeof read.get('Policy') === 'string' && keepsPolicy.has(name) ? policyProblems(read.get('Policy')!) : []
  if (policyProblem) throw invalidParameter('Policy', policyProblem)
  return { input: input as Input<N>, ignored: unread }
}

/** Actions whose Policy is a key policy. */
const keepsPolicy: ReadonlySet<ActionName> = new Set(['CreateKey', 'SetKeyPolicy'])

const rootOf = (parameter: string): string => parameter.split('.', 1)[0]!

const unsupportedParameter = (parameter: string): ServiceError =>
  new ServiceError(
    'UnsupportedOperation',
    { reason: `The parameter "${parameter}" is not implemented.` },
    { Parameter: parameter },
  )
