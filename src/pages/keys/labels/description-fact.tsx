import Pencil from 'lucide-react/icons/pencil'
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { readDraft } from '#src/components/form/drafts.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Fact } from '#src/components/ui/facts.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { descriptionDraft } from './draft-keys.ts'
import styles from './labels.module.css'

const loadEditor = () => import('./description-editor.tsx')
const DescriptionEditor = lazy(async () => ({ default: (await loadEditor()).DescriptionEditor }))

/** A key's description, edited in its place. */
export function DescriptionFact(props: { keyMetadata: KeyMetadata; region: string; facts: KeyFacts }): ReactNode {
  const { keyMetadata: key, region, facts } = props
  const { identity } = useApi()
  const t = useText('labels.description')
  const blockerText = useBlockerText()
  const [editing, setEditing] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  const blocker = blockerOf('UpdateKeyDescription', facts)
  const hasDraft = readDraft(descriptionDraft(identity.id, key.KeyId)) !== undefined

  function close(): void {
    setEditing(false)
    requestAnimationFrame(() => place.current?.querySelector('button')?.focus())
  }

  return (
    <Fact term={t('label')} wide>
      {editing ? (
        <Suspense>
          <DescriptionEditor keyMetadata={key} region={region} onClose={close} />
        </Suspense>
      ) : (
        <span className={styles.description} ref={place}>
          {key.Description ? (
            <span dir="auto" className={styles.descriptionText}>
              {key.Description}
            </span>
          ) : (
            t('none')
          )}
          <Button
            variant="quiet"
            iconOnly
            aria-label={t('edit')}
            icon={<Pencil size={14} aria-hidden />}
            disabledReason={blocker ? blockerText(blocker) : undefined}
            onPointerEnter={() => void loadEditor()}
            onFocus={() => void loadEditor()}
            onClick={() => setEditing(true)}
          />
          {hasDraft ? <span className={styles.draft}>{t('draft')}</span> : null}
        </span>
      )}
    </Fact>
  )
}
