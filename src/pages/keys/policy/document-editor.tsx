import { lazy, Suspense, useMemo, useRef, type ReactNode } from 'react'
import { accountArn, parsePrincipalArn } from '#src/api/contract/arn.ts'
import { limits } from '#src/api/contract/rules.ts'
import type { CodeEditorHandle, EditorMemory } from '#src/components/editor/code-editor.tsx'
import { useConditionKeyText } from '#src/components/policy/use-condition-text.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Meter } from '#src/components/ui/meter.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import { completionsAt, type KnownPrincipal, type Vocabulary } from './document/completions.ts'
import { bytesOf, type DocumentProblem } from './document/document-problems.ts'
import { compactJson, formatJson } from './document/json-format.ts'
import { readJson } from '#src/components/policy/json-tree.ts'
import styles from './editor.module.css'
import type { Principals } from '#src/components/policy/principal-lists.tsx'
import { ProblemList } from './problem-list.tsx'
import { useFaultText } from './use-fault-text.ts'

const CodeEditor = lazy(() => withMessages(['editor'], import('#src/components/editor/code-editor.tsx')))

export interface JudgedText {
  readonly text: string
  readonly problems: readonly DocumentProblem[]
}

/** The policy as a document: written with completion, judged as one writes. */
export function DocumentEditor(props: {
  text: string
  /** Where the caret stands when the document is first opened: at what was changed before. */
  startAt: number
  onChange: (text: string) => void
  /** Of this text or of the one a moment ago. */
  judged: JudgedText
  principals: Principals
  ownAccountId: string
  memory: EditorMemory
}): ReactNode {
  const { text, startAt, onChange, judged, principals, ownAccountId, memory } = props
  const t = useText('policyeditor.document')
  const faultText = useFaultText()
  const editor = useRef<CodeEditorHandle>(null)
  const vocabulary = useVocabulary(principals, ownAccountId)
  const bytes = bytesOf(text)
  const isJson = useMemo(() => readJson(text).fault === null, [text])
  const notJson = isJson ? {} : { disabledReason: t('notJson') }
  const marked = {
    text: judged.text,
    marks: judged.problems.map(({ from, to, severity, fault }) => ({ from, to, severity, message: faultText(fault) })),
  }

  return (
    <div className={styles.document}>
      <div className={styles.tools}>
        <Button {...notJson} onClick={() => onChange(formatJson(text))}>
          {t('format')}
        </Button>
        <Button {...notJson} onClick={() => onChange(compactJson(text))}>
          {t('compact')}
        </Button>
        <div className={styles.size}>
          <Meter label={t('size')} total={limits.policyBytes} used={bytes} />
        </div>
      </div>
      <Suspense fallback={<Skeleton width="full" />}>
        <CodeEditor
          ref={editor}
          label={t('label')}
          help={t('help')}
          value={text}
          startAt={startAt}
          onChange={onChange}
          marked={marked}
          complete={(written, offset) => {
            const found = completionsAt(written, offset, vocabulary)
            return found && { ...found.place, options: found.options }
          }}
          memory={memory}
        />
      </Suspense>
      <p className={styles.quiet}>{t('help')}</p>
      <ProblemList
        text={judged.text}
        problems={judged.problems}
        onGoTo={({ from, to }) => editor.current?.goTo(from, to)}
      />
    </div>
  )
}

/** Principals and role names to complete with: the own account, then its users and roles. */
function useVocabulary(principals: Principals, ownAccountId: string): Vocabulary {
  const t = useText('policy.principals')
  const words = useText('policy.words')
  const conditionKey = useConditionKeyText()
  const account: KnownPrincipal = {
    arn: accountArn(ownAccountId),
    kind: 'account',
    detail: words('ownAccount', { accountId: ownAccountId }),
  }
  const { options } = principals
  const others = useMemo(
    () =>
      options.map(({ value, detail = '' }): KnownPrincipal => {
        const kind = parsePrincipalArn(value)?.kind ?? 'user'
        return { arn: value, kind, detail }
      }),
    [options],
  )
  return {
    principals: [account, ...others],
    conditionKey,
    roleNames: { administrator: t('administrator.label'), user: t('user.label') },
  }
}
