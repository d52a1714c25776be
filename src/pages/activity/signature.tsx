import type { ReactNode } from 'react'
import type { RequestTrace } from '#src/api/contract/requests.ts'
import { Card } from '#src/components/ui/card.tsx'
import { CodeBlock } from '#src/components/ui/code-block.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './activity.module.css'

/** How KMS verified who asks, in the order in which it did. */
export function Signature({ trace }: { trace: RequestTrace }): ReactNode {
  const t = useText('requests.signature')
  const { Signature: signature, AccessKeyId: accessKeyId } = trace
  if (!signature)
    return (
      <Card title={t('title')}>
        <p>{t('none')}</p>
      </Card>
    )
  const { BodyMatches, Matches, CanonicalRequest, StringToSign, Version } = signature
  const isV1 = Version === '1.0'
  const isRedacted = CanonicalRequest.includes('REDACTED')
  return (
    <Card title={t('title')}>
      <ol className={styles.steps}>
        {isV1 ? null : (
          <li>
            <p>{t('step1')}</p>
            <Compared equal={BodyMatches} label={t(BodyMatches ? 'bodyMatches' : 'bodyDiffers')} />
          </li>
        )}
        <li>
          <p>{t(isV1 ? 'v1.step1' : 'step2')}</p>
          {isRedacted ? <p className={styles.quiet}>{t(isV1 ? 'v1.redactedNote' : 'redactedNote')}</p> : null}
          <CodeBlock text={CanonicalRequest} label={t(isV1 ? 'v1.canonical' : 'canonical')} />
        </li>
        <li>
          <p>{t(isV1 ? 'v1.step2' : 'step3')}</p>
          <CodeBlock text={StringToSign} label={t('toSign')} />
        </li>
        <li>
          <p>{t(isV1 ? 'v1.step3' : 'step4', { accessKeyId })}</p>
          {BodyMatches ? (
            <Compared equal={Matches} label={t(Matches ? (isV1 ? 'v1.matches' : 'matches') : 'differs')} />
          ) : (
            <p>{t('notCompared')}</p>
          )}
        </li>
      </ol>
    </Card>
  )
}

const Compared = ({ equal, label }: { equal: boolean; label: string }): ReactNode => (
  <StatusMark shape={equal ? 'dot' : 'triangle'} tone={equal ? 'ok' : 'bad'} label={label} />
)
