import KeyRound from 'lucide-react/icons/key-round'
import { useState, type ReactNode } from 'react'
import { makePair, rsaWrappings, type OwnPair, type RsaWrapping } from '#src/api/key-pair.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Select, TextArea } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useProblemText } from '#src/i18n/use-problem-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import { toPem, type PublicKeyProblem } from './public-key.ts'
import styles from './try-it.module.css'

/** The public key that wraps, and how. A pair can be made here to try; its algorithm is part of it, so another one makes another pair. */
export function PublicKeyFields(props: {
  value: string
  onChange: (pem: string) => void
  algorithm: RsaWrapping
  onAlgorithm: (algorithm: RsaWrapping) => void
  /** The pair that was made here, while its public key stands in the field. */
  pair: OwnPair | null
  onPair: (pair: OwnPair | null) => void
  problem: PublicKeyProblem | null
}): ReactNode {
  const { value, onChange, algorithm, onAlgorithm, pair, onPair, problem } = props
  const t = useText('tryit.publicKey')
  const problemText = usePublicKeyProblemText()
  const [making, setMaking] = useState(false)

  async function make(wanted: RsaWrapping): Promise<void> {
    setMaking(true)
    const made = await makePair(wanted)
    onPair(made)
    onChange(toPem(made.spki))
    setMaking(false)
  }

  return (
    <>
      <Field label={t('algorithm')}>
        <Select
          value={algorithm}
          onChange={(event) => {
            const wanted = event.target.value as RsaWrapping
            onAlgorithm(wanted)
            if (pair) void make(wanted)
          }}
          options={rsaWrappings.map((name) => ({ value: name, label: name }))}
        />
      </Field>
      <Field label={t('label')} required hint={t('hint')} error={problem ? problemText(problem) : undefined}>
        <TextArea
          mono
          dir="ltr"
          rows={6}
          placeholder={'-----BEGIN PUBLIC KEY-----\n…'}
          value={value}
          onChange={(event) => {
            onChange(event.target.value)
            onPair(null)
          }}
        />
      </Field>
      <div className={styles.stack}>
        <div>
          <Button icon={<KeyRound size={16} aria-hidden />} busy={making} onClick={() => void make(algorithm)}>
            {t('make')}
          </Button>
        </div>
        {pair ? (
          <Notice tone="ok" live>
            {t('made')}
          </Notice>
        ) : null}
      </div>
    </>
  )
}

function usePublicKeyProblemText(): (problem: PublicKeyProblem) => string {
  const t = useText('tryit.publicKey.problem')
  const problemText = useProblemText()
  return (problem) => {
    switch (problem.code) {
      case 'required':
        return problemText({ code: 'required' })
      case 'bits':
        return t('bits', { bits: problem.bits, needed: problem.needed })
      default:
        return t(problem.code)
    }
  }
}
