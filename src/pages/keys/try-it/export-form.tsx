import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { wrappedBytes, type OwnPair, type RsaWrapping } from '#src/api/key-pair.ts'
import { ciphertextBytes } from '#src/api/contract/crypto.ts'
import { Field } from '#src/components/ui/field.tsx'
import { RadioCards } from '#src/components/ui/radio-cards.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf } from '#src/pages/keys/offers.ts'
import { ByteField } from './byte-field.tsx'
import { emptyEntry } from './bytes.ts'
import { contextOf } from './context.ts'
import { ContextRows } from './context-rows.tsx'
import { DataKeyFields } from './data-key-fields.tsx'
import { ExportedKey, type Exported } from './exported-key.tsx'
import { dataKeySize, inputsOf, type DataKeyLength, type Refusal } from './inputs.ts'
import type { FormProps } from './modes.ts'
import { PublicKeyFields } from './public-key-fields.tsx'
import { readPublicKey, type PublicKeyProblem } from './public-key.ts'
import { TryForm } from './try-form.tsx'
import { useCall } from './use-call.ts'

type Source = 'GenerateAndExportDataKey' | 'ExportDataKey'

interface Problems extends Refusal {
  readonly publicKey?: PublicKeyProblem
}

/** A data key, new or from its ciphertext, wrapped for whoever holds the private key to a public one. */
export function ExportForm(props: FormProps): ReactNode {
  const { keyMetadata: key, region, facts, rows, onRows, handed } = props
  const { client } = useApi()
  const t = useText('tryit')
  const [source, setSource] = useState<Source>(handed === '' ? 'GenerateAndExportDataKey' : 'ExportDataKey')
  const [entry, setEntry] = useState(() => ({ ...emptyEntry('base64'), typed: handed }))
  const [length, setLength] = useState<DataKeyLength>('AES_256')
  const [bytes, setBytes] = useState('')
  const [publicKey, setPublicKey] = useState('')
  const [algorithm, setAlgorithm] = useState<RsaWrapping>('RSAES_OAEP_SHA_256')
  const [pair, setPair] = useState<OwnPair | null>(null)
  const [isDry, setIsDry] = useState(false)
  const [problems, setProblems] = useState<Problems>({})
  const call = useCall<Exported>()
  const isNew = source === 'GenerateAndExportDataKey'

  function submit(): void {
    const wrapped = readPublicKey(publicKey)
    const sealed = isNew ? newKey() : inputsOf(entry, ciphertextBytes, rows)
    if ('problem' in wrapped || 'refusal' in sealed)
      return setProblems({
        ...('problem' in wrapped ? { publicKey: wrapped.problem } : {}),
        ...('refusal' in sealed ? sealed.refusal : {}),
      })
    setProblems({})
    const common = {
      EncryptionContext: sealed.context,
      PublicKeyBlob: wrapped.base64,
      WrappingKeySpec: 'RSA_2048' as const,
      WrappingAlgorithm: algorithm,
      ...(isDry ? { DryRun: true } : {}),
    }
    const kept = { context: sealed.context, pair }
    void call.run(async () => {
      if ('base64' in sealed) {
        const CiphertextBlob = sealed.base64
        const answer = await client.call('ExportDataKey', { CiphertextBlob, ...common }, { region })
        return answer.ok ? { ...answer, data: { ...answer.data, CiphertextBlob, ...kept } } : answer
      }
      const input = { KeyId: key.KeyId, ...sealed.size, ...common }
      const answer = await client.call('GenerateAndExportDataKey', input, { region })
      return answer.ok ? { ...answer, data: { ...answer.data, ...kept } } : answer
    })
  }

  function newKey() {
    const size = dataKeySize(length, bytes, wrappedBytes[algorithm])
    const context = contextOf(rows)
    if ('problem' in size || 'problem' in context)
      return {
        refusal: {
          ...('problem' in size ? { input: size.problem } : {}),
          ...('problem' in context ? { context } : {}),
        },
      }
    return { size, context: context.context }
  }

  return (
    <TryForm
      intro={t('exportKey.intro')}
      blocker={blockerOf(source, facts)}
      submitLabel={t('exportKey.submit')}
      state={call.state}
      isDry={isDry}
      onDry={setIsDry}
      onSubmit={submit}
      onClear={call.state.at === 'idle' ? null : call.forget}
      answer={(exported) => <ExportedKey exported={exported} keyId={key.KeyId} isNew={isNew} region={region} />}
    >
      <Field group label={t('exportKey.source')}>
        <RadioCards
          value={source}
          onChange={(next) => {
            setSource(next)
            setProblems({})
            call.forget()
          }}
          cards={(['GenerateAndExportDataKey', 'ExportDataKey'] as const).map((value) => ({
            value,
            label: t(`exportKey.${value}.label`),
            detail: t(`exportKey.${value}.detail`),
          }))}
        />
      </Field>
      {isNew ? (
        <DataKeyFields
          length={length}
          onLength={setLength}
          bytes={bytes}
          onBytes={setBytes}
          max={wrappedBytes[algorithm]}
          problem={problems.input ?? null}
        />
      ) : (
        <ByteField
          label={t('ciphertext')}
          hint={t('exportKey.ciphertextHint')}
          entry={entry}
          onChange={setEntry}
          encodings={['base64', 'hex']}
          max={ciphertextBytes}
          problem={problems.input ?? null}
        />
      )}
      <PublicKeyFields
        value={publicKey}
        onChange={setPublicKey}
        algorithm={algorithm}
        onAlgorithm={setAlgorithm}
        pair={pair}
        onPair={setPair}
        problem={problems.publicKey ?? null}
      />
      <ContextRows rows={rows} onChange={onRows} problem={problems.context ?? null} />
    </TryForm>
  )
}
