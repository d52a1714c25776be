import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useEffect, useRef, type ReactNode } from 'react'
import { isDenied } from '#src/api/api-error.ts'
import { useApi } from '#src/api/api.tsx'
import type { KeyMetadata } from '#src/api/contract/keys.ts'
import { aliasesOfKey, useWrite, type AliasEntry } from '#src/api/queries.ts'
import { DeniedNotice } from '#src/components/denied.tsx'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import { losingBlocker } from './alias-offers.ts'
import { accountOfAlias } from './alias-text.ts'
import { loadCreateAlias, loadRepointAlias, useLabelPanels } from './label-panels.tsx'
import styles from './labels.module.css'

/** A key's names: more can be given, each can be pointed at another key or taken away. */
export function AliasesCard(props: { keyMetadata: KeyMetadata; region: string; facts: KeyFacts }): ReactNode {
  const { keyMetadata: key, region, facts } = props
  const api = useApi()
  const t = useText('labels.aliases')
  const blockerText = useBlockerText()
  const aliases = useQuery(aliasesOfKey(api, region, key.KeyId))
  const openPanel = useLabelPanels()
  const createButton = useRef<HTMLButtonElement>(null)
  const blocker = blockerOf('CreateAlias', facts)

  /** What had the focus went with its alias: before its dialog closed or after, and the focus is looked for both times. */
  function focusCard(): void {
    requestAnimationFrame(() => {
      if (document.activeElement === null || document.activeElement === document.body) createButton.current?.focus()
    })
  }
  const count = aliases.data?.length ?? 0
  const countBefore = useRef(count)
  useEffect(() => {
    if (count < countBefore.current) focusCard()
    countBefore.current = count
  }, [count])

  return (
    <Card
      title={t('title')}
      aside={
        <Button
          ref={createButton}
          icon={<Plus size={16} aria-hidden />}
          disabledReason={blocker ? blockerText(blocker) : undefined}
          onPointerEnter={() => void loadCreateAlias()}
          onClick={() => openPanel({ is: 'createAlias', keyMetadata: key }, focusCard)}
        >
          {t('create')}
        </Button>
      }
    >
      {aliases.isPending ? (
        <Skeleton width="long" />
      ) : isDenied(aliases.error) ? (
        <DeniedNotice error={aliases.error} />
      ) : aliases.isError ? (
        <ErrorNotice error={aliases.error} onRetry={() => void aliases.refetch()} />
      ) : aliases.data.length === 0 ? (
        <p>{t('empty')}</p>
      ) : (
        <>
          <ul className={styles.aliases}>
            {aliases.data.map((alias) => (
              <AliasRow
                key={alias.AliasArn}
                alias={alias}
                region={region}
                facts={facts}
                isLast={aliases.data.length === 1}
                onRepoint={() =>
                  openPanel({ is: 'repoint', aliasName: alias.AliasName, fromKeyId: key.KeyId, toKeyId: '' }, focusCard)
                }
                onClosed={focusCard}
              />
            ))}
          </ul>
          <div className={styles.hint}>{t('hint')}</div>
        </>
      )}
    </Card>
  )
}

function AliasRow(props: {
  alias: AliasEntry
  region: string
  facts: KeyFacts
  /** The key has no other. */
  isLast: boolean
  onRepoint: () => void
  /** The dialog that deletes it has closed. */
  onClosed: () => void
}): ReactNode {
  const { alias, region, facts, isLast, onRepoint, onClosed } = props
  const { AliasName: aliasName } = alias
  const { identity } = useApi()
  const t = useText('labels.aliases')
  const blockerText = useBlockerText()
  const confirm = useConfirm()
  const remove = useWrite('DeleteAlias', region)
  const accountId = accountOfAlias(alias.AliasArn)
  const isForeign = accountId !== null && accountId !== identity.accountId

  function reasonOf(blocker: ReturnType<typeof blockerOf>): string | undefined {
    if (isForeign) return t('foreign', { accountId })
    return blocker ? blockerText(blocker) : undefined
  }

  function askToDelete(): void {
    confirm({
      title: t('delete.title', { aliasName }),
      body: (
        <div className={styles.words}>
          <p>{t('delete.body')}</p>
          <p>{t(isLast ? 'delete.last' : 'delete.keeps')}</p>
        </div>
      ),
      confirmLabel: t('delete.confirm'),
      danger: true,
      run: async () => {
        await remove.mutateAsync({ AliasName: aliasName })
        showToast({ tone: 'ok', title: t('delete.done', { aliasName }) })
      },
      onClosed,
    })
  }

  return (
    <li className={styles.alias}>
      <span className={styles.aliasName}>
        <Identifier text={aliasName} thing={aliasName} />
        {isForeign ? <span className={styles.hint}>{t('ofAccount', { accountId })}</span> : null}
      </span>
      <span className={styles.rowActions}>
        <Button
          variant="link"
          aria-label={t('repointThis', { aliasName })}
          disabledReason={reasonOf(losingBlocker(facts))}
          onPointerEnter={() => void loadRepointAlias()}
          onClick={onRepoint}
        >
          {t('repoint')}
        </Button>
        <Button
          variant="link"
          aria-label={t('deleteThis', { aliasName })}
          disabledReason={reasonOf(blockerOf('DeleteAlias', facts))}
          onClick={askToDelete}
        >
          {t('delete.action')}
        </Button>
      </span>
    </li>
  )
}
