import { useState, type ReactNode } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { limits, type Problem } from '#src/api/contract/rules.ts'
import { stateRefusal } from '#src/api/contract/states.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextArea } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Tabs } from '#src/components/ui/tabs.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { byteLength, contextOf, readableText, typedToBase64, type ContextEntry, type Encoding } from './bytes.ts'
import { ContextRows } from './context-rows.tsx'
import styles from './details.module.css'

type Mode = 'encrypt' | 'decrypt'

type Result =
  | { readonly mode: 'encrypt'; readonly ciphertext: string }
  | { readonly mode: 'decrypt'; readonly plaintext: string; readonly keyId: string }

/** Why the form was not sent, at its place. */
interface Refusal {
  readonly input?: Problem
  readonly context?: { readonly row: number; readonly problem: Problem }
}

/** Encrypts and decrypts through the key's proxy. What is typed and what comes back lives in this component alone, never in a cache or storage. */
export function TryItCard(props: { keyMetadata: KeyMetadata; region: string }): ReactNode {
  const { keyMetadata: key } = props
  const t = useText('details.try')
  const state = useText('ui.state')
  const words = {
    Enabled: 'enabled',
    Disabled: 'disabled',
    PendingDeletion: 'pendingDeletion',
    PendingImport: 'pendingImport',
  } as const
  return (
    <Card title={t('title')}>
      {key.ExternalKeyId === undefined ? (
        <Notice tone="info">{t('blockedType')}</Notice>
      ) : stateRefusal('Encrypt', key.KeyState) !== null ? (
        <Notice tone="info">{t('blocked', { state: state(words[key.KeyState]) })}</Notice>
      ) : (
        <TryIt keyId={key.KeyId} region={props.region} />
      )}
    </Card>
  )
}

function TryIt(props: { keyId: string; region: string }): ReactNode {
  const { keyId, region } = props
  const { client } = useApi()
  const t = useText('details.try')
  const problemText = useProblemText()
  const [mode, setMode] = useState<Mode>('encrypt')
  const [encoding, setEncoding] = useState<Encoding>('text')
  const [typed, setTyped] = useState('')
  const [rows, setRows] = useState<readonly ContextEntry[]>([])
  const [refusal, setRefusal] = useState<Refusal>({})
  const [result, setResult] = useState<Result | null>(null)
  const [error, setError] = useState<ApiError | null>(null)
  const [busy, setBusy] = useState(false)

  function switchTo(next: Mode, text = ''): void {
    setMode(next)
    setTyped(text)
    setRefusal({})
    setResult(null)
    setError(null)
  }

  async function run(): Promise<void> {
    const input = mode === 'encrypt' ? typedToBase64(typed, encoding) : ciphertextOf(typed)
    const context = contextOf(rows)
    if ('problem' in input || 'problem' in context) {
      setRefusal({
        ...('problem' in input ? { input: input.problem } : {}),
        ...('problem' in context ? { context } : {}),
      })
      return
    }
    setRefusal({})
    setError(null)
    setResult(null)
    setBusy(true)
    const EncryptionContext = context.context
    if (mode === 'encrypt') {
      const answer = await client.call(
        'Encrypt',
        { KeyId: keyId, Plaintext: input.base64, EncryptionContext },
        { region },
      )
      if (answer.ok) setResult({ mode, ciphertext: answer.data.CiphertextBlob })
      else setError(answer.error)
    } else {
      const answer = await client.call('Decrypt', { CiphertextBlob: input.base64, EncryptionContext }, { region })
      if (answer.ok) setResult({ mode, plaintext: answer.data.Plaintext, keyId: answer.data.KeyId })
      else setError(answer.error)
    }
    setBusy(false)
  }

  const inputError = refusal.input ? problemText(refusal.input) : undefined
  return (
    <form
      className={styles.stack}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void run()
      }}
    >
      <div className={styles.hint}>{t('intro')}</div>
      <Tabs
        label={t('mode')}
        tabs={[
          { value: 'encrypt', label: t('encrypt') },
          { value: 'decrypt', label: t('decrypt') },
        ]}
        value={mode}
        onChange={(next) => switchTo(next)}
      >
        <div className={styles.stack}>
          {mode === 'encrypt' ? (
            <>
              <Field label={t('encoding')}>
                <Select
                  value={encoding}
                  onChange={(event) => setEncoding(event.target.value as Encoding)}
                  options={[
                    { value: 'text', label: t('text') },
                    { value: 'base64', label: t('base64') },
                  ]}
                />
              </Field>
              <Field
                label={t('plaintext')}
                required
                error={inputError}
                hint={t('plaintextHint', { count: byteLength(typed, encoding) ?? 0, max: limits.plaintextBytes })}
              >
                <TextArea
                  dir="auto"
                  mono={encoding === 'base64'}
                  value={typed}
                  onChange={(event) => setTyped(event.target.value)}
                />
              </Field>
            </>
          ) : (
            <Field label={t('ciphertext')} required error={inputError} hint={t('ciphertextHint')}>
              <TextArea mono rows={4} value={typed} onChange={(event) => setTyped(event.target.value)} />
            </Field>
          )}
          <ContextRows rows={rows} onChange={setRows} problem={refusal.context ?? null} />
          <div className={styles.row}>
            <Button type="submit" variant="primary" busy={busy}>
              {t(mode)}
            </Button>
            {typed !== '' || result ? <Button onClick={() => switchTo(mode)}>{t('clear')}</Button> : null}
          </div>
        </div>
      </Tabs>
      <div aria-live="polite" className={styles.stack}>
        {error ? <ErrorNotice error={error} /> : null}
        {result ? (
          <ResultView result={result} keyId={keyId} onDecrypt={(ciphertext) => switchTo('decrypt', ciphertext)} />
        ) : null}
      </div>
    </form>
  )
}

/** A blob as pasted: line breaks and blanks of a mail or a terminal do not count. */
function ciphertextOf(typed: string): { readonly base64: string } | { readonly problem: Problem } {
  const base64 = typed.replace(/\s/g, '')
  if (base64 === '') return { problem: { code: 'required' } }
  return byteLength(base64, 'base64') === null ? { problem: { code: 'malformed', reason: 'base64' } } : { base64 }
}

function ResultView(props: { result: Result; keyId: string; onDecrypt: (ciphertext: string) => void }): ReactNode {
  const { result, keyId, onDecrypt } = props
  const t = useText('details.try')
  if (result.mode === 'encrypt')
    return (
      <>
        <strong>{t('resultCiphertext')}</strong>
        <CodeBlock text={result.ciphertext} label={t('resultCiphertext')} />
        <div className={styles.row}>
          <Button onClick={() => onDecrypt(result.ciphertext)}>{t('useToDecrypt')}</Button>
        </div>
      </>
    )
  const text = readableText(result.plaintext)
  return (
    <>
      {result.keyId === keyId ? null : <Notice tone="info">{t('otherKey', { keyId: result.keyId })}</Notice>}
      <strong>{t('resultText')}</strong>
      {text === null ? <p>{t('notText')}</p> : <CodeBlock text={text} label={t('resultText')} />}
      <strong>{t('resultBase64')}</strong>
      <CodeBlock text={result.plaintext} label={t('resultBase64')} />
    </>
  )
}
