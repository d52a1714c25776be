/** Cryptography, with ciphertexts that are remembered. */
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { ErrorCode } from '#src/api/contract/errors.ts'
import { openExported, wrappingParameters } from '#mocks/testing/wrapping.ts'
import { refusalOf, type Model, type Sealed } from './model.ts'
import {
  actor,
  aliasName,
  arnOf,
  keyIdOf,
  number,
  onKey,
  onlyIf,
  operationOf,
  pick,
  step,
  type Operation,
} from './operation.ts'

const mostly = (usual: boolean) => fc.constantFrom(usual, usual, usual, !usual)
const context = fc.constantFrom(null, '1', '2')
const words = (value: string | null): { EncryptionContext?: { order: string } } =>
  value === null ? {} : { EncryptionContext: { order: value } }

/** The primary version seals; of one that came with time this is the first that is heard. */
function remember(
  model: Model,
  sealed: Pick<Sealed, 'keyId' | 'plaintext' | 'context'>,
  answer: Readonly<Record<string, unknown>>,
): void {
  const { CiphertextBlob, KeyVersionId } = answer as { CiphertextBlob: string; KeyVersionId?: string }
  const [primary] = model.keys.get(sealed.keyId)?.versions ?? []
  if (primary) primary.id ??= KeyVersionId ?? null
  expect(KeyVersionId).toBe(primary?.id ?? undefined)
  model.sealed.push({ ...sealed, blob: CiphertextBlob, versionId: KeyVersionId })
}

const encrypt = operationOf(
  'encrypt',
  fc.record({ ...onKey, naming: fc.constantFrom('id', 'arn', 'alias'), aliasName, context, isDryRun: mostly(false) }),
  (model, { actor: by, key, naming, aliasName: alias, context: inContext, isDryRun }) => {
    const id = naming === 'alias' ? model.aliases.get(alias) : keyIdOf(model, key)
    const KeyId = naming === 'alias' ? alias : naming === 'arn' ? arnOf(id!) : id!
    const plaintext = btoa(`plaintext ${model.sealed.length}`)
    const refusal =
      id === undefined ? 'Forbidden.AliasNotFound' : refusalOf(model, { action: 'Encrypt', actor: by, keys: [id] })
    return step('Encrypt', { KeyId, Plaintext: plaintext, ...words(inContext), DryRun: isDryRun }, by, {
      refusal: isDryRun ? dryRunOf(refusal) : refusal,
      answers: { KeyId: id },
      effect: (answer) => remember(model, { keyId: id!, plaintext, context: inContext }, answer),
    })
  },
)

function dryRunOf(refusal: ErrorCode | null): ErrorCode {
  if (refusal === null) return 'DryRunOperationError'
  return refusal === 'Forbidden.NoPermission' ? 'AccessDeniedError' : 'ValidationError'
}

const dataKey = operationOf(
  'dataKey',
  fc.record({ ...onKey, context }),
  (model, { actor: by, key, context: inContext }) => {
    const KeyId = keyIdOf(model, key)
    return step('GenerateDataKey', { KeyId, ...words(inContext) }, by, {
      refusal: refusalOf(model, { action: 'GenerateDataKey', actor: by, keys: [KeyId] }),
      answers: { KeyId },
      effect: (answer) =>
        remember(model, { keyId: KeyId, plaintext: answer.Plaintext as string, context: inContext }, answer),
    })
  },
)

const exportNew = operationOf(
  'exportNew',
  fc.record({ ...onKey, context }),
  (model, { actor: by, key, context: inContext }) => {
    const KeyId = keyIdOf(model, key)
    return step('GenerateAndExportDataKey', { KeyId, ...words(inContext), ...wrappingParameters }, by, {
      refusal: refusalOf(model, { action: 'GenerateAndExportDataKey', actor: by, keys: [KeyId] }),
      answers: { KeyId },
      effect: (answer) => {
        const plaintext = openExported(answer.ExportedDataKey as string)
        remember(model, { keyId: KeyId, plaintext, context: inContext }, answer)
      },
    })
  },
)

const noCiphertext = { CiphertextBlob: btoa('nothing yet') }
const openings = { actor, sealed: number, isInContext: mostly(true) }
/** The context that it was sealed in, or another one. */
const contextFor = ({ context: sealedIn }: Sealed, isInContext: boolean): string | null =>
  isInContext ? sealedIn : sealedIn === '1' ? null : '1'

const exportOld = operationOf('exportOld', fc.record(openings), (model, { actor: by, sealed: chosen, isInContext }) => {
  const sealed = pick(model.sealed, chosen)
  const asked = sealed ? { CiphertextBlob: sealed.blob, ...words(contextFor(sealed, isInContext)) } : noCiphertext
  return step('ExportDataKey', { ...asked, ...wrappingParameters }, by, {
    refusal: sealed
      ? (refusalOf(model, { action: 'ExportDataKey', actor: by, keys: [sealed.keyId] }) ??
        onlyIf(!isInContext, 'InvalidParameter'))
      : 'InvalidParameter',
    effect: ({ ExportedDataKey }) => expect(openExported(ExportedDataKey as string)).toBe(sealed?.plaintext),
  })
})

const reEncrypt = operationOf(
  'reEncrypt',
  fc.record({ ...openings, key: number, context }),
  (model, { actor: by, sealed: chosen, isInContext, key, context: inContext }) => {
    const DestinationKeyId = keyIdOf(model, key)
    const sealed = pick(model.sealed, chosen)
    if (!sealed) return step('ReEncrypt', { ...noCiphertext, DestinationKeyId }, by, { refusal: 'InvalidParameter' })
    const { EncryptionContext: SourceEncryptionContext } = words(contextFor(sealed, isInContext))
    const { EncryptionContext: DestinationEncryptionContext } = words(inContext)
    const { blob, keyId, plaintext } = sealed
    const input = { CiphertextBlob: blob, SourceEncryptionContext, DestinationKeyId, DestinationEncryptionContext }
    return step('ReEncrypt', input, by, {
      refusal:
        refusalOf(model, { action: 'ReEncrypt', actor: by, keys: [keyId, DestinationKeyId] }) ??
        onlyIf(!isInContext, 'InvalidParameter'),
      answers: { KeyId: DestinationKeyId },
      effect: (answer) => remember(model, { keyId: DestinationKeyId, plaintext, context: inContext }, answer),
    })
  },
)

const decrypt = operationOf('decrypt', fc.record(openings), (model, { actor: by, sealed: chosen, isInContext }) => {
  const sealed = pick(model.sealed, chosen)
  if (!sealed) return step('Decrypt', noCiphertext, by, { refusal: 'InvalidParameter' })
  const { blob, keyId, versionId, plaintext } = sealed
  return step('Decrypt', { CiphertextBlob: blob, ...words(contextFor(sealed, isInContext)) }, by, {
    refusal:
      refusalOf(model, { action: 'Decrypt', actor: by, keys: [keyId] }) ?? onlyIf(!isInContext, 'InvalidParameter'),
    answers: { KeyId: keyId, Plaintext: plaintext, ...(versionId === undefined ? {} : { KeyVersionId: versionId }) },
  })
})

export const cryptoOperations: readonly fc.WeightedArbitrary<Operation>[] = [
  { weight: 3, arbitrary: encrypt },
  { weight: 1, arbitrary: dataKey },
  { weight: 3, arbitrary: decrypt },
  { weight: 1, arbitrary: exportNew },
  { weight: 1, arbitrary: exportOld },
  { weight: 2, arbitrary: reEncrypt },
]
