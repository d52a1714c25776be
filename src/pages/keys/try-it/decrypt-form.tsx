import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Output } from '#src/api/contract/actions.ts'
import { ciphertextBytes } from '#src/api/contract/crypto.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf } from '#src/pages/keys/offers.ts'
import { ByteField } from './byte-field.tsx'
import { ByteOutput } from './byte-output.tsx'
import { emptyEntry, fromBase64 } from './bytes.ts'
import { ContextRows } from './context-rows.tsx'
import { inputsOf, type Refusal } from './inputs.ts'
import type { FormProps } from './modes.ts'
import { TryForm } from './try-form.tsx'
import { useCall } from './use-call.ts'

export function DecryptForm(props: FormProps): ReactNode {
  const { keyMetadata: key, region, facts, rows, onRows, handed } = props
  const { client } = useApi()
  const t = useText('tryit')
  const [entry, setEntry] = useState(() => ({ ...emptyEntry('base64'), typed: handed }))
  const [isDry, setIsDry] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>({})
  const call = useCall<Output<'Decrypt'>>()

  function submit(): void {
    const sealed = inputsOf(entry, ciphertextBytes, rows)
    if ('refusal' in sealed) return setRefusal(sealed.refusal)
    setRefusal({})
    void call.run(() =>
      client.call(
        'Decrypt',
        {
          CiphertextBlob: sealed.base64,
          EncryptionContext: sealed.context,
          ...(isDry ? { DryRun: true } : {}),
        },
        { region },
      ),
    )
  }

  function clear(): void {
    setEntry(emptyEntry('base64'))
    setRefusal({})
    call.forget()
  }

  return (
    <TryForm
      intro={t('decrypt.intro')}
      blocker={blockerOf('Decrypt', facts)}
      submitLabel={t('decrypt.submit')}
      state={call.state}
      isDry={isDry}
      onDry={setIsDry}
      onSubmit={submit}
      onClear={entry.typed !== '' || entry.file || call.state.at !== 'idle' ? clear : null}
      answer={({ Plaintext, KeyId }) => (
        <>
          {KeyId === key.KeyId ? null : <Notice tone="info">{t('otherKey', { keyId: KeyId })}</Notice>}
          <ByteOutput label={t('plaintext')} bytes={fromBase64(Plaintext)} fileName="plaintext.bin" preferred="text" />
        </>
      )}
    >
      <ByteField
        label={t('ciphertext')}
        hint={t('decrypt.hint')}
        entry={entry}
        onChange={setEntry}
        encodings={['base64', 'hex']}
        max={ciphertextBytes}
        problem={refusal.input ?? null}
      />
      <ContextRows rows={rows} onChange={onRows} problem={refusal.context ?? null} />
    </TryForm>
  )
}
