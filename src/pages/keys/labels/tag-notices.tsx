/** What a person must know while editing tags: what others changed, and how far a save came that failed on its way. */
import type { ReactNode } from 'react'
import type { Tag } from '#src/api/contract/rules.ts'
import { ErrorFacts } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useErrorText } from '#src/i18n/use-error-text.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './labels.module.css'
import type { TagDifference, TagStep } from './tag-difference.ts'
import type { TagOutcome } from './use-tag-writer.ts'

export function IncomingTags(props: {
  incoming: TagDifference
  /** Tag keys that both sides changed. */
  contested: readonly string[]
  onTakeOver: () => void
}): ReactNode {
  const { incoming, contested, onTakeOver } = props
  const t = useText('labels.tags')
  const tagText = useTagText()
  return (
    <Notice
      tone="warn"
      live
      title={t('incoming.title')}
      actions={
        <Button variant="link" onClick={onTakeOver}>
          {t('incoming.takeOver')}
        </Button>
      }
    >
      <ul className={styles.changes}>
        {incoming.added.map((tag) => (
          <li key={tag.TagKey}>{t('incoming.added', { tag: tagText(tag) })}</li>
        ))}
        {incoming.changed.map((tag) => (
          <li key={tag.TagKey}>{t('incoming.changed', { tag: tagText(tag), before: tag.before })}</li>
        ))}
        {incoming.removed.map((tag) => (
          <li key={tag.TagKey}>{t('incoming.removed', { tag: tagText(tag) })}</li>
        ))}
      </ul>
      <p>
        {contested.length === 0
          ? t('incoming.stays')
          : t('incoming.contested', { keys: contested.join(t('separator')), count: contested.length })}
      </p>
    </Notice>
  )
}

export function TagOutcomeNotice(props: { outcome: TagOutcome; failed: NonNullable<TagOutcome['failed']> }): ReactNode {
  const { outcome, failed } = props
  const t = useText('labels.tags.outcome')
  const tagText = useTagText()
  const words = useErrorText()(failed.error)
  const separator = useText('labels.tags')('separator')
  const tagsOf = ({ tags }: TagStep): string => tags.map(tagText).join(separator)
  return (
    <Notice tone="bad" live title={t(outcome.done.length === 0 ? 'none' : 'partly')}>
      <ul className={styles.changes}>
        {outcome.done.map((step) => (
          <li key={step.action}>{t(`done.${step.action}`, { tags: tagsOf(step) })}</li>
        ))}
        <li>{t(`${failed.isUnknown ? 'unknown' : 'failed'}.${failed.step.action}`, { tags: tagsOf(failed.step) })}</li>
        {outcome.unsent.map((step) => (
          <li key={step.action}>{t(`unsent.${step.action}`, { tags: tagsOf(step) })}</li>
        ))}
      </ul>
      <p>{words}</p>
      <ErrorFacts error={failed.error} words={words} />
      <p>{t('again')}</p>
    </Notice>
  )
}

function useTagText(): (tag: Tag) => string {
  const t = useText('labels.tags')
  return ({ TagKey, TagValue }) => (TagValue === '' ? TagKey : t('tag', { key: TagKey, value: TagValue }))
}
