import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Output } from '#src/api/contract/actions.ts'
import { parseKeyArn } from '#src/api/contract/arn.ts'
import { ciphertextBytes } from '#src/api/contract/crypto.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { KeyNameField } from '#src/pages/keys/labels/key-name-field.tsx'
import { blockerOf } from '#src/pages/keys/offers.ts'
import { useNamedKey } from '#src/pages/keys/use-named-key.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { ByteField } from './byte-field.tsx'
import { ByteOutput } from './byte-output.tsx'
import { emptyEntry, fromBase64 } from './bytes.ts'
import { contextOf, type ContextEntry, type ContextProblem } from './context.ts'
import { ContextRows } from './context-rows.tsx'
import { inputsOf, type Refusal } from './inputs.ts'
import type { FormProps } from './modes.ts'
import styles from './try-it.module.css'
import { TryForm } from './try-form.tsx'
import { useCall } from './use-call.ts'

interface Problems extends Refusal {
  readonly destination?: true
  readonly newContext?: ContextProblem
}

/** Moves a ciphertext to another key inside KMS: its plaintext does not come out. */
export function ReEncryptForm(props: FormProps): ReactNode {
  const { region, rows, onRows, handed, onHandOver } = props
  const { client, identity } = useApi()
  const t = useText('tryit')
  const blockerText = useBlockerText()
  const [entry, setEntry] = useState(() => ({ ...emptyEntry('base64'), typed: handed }))
  const [destination, setDestination] = useState('')
  const [newRows, setNewRows] = useState<readonly ContextEntry[]>(rows)
  const [isDry, setIsDry] = useState(false)
  const [problems, setProblems] = useState<Problems>({})
  const named = useNamedKey(region, destination)
  const call = useCall<Output<'ReEncrypt'>>()
  // What is told of ReEncrypt is the permission on the key that encrypts; the ciphertext names the other one itself.
  const blocker = named.at === 'found' ? blockerOf('ReEncrypt', named.facts) : null

  function submit(): void {
    const sealed = inputsOf(entry, ciphertextBytes, rows)
    const newContext = contextOf(newRows)
    if ('refusal' in sealed || 'problem' in newContext || named.at !== 'found')
      return setProblems({
        ...('refusal' in sealed ? sealed.refusal : {}),
        ...('problem' in newContext ? { newContext } : {}),
        ...(named.at === 'found' ? {} : { destination: true }),
      })
    setProblems({})
    const { KeyId, Arn } = named.key
    void call.run(() =>
      client.call(
        'ReEncrypt',
        {
          CiphertextBlob: sealed.base64,
          SourceEncryptionContext: sealed.context,
          // Another account's key is reached by its ARN alone.
          DestinationKeyId: parseKeyArn(Arn)?.accountId === identity.accountId ? KeyId : Arn,
          DestinationEncryptionContext: newContext.context,
          ...(isDry ? { DryRun: true } : {}),
        },
        { region },
      ),
    )
  }

  return (
    <TryForm
      intro={t('reEncrypt.intro')}
      blocker={blocker}
      submitLabel={t('reEncrypt.submit')}
      state={call.state}
      isDry={isDry}
      onDry={setIsDry}
      onSubmit={submit}
      onClear={call.state.at === 'idle' ? null : call.forget}
      answer={({ CiphertextBlob, KeyId }) => (
        <>
          <Notice tone="ok">{t('reEncrypt.done', { keyId: KeyId })}</Notice>
          <ByteOutput
            label={t('reEncrypt.result')}
            bytes={fromBase64(CiphertextBlob)}
            fileName="ciphertext.reencrypted.bin"
          />
          <div className={styles.row}>
            <Button onClick={() => onHandOver('decrypt', CiphertextBlob, newRows)}>{t('decryptThis')}</Button>
          </div>
        </>
      )}
    >
      <ByteField
        label={t('ciphertext')}
        hint={t('reEncrypt.hint')}
        entry={entry}
        onChange={setEntry}
        encodings={['base64', 'hex']}
        max={ciphertextBytes}
        problem={problems.input ?? null}
      />
      <ContextRows
        label={t('reEncrypt.sourceContext')}
        rows={rows}
        onChange={onRows}
        problem={problems.context ?? null}
      />
      <KeyNameField
        label={t('reEncrypt.destination')}
        region={region}
        value={destination}
        named={named}
        onChange={setDestination}
        error={problems.destination && named.at === 'nothing' ? t('reEncrypt.needed') : undefined}
      >
        {blocker ? <Notice tone="warn">{blockerText(blocker)}</Notice> : null}
      </KeyNameField>
      <ContextRows
        label={t('reEncrypt.newContext')}
        hint={t('reEncrypt.newContextHint')}
        rows={newRows}
        onChange={setNewRows}
        problem={problems.newContext ?? null}
      />
    </TryForm>
  )
}
