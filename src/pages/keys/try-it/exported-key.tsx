import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { OwnPair } from '#src/api/key-pair.ts'
import type { ApiError } from '#src/api/api-error.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { ByteOutput, SecretOutput } from './byte-output.tsx'
import { fromBase64, toBase64 } from './bytes.ts'
import styles from './try-it.module.css'

export interface Exported {
  readonly KeyId: string
  readonly ExportedDataKey: string
  /** The same data key under the KMS key. */
  readonly CiphertextBlob: string
  readonly context: Record<string, string> | undefined
  /** The pair whose public key wrapped it, where it was made here. */
  readonly pair: OwnPair | null
}

/** What unwrapping in the page came to, against what Decrypt says about the ciphertext. */
type Check =
  | { readonly at: 'idle' | 'busy' | 'notUnwrapped' }
  | { readonly at: 'unwrapped'; readonly dataKey: Uint8Array<ArrayBuffer>; readonly matches: boolean | ApiError }

/** An exported data key. Wrapped by a pair that was made here it can be unwrapped and compared, so that one sees that it is the same key. */
export function ExportedKey(props: { exported: Exported; keyId: string; isNew: boolean; region: string }): ReactNode {
  const { exported, keyId, isNew, region } = props
  const { CiphertextBlob, ExportedDataKey, pair, context } = exported
  const { client } = useApi()
  const t = useText('tryit')
  const [check, setCheck] = useState<Check>({ at: 'idle' })

  async function compare(own: OwnPair): Promise<void> {
    setCheck({ at: 'busy' })
    let dataKey: Uint8Array<ArrayBuffer>
    try {
      dataKey = await own.unwrap(fromBase64(ExportedDataKey))
    } catch {
      return setCheck({ at: 'notUnwrapped' })
    }
    const opened = await client.call('Decrypt', { CiphertextBlob, EncryptionContext: context }, { region })
    setCheck({
      at: 'unwrapped',
      dataKey,
      matches: opened.ok ? opened.data.Plaintext === toBase64(dataKey) : opened.error,
    })
  }

  return (
    <>
      {exported.KeyId === keyId ? null : <Notice tone="info">{t('otherKey', { keyId: exported.KeyId })}</Notice>}
      <ByteOutput label={t('exportKey.exported')} bytes={fromBase64(ExportedDataKey)} fileName="data-key.wrapped.bin" />
      {isNew ? (
        <ByteOutput
          label={t('dataKey.ciphertext')}
          bytes={fromBase64(CiphertextBlob)}
          fileName="data-key.encrypted.bin"
        />
      ) : null}
      {pair ? (
        <div className={styles.row}>
          <Button busy={check.at === 'busy'} onClick={() => void compare(pair)}>
            {t('exportKey.unwrap')}
          </Button>
        </div>
      ) : (
        <p className={styles.hint}>{t('exportKey.elsewhere')}</p>
      )}
      {check.at === 'notUnwrapped' ? (
        <Notice tone="bad" live>
          {t('exportKey.notUnwrapped')}
        </Notice>
      ) : null}
      {check.at === 'unwrapped' ? (
        <>
          {typeof check.matches === 'boolean' ? (
            <Notice tone={check.matches ? 'ok' : 'bad'} live>
              {t(check.matches ? 'exportKey.matches' : 'exportKey.differs', { count: check.dataKey.length })}
            </Notice>
          ) : (
            <ErrorNotice error={check.matches} title={t('exportKey.notCompared')} />
          )}
          <SecretOutput label={t('exportKey.unwrapped')} bytes={check.dataKey} fileName="data-key.bin" />
        </>
      ) : null}
    </>
  )
}
