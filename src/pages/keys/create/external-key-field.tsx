import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import CircleCheck from 'lucide-react/icons/circle-check'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useRef, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { externalKeyIdProblem } from '#src/api/contract/rules.ts'
import { q } from '#src/api/queries.ts'
import { Field } from '#src/components/ui/field.tsx'
import { TextInput } from '#src/components/ui/inputs.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './create.module.css'
import { useCreateField, useCreateScope, useTargetInstance } from './create-scope.ts'
import { findingOf, reportOf, type CheckFinding } from './external-key-check.ts'
import { useFieldError } from './field-error.tsx'
import { useSettled } from './use-settled.ts'

/** Typing rests this long before the proxy is asked, ms. */
const pause = 400
/** Keys on the same external key that are named; the rest is counted. */
const named = 3

export function ExternalKeyField(): ReactNode {
  const inputRef = useRef<HTMLInputElement>(null)
  const t = useText('create.externalKey')
  const { region } = useCreateScope()
  const errorOf = useFieldError()
  const { field, problems, refusal, isSubmitted } = useCreateField('externalKeyId')
  // The panel opens here: leaving the field empty for another one is no mistake yet.
  const problem = field.value === '' && !isSubmitted ? null : problems?.externalKeyId
  return (
    <div ref={() => field.ref({ focus: () => inputRef.current?.focus() })}>
      <Field
        label={t('label')}
        required
        error={errorOf(problem, refusal)}
        hint={
          <>
            {t('hint')}{' '}
            <Link to="/key-manager" search={{ region }} className={styles.outside}>
              {t('manager')}
            </Link>
          </>
        }
      >
        <TextInput
          mono
          placeholder={t('placeholder')}
          {...field}
          ref={inputRef}
          onPaste={(event) => {
            // Copied identifiers often bring a space or a line break along.
            const text = event.clipboardData.getData('text')
            if (text === text.trim() || event.currentTarget.value !== '') return
            event.preventDefault()
            field.onChange(text.trim())
          }}
        />
        <Check externalKeyId={field.value} />
      </Field>
    </div>
  )
}

/** What the proxy says about the ID, after a pause in typing. It warns and never blocks. */
function Check({ externalKeyId }: { externalKeyId: string }): ReactNode {
  const api = useApi()
  const { region } = useCreateScope()
  const instance = useTargetInstance()
  const settled = useSettled(externalKeyId, pause)
  const askable = externalKeyIdProblem(settled) === null
  const check = useQuery({
    ...q(api, region, 'DescribeExternalKeys', { KmsInstanceId: instance.InstanceId, ExternalKeyId: [settled] }),
    enabled: askable,
    retry: false,
  })
  const typing = settled !== externalKeyId && externalKeyIdProblem(externalKeyId) === null
  const finding: CheckFinding | null = typing
    ? { found: 'checking' }
    : askable && settled === externalKeyId
      ? findingOf(check.data, check.error)
      : null
  return (
    <div role="status">
      {finding ? <Finding finding={finding} /> : null}
      {finding && finding.found !== 'checking' ? <UsedBy keys={reportOf(check.data)?.KmsKeys ?? []} /> : null}
    </div>
  )
}

const looks = {
  checking: { icon: LoaderCircle, style: styles.checking },
  enabled: { icon: CircleCheck, style: styles.good },
  disabled: { icon: TriangleAlert, style: styles.doubt },
  unknownKey: { icon: TriangleAlert, style: styles.doubt },
  notUsable: { icon: TriangleAlert, style: styles.doubt },
  outOfReach: { icon: TriangleAlert, style: styles.doubt },
  cannotAsk: { icon: TriangleAlert, style: styles.doubt },
} as const satisfies Record<CheckFinding['found'], unknown>

function Finding({ finding }: { finding: CheckFinding }): ReactNode {
  const words = useFindingText()
  const { icon: Icon, style } = looks[finding.found]
  return (
    <p className={style}>
      <Icon size={14} aria-hidden />
      <span>{words(finding)}</span>
    </p>
  )
}

function useFindingText(): (finding: CheckFinding) => string {
  const { backend } = useApi()
  const t = useText('create.externalKey.check')
  return (finding) => {
    switch (finding.found) {
      case 'checking':
      case 'disabled':
      case 'unknownKey':
        return t(finding.found)
      case 'enabled': {
        const { latencyMs, spec } = finding
        const latency = latencyMs === null ? '' : t(backend.lab ? 'latencySimulated' : 'latency', { ms: latencyMs })
        return t('enabled', { spec: spec ?? 'AES_256', latency })
      }
      case 'notUsable':
        return t('notUsable', { spec: finding.spec ?? t('unknownSpec') })
      case 'outOfReach':
        return t('outOfReach', { cause: t(`proxy.${finding.proxy ?? 'NoAnswer'}`) })
      case 'cannotAsk':
        return t(`cannotAsk.${finding.reason}`)
    }
  }
}

function UsedBy({ keys }: { keys: readonly { KeyId: string; AliasNames: readonly string[] }[] }): ReactNode {
  const t = useText('create.externalKey')
  const { region } = useCreateScope()
  if (keys.length === 0) return null
  return (
    <p className={styles.usedBy}>
      {t('usedBy', { count: keys.length })}{' '}
      {keys.slice(0, named).map(({ KeyId, AliasNames }) => (
        <Link key={KeyId} to="/keys/$keyId" params={{ keyId: KeyId }} search={{ region }} className={styles.mono}>
          {AliasNames[0] ?? KeyId}
        </Link>
      ))}
      {keys.length > named ? <span>{t('more', { count: keys.length - named })}</span> : null}
    </p>
  )
}
