import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Output } from '#src/api/contract/actions.ts'
import { limits } from '#src/api/contract/rules.ts'
import { Button } from '#src/components/ui/button.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf } from '#src/pages/keys/offers.ts'
import { ByteField } from './byte-field.tsx'
import { ByteOutput } from './byte-output.tsx'
import { emptyEntry, encodings, fromBase64 } from './bytes.ts'
import { ContextRows } from './context-rows.tsx'
import styles from './try-it.module.css'
import { inputsOf, type Refusal } from './inputs.ts'
import type { FormProps } from './modes.ts'
import { TryForm } from './try-form.tsx'
import { useCall } from './use-call.ts'

export function EncryptForm(props: FormProps): ReactNode {
  const { keyMetadata: key, region, facts, rows, onRows, onHandOver } = props
  const { client } = useApi()
  const t = useText('tryit')
  const [entry, setEntry] = useState(() => emptyEntry('text'))
  const [isDry, setIsDry] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>({})
  const call = useCall<Output<'Encrypt'>>()

  function submit(): void {
    const sealed = inputsOf(entry, limits.plaintextBytes, rows)
    if ('refusal' in sealed) return setRefusal(sealed.refusal)
    setRefusal({})
    void call.run(() =>
      client.call(
        'Encrypt',
        {
          KeyId: key.KeyId,
          Plaintext: sealed.base64,
          EncryptionContext: sealed.context,
          ...(isDry ? { DryRun: true } : {}),
        },
        { region },
      ),
    )
  }

  function clear(): void {
    setEntry(emptyEntry(entry.as === 'file' ? 'text' : entry.as))
    setRefusal({})
    call.forget()
  }

  return (
    <TryForm
      intro={t('encrypt.intro')}
      blocker={blockerOf('Encrypt', facts)}
      submitLabel={t('encrypt.submit')}
      state={call.state}
      isDry={isDry}
      onDry={setIsDry}
      onSubmit={submit}
      onClear={entry.typed !== '' || entry.file || call.state.at !== 'idle' ? clear : null}
      answer={({ CiphertextBlob }) => (
        <>
          <ByteOutput label={t('ciphertext')} bytes={fromBase64(CiphertextBlob)} fileName="ciphertext.bin" />
          <div className={styles.row}>
            <Button onClick={() => onHandOver('decrypt', CiphertextBlob)}>{t('decryptThis')}</Button>
            <Button onClick={() => onHandOver('reEncrypt', CiphertextBlob)}>{t('reEncryptThis')}</Button>
          </div>
        </>
      )}
    >
      <ByteField
        label={t('plaintext')}
        entry={entry}
        onChange={setEntry}
        encodings={encodings}
        max={limits.plaintextBytes}
        problem={refusal.input ?? null}
      />
      <ContextRows rows={rows} onChange={onRows} problem={refusal.context ?? null} />
    </TryForm>
  )
}
