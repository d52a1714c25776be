import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useController } from 'react-hook-form'
import { isApiError } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { allAliases, q, useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { afterGesture } from '#src/components/form/after-gesture.ts'
import { SidePanelForm } from '#src/components/form/side-panel-form.tsx'
import { useDraftForm } from '#src/components/form/use-draft-form.ts'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { Blocker, KeyFacts } from '#src/pages/keys/offers.ts'
import { useNamedKey, type NamedKey } from '#src/pages/keys/use-named-key.ts'
import { useBlockerText, useFactsOf } from '#src/pages/keys/use-offers.ts'
import { gainingBlocker, losingBlocker } from './alias-offers.ts'
import { KeyNameField } from './key-name-field.tsx'
import { KeySummary } from './key-summary.tsx'
import styles from './labels.module.css'

interface RepointForm {
  /** The key that the alias is to point at, as typed. */
  target: string
}

/** Points an alias at another key. Both keys are shown, and permission is needed on both. */
export function RepointAliasPanel(props: {
  aliasName: string
  /** Where it pointed when the panel was opened. */
  fromKeyId: string
  /** Where it shall point, if that is known; else empty. */
  toKeyId: string
  region: string
  onClose: () => void
}): ReactNode {
  const { aliasName, fromKeyId, toKeyId, region, onClose } = props
  const api = useApi()
  const t = useText('labels.repoint')
  const queryClient = useQueryClient()
  const draft = useDraftForm<RepointForm>(`repoint/${api.identity.id}/${region}/${aliasName}`, {
    target: toKeyId,
  })
  const update = useWrite('UpdateAlias', region)
  const [error, setError] = useState<unknown>(null)
  const aliases = useQuery(allAliases(api, region))
  const { field, fieldState } = useController({
    control: draft.form.control,
    name: 'target',
    rules: { validate: () => target.at === 'found' && target.key.KeyId !== sourceId },
  })
  const target = useNamedKey(region, field.value)

  /** Where it points now; null: nowhere any more. Without sight of the aliases, what was known when the panel was opened. */
  const ownerIn = (entries: typeof aliases.data): string | null =>
    entries ? (entries.find(({ AliasName }) => AliasName === aliasName)?.KeyId ?? null) : fromKeyId
  const sourceId = ownerIn(aliases.data)
  const source = useSource(region, sourceId)
  const reason = useReason(source.facts, target, sourceId)

  /** Asked again before the write: what is shown may be old where nobody announces changes. */
  const readOwner = async (): Promise<string | null> =>
    ownerIn(
      await queryClient.fetchQuery({ ...allAliases(api, region), staleTime: 0 }).then(
        (entries) => entries,
        () => undefined,
      ),
    )

  async function submit(): Promise<void> {
    if (target.at !== 'found') return
    setError(null)
    // It moved: the panel shows that now, and a person decides again.
    if ((await readOwner()) !== sourceId) return
    const { KeyId } = target.key
    try {
      await update.mutateAsync({ AliasName: aliasName, KeyId })
    } catch (failure) {
      const isDone = isApiError(failure) && failure.kind !== 'refused' && (await readOwner()) === KeyId
      if (!isDone) return setError(failure)
    }
    showToast({ tone: 'ok', title: t('done', { aliasName, keyId: KeyId }) })
    draft.discard()
    onClose()
  }

  return (
    <SidePanelForm
      draft={draft}
      title={t('title')}
      subtitle={aliasName}
      submitLabel={t('submit')}
      submitDisabledReason={reason}
      submitError={error}
      onSubmit={submit}
      onClose={onClose}
    >
      <section className={styles.side} aria-labelledby="repoint-from">
        <h3 id="repoint-from">{t('from')}</h3>
        {sourceId === null ? (
          <Notice tone="warn" live>
            {t('gone')}
          </Notice>
        ) : sourceId === fromKeyId ? null : (
          <Notice tone="warn" live>
            {t('moved')}
          </Notice>
        )}
        {source.key ? (
          <KeySummary keyMetadata={source.key} region={region}>
            <Blocked blocker={source.facts && losingBlocker(source.facts)} />
          </KeySummary>
        ) : source.error ? (
          <ErrorNotice error={source.error} title={t('unseen', { keyId: sourceId ?? fromKeyId })} />
        ) : sourceId === null ? null : (
          <Skeleton width="long" />
        )}
      </section>
      <section className={styles.side} aria-label={t('to')}>
        <KeyNameField
          label={t('to')}
          region={region}
          value={field.value}
          named={target}
          onChange={field.onChange}
          onBlur={() => afterGesture(field.onBlur)}
          inputRef={field.ref}
          error={fieldState.error && target.at === 'nothing' ? t('required') : undefined}
        >
          {target.at === 'found' ? (
            target.key.KeyId === sourceId ? (
              <Notice tone="info">{t('same')}</Notice>
            ) : (
              <Blocked blocker={gainingBlocker(target.facts)} />
            )
          ) : null}
        </KeyNameField>
      </section>
      <Notice tone="info">{t('effect')}</Notice>
    </SidePanelForm>
  )
}

/** The key that has the alias now. */
function useSource(
  region: string,
  keyId: string | null,
): { readonly key: KeyMetadata | null; readonly facts: KeyFacts | null; readonly error: unknown } {
  const api = useApi()
  const described = useQuery({ ...q(api, region, 'DescribeKey', { KeyId: keyId ?? '' }), enabled: keyId !== null })
  const key = keyId === null ? null : (described.data?.KeyMetadata ?? null)
  return { key, facts: useFactsOf(key, region), error: described.error }
}

/** Why the alias cannot be re-pointed now. */
function useReason(source: KeyFacts | null, target: NamedKey, sourceId: string | null): string | undefined {
  const t = useText('labels.repoint')
  const blockerText = useBlockerText()
  if (sourceId === null) return t('gone')
  if (target.at === 'asking') return t('asking')
  if (target.at === 'refused') return t('unknown')
  if (target.at === 'found' && target.key.KeyId === sourceId) return t('same')
  const blocker = (source && losingBlocker(source)) ?? (target.at === 'found' ? gainingBlocker(target.facts) : null)
  return blocker ? blockerText(blocker) : undefined
}

function Blocked({ blocker }: { blocker: Blocker | null }): ReactNode {
  const blockerText = useBlockerText()
  return blocker ? <Notice tone="warn">{blockerText(blocker)}</Notice> : null
}
