import Download from 'lucide-react/icons/download'
import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { useEffect, useState, type ReactNode } from 'react'
import { Button } from '#src/components/ui/button.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { CopyButton } from '#src/components/ui/copy-button.tsx'
import { Select } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { encodings, shownAs, toBase64, type Encoding } from './bytes.ts'
import { saveFile } from './save-file.ts'
import styles from './try-it.module.css'

interface OutputProps {
  label: string
  bytes: Uint8Array<ArrayBuffer>
  fileName: string
}

/** Bytes that came back, to read in the way of one's choice, to copy and to save. `preferred` where the bytes can be read so. */
export function ByteOutput(props: OutputProps & { preferred?: Encoding; aside?: ReactNode }): ReactNode {
  const { label, bytes, fileName, preferred = 'base64', aside } = props
  const t = useText('tryit')
  const [chosen, setChosen] = useState<Encoding>(preferred)
  const readable = encodings.filter((encoding) => shownAs(bytes, encoding) !== null)
  const as = readable.includes(chosen) ? chosen : 'base64'
  return (
    <div className={styles.output}>
      <div className={styles.outputHead}>
        <strong>{label}</strong>
        <span className={styles.hint}>{t('size', { count: bytes.length })}</span>
        <span className={styles.outputTools}>
          {aside}
          <span className={styles.shownAs}>
            <Select
              aria-label={t('shownAs', { label })}
              value={as}
              onChange={(event) => setChosen(event.target.value as Encoding)}
              options={readable.map((value) => ({ value, label: t(`as.${value}`) }))}
            />
          </span>
          <SaveButton label={label} bytes={bytes} fileName={fileName} />
        </span>
      </div>
      {preferred === 'text' && !readable.includes('text') ? <p className={styles.hint}>{t('notText')}</p> : null}
      <CodeBlock text={shownAs(bytes, as) ?? ''} label={label} />
    </div>
  )
}

/** The same for what nobody should read over one's shoulder: it can be copied unseen, and is hidden again when the page is. */
export function SecretOutput(props: OutputProps): ReactNode {
  const { label, bytes, fileName } = props
  const t = useText('tryit.secret')
  const [revealed, setRevealed] = useState(false)

  useEffect(() => {
    const hide = (): void => {
      if (document.hidden) setRevealed(false)
    }
    document.addEventListener('visibilitychange', hide)
    return () => document.removeEventListener('visibilitychange', hide)
  }, [])

  if (revealed)
    return (
      <ByteOutput
        {...props}
        aside={
          <Button icon={<EyeOff size={16} aria-hidden />} onClick={() => setRevealed(false)}>
            {t('hide')}
          </Button>
        }
      />
    )
  return (
    <div className={styles.output}>
      <div className={styles.outputHead}>
        <strong>{label}</strong>
        <span className={styles.hint}>{t('size', { count: bytes.length })}</span>
        <span className={styles.outputTools}>
          <Button icon={<Eye size={16} aria-hidden />} onClick={() => setRevealed(true)}>
            {t('reveal')}
          </Button>
          <CopyButton text={toBase64(bytes)} thing={t('asBase64', { label })} />
          <SaveButton label={label} bytes={bytes} fileName={fileName} />
        </span>
      </div>
      <p className={styles.masked}>
        <span aria-hidden>••••••••••••••••••••••••</span>
        <span className={styles.hint}>{t('hidden')}</span>
      </p>
    </div>
  )
}

function SaveButton(props: { label: string; bytes: Uint8Array<ArrayBuffer>; fileName: string }): ReactNode {
  const { label, bytes, fileName } = props
  const t = useText('tryit')
  return (
    <Button
      icon={<Download size={16} aria-hidden />}
      aria-label={t('saveThis', { label })}
      onClick={() => saveFile(bytes, fileName)}
    >
      {t('save')}
    </Button>
  )
}
