import { lazy, Suspense, useEffect, useRef, useState, type ComponentType, type ReactNode } from 'react'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { Card } from '#src/components/ui/card.tsx'
import { useKeyStateText } from '#src/components/ui/key-state-mark.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { Tabs } from '#src/components/ui/tabs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import type { ContextEntry } from './context.ts'
import { DecryptForm } from './decrypt-form.tsx'
import { EncryptForm } from './encrypt-form.tsx'
import { modes, type FormProps, type Mode } from './modes.ts'
import styles from './try-it.module.css'

const DataKeyForm = lazy(async () => ({ default: (await import('./data-key-form.tsx')).DataKeyForm }))
const ExportForm = lazy(async () => ({ default: (await import('./export-form.tsx')).ExportForm }))
const ReEncryptForm = lazy(async () => ({ default: (await import('./re-encrypt-form.tsx')).ReEncryptForm }))

const forms: Readonly<Record<Mode, ComponentType<FormProps>>> = {
  encrypt: EncryptForm,
  decrypt: DecryptForm,
  dataKey: DataKeyForm,
  exportKey: ExportForm,
  reEncrypt: ReEncryptForm,
}

/**
 * Cryptography with the key, to see it work. What is typed and what comes back lives in these components alone, never in a cache, storage
 * or the address, and is forgotten when the operation or the page is left.
 */
export function TryItCard(props: { keyMetadata: KeyMetadata; region: string; facts: KeyFacts }): ReactNode {
  const { facts } = props
  const t = useText('tryit')
  const blockerText = useBlockerText()
  const stateText = useKeyStateText()
  const blocker = blockerOf('Encrypt', facts)
  return (
    <Card title={t('title')}>
      {blocker?.by === 'kind' ? (
        <Notice tone="info">{blockerText(blocker)}</Notice>
      ) : blocker?.by === 'state' ? (
        <Notice tone="info">{t('blocked', { state: stateText(blocker.state) })}</Notice>
      ) : (
        <TryIt {...props} />
      )}
    </Card>
  )
}

/** The ciphertext that one operation hands to the next; each hand-over begins its form anew. */
interface Stage {
  readonly mode: Mode
  readonly handed: string
  readonly turn: number
}

function TryIt(props: { keyMetadata: KeyMetadata; region: string; facts: KeyFacts }): ReactNode {
  const t = useText('tryit')
  const [stage, setStage] = useState<Stage>({ mode: 'encrypt', handed: '', turn: 0 })
  const [rows, setRows] = useState<readonly ContextEntry[]>([])
  const { mode, handed, turn } = stage
  const Form = forms[mode]
  const box = useRef<HTMLDivElement>(null)
  // The button that handed it over is gone; the operation that goes on takes the focus.
  useEffect(() => {
    if (handed !== '') box.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus()
  }, [handed, turn])
  const go = (next: Mode, ciphertext: string): void => setStage({ mode: next, handed: ciphertext, turn: turn + 1 })
  return (
    <div ref={box}>
      <Tabs
        label={t('mode')}
        tabs={modes.map((value) => ({ value, label: t(`modes.${value}`) }))}
        value={mode}
        onChange={(next) => go(next, '')}
      >
        <Suspense
          fallback={
            <div className={styles.stack} aria-busy>
              <Skeleton width="long" />
              <Skeleton width="full" />
            </div>
          }
        >
          <Form
            key={`${mode}/${turn}`}
            {...props}
            rows={rows}
            onRows={setRows}
            handed={handed}
            onHandOver={(next, ciphertext, nextRows) => {
              if (nextRows) setRows(nextRows)
              go(next, ciphertext)
            }}
          />
        </Suspense>
      </Tabs>
    </div>
  )
}
