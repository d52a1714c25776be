import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { RadioCards } from '#src/components/ui/radio-cards.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf } from '#src/pages/keys/offers.ts'
import { ByteOutput, SecretOutput } from './byte-output.tsx'
import { fromBase64, type EntryProblem } from './bytes.ts'
import { contextOf, type ContextProblem } from './context.ts'
import { ContextRows } from './context-rows.tsx'
import { DataKeyFields } from './data-key-fields.tsx'
import { dataKeySize, type DataKeyLength } from './inputs.ts'
import type { FormProps } from './modes.ts'
import styles from './try-it.module.css'
import { TryForm } from './try-form.tsx'
import { useCall } from './use-call.ts'

type Wanted = 'GenerateDataKey' | 'GenerateDataKeyWithoutPlaintext'

interface DataKey {
  readonly CiphertextBlob: string
  /** Left out where it was not asked for. */
  readonly Plaintext?: string
}

/** A data key, with or without its plaintext: what envelope encryption begins with. */
export function DataKeyForm(props: FormProps): ReactNode {
  const { keyMetadata: key, region, facts, rows, onRows, onHandOver } = props
  const { client } = useApi()
  const t = useText('tryit')
  const [wanted, setWanted] = useState<Wanted>('GenerateDataKey')
  const [length, setLength] = useState<DataKeyLength>('AES_256')
  const [bytes, setBytes] = useState('')
  const [isDry, setIsDry] = useState(false)
  const [refusal, setRefusal] = useState<{ size: EntryProblem | null; context: ContextProblem | null }>({
    size: null,
    context: null,
  })
  const call = useCall<DataKey>()

  function submit(): void {
    const size = dataKeySize(length, bytes)
    const context = contextOf(rows)
    const sizeProblem = 'problem' in size ? size.problem : null
    const contextProblem = 'problem' in context ? context : null
    setRefusal({ size: sizeProblem, context: contextProblem })
    if ('problem' in size || 'problem' in context) return
    const input = {
      KeyId: key.KeyId,
      ...size,
      EncryptionContext: context.context,
      ...(isDry ? { DryRun: true } : {}),
    }
    void call.run(() => client.call(wanted, input, { region }))
  }

  return (
    <TryForm
      intro={t('dataKey.intro')}
      blocker={blockerOf(wanted, facts)}
      submitLabel={t('dataKey.submit')}
      state={call.state}
      isDry={isDry}
      onDry={setIsDry}
      onSubmit={submit}
      onClear={call.state.at === 'idle' ? null : call.forget}
      answer={({ CiphertextBlob, Plaintext }) => (
        <>
          {Plaintext === undefined ? (
            <Notice tone="info">{t('dataKey.without')}</Notice>
          ) : (
            <SecretOutput label={t('dataKey.plaintext')} bytes={fromBase64(Plaintext)} fileName="data-key.bin" />
          )}
          <ByteOutput
            label={t('dataKey.ciphertext')}
            bytes={fromBase64(CiphertextBlob)}
            fileName="data-key.encrypted.bin"
          />
          <div className={styles.row}>
            <Button onClick={() => onHandOver('decrypt', CiphertextBlob)}>{t('decryptThis')}</Button>
            <Button onClick={() => onHandOver('exportKey', CiphertextBlob)}>{t('exportThis')}</Button>
          </div>
        </>
      )}
    >
      <Field group label={t('dataKey.wanted')}>
        <RadioCards
          value={wanted}
          onChange={(next) => {
            setWanted(next)
            call.forget()
          }}
          cards={(['GenerateDataKey', 'GenerateDataKeyWithoutPlaintext'] as const).map((value) => ({
            value,
            label: t(`dataKey.${value}.label`),
            detail: t(`dataKey.${value}.detail`),
          }))}
        />
      </Field>
      <DataKeyFields length={length} onLength={setLength} bytes={bytes} onBytes={setBytes} problem={refusal.size} />
      <ContextRows rows={rows} onChange={onRows} problem={refusal.context} />
    </TryForm>
  )
}
