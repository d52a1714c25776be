import Plus from 'lucide-react/icons/plus'
import Share2 from 'lucide-react/icons/share-2'
import {
  lazy,
  Suspense,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactNode,
  type RefObject,
} from 'react'
import type { KmsInstance } from '#src/api/contract/instances.ts'
import { sharedResourceType } from '#src/api/contract/sharing.ts'
import { useWrite } from '#src/api/queries.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { useCommands, type Command } from '#src/components/shortcuts/commands.ts'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { StatusMark } from '#src/components/ui/status-mark.tsx'
import { RowActions, Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from '#src/pages/instances/instances.module.css'
import { OwnershipPart } from './ownership-part.tsx'
import type { InstanceShare, ShareTarget } from './share-groups.ts'
import { useShares } from './use-shares.ts'

const SharePanel = lazy(() => import('./share-panel.tsx').then((module) => ({ default: module.SharePanel })))

/** With whom the owner shares the instance, and what that means for the keys that are made on it. */
export function SharingCard(props: { instance: KmsInstance; region: string }): ReactNode {
  const { instance, region } = props
  const t = useText('instances.sharing')
  const { known, error, refetch } = useShares(region, instance.InstanceId)
  const [panel, setPanel] = useState<'share' | InstanceShare | null>(null)
  const shareButton = useRef<HTMLButtonElement>(null)
  const blocked = instance.Status === 'Connected' ? undefined : t('notEnabled')
  const group = instance.InstanceName || instance.InstanceId
  useCommands(
    useMemo(
      (): readonly Command[] => [
        {
          id: 'shareInstance',
          label: t('share'),
          group,
          icon: <Share2 size={16} aria-hidden />,
          disabledReason: blocked,
          run: () => setPanel('share'),
        },
      ],
      [t, group, blocked],
    ),
  )
  return (
    <Card
      title={t('title')}
      aside={
        <Button
          ref={shareButton}
          variant="primary"
          icon={<Plus size={16} aria-hidden />}
          disabledReason={blocked}
          onClick={() => setPanel('share')}
        >
          {t('share')}
        </Button>
      }
    >
      <OwnershipPart instance={instance} region={region} blocked={blocked} />
      {error ? (
        <ErrorNotice error={error} title={t('failedToList')} onRetry={refetch} />
      ) : known === null ? (
        <Skeleton width="full" />
      ) : known.own.length === 0 ? (
        <p className={styles.hint}>{t('none')}</p>
      ) : (
        known.own.map((share) => (
          <Share
            key={share.id}
            share={share}
            instance={instance}
            region={region}
            blocked={blocked}
            next={shareButton}
            onAdd={() => setPanel(share)}
          />
        ))
      )}
      {panel === null ? null : (
        <Suspense>
          <SharePanel
            instance={instance}
            region={region}
            share={panel === 'share' ? null : panel}
            others={known?.others ?? []}
            onClose={() => setPanel(null)}
          />
        </Suspense>
      )}
    </Card>
  )
}

interface ShareProps {
  readonly share: InstanceShare
  readonly instance: KmsInstance
  readonly region: string
  /** Where the focus goes when what it stood on has gone. */
  readonly next: RefObject<HTMLButtonElement | null>
}

/** One resource share with this instance in it. */
function Share(props: ShareProps & { blocked: string | undefined; onAdd: () => void }): ReactNode {
  const { share, instance, region, blocked, next, onAdd } = props
  const t = useText('instances.sharing')
  const columns = [
    { id: 'account', label: t('columns.account') },
    { id: 'status', label: t('columns.status') },
    { id: 'actions', label: t('columns.actions'), end: true },
  ]
  return (
    <section className={styles.share} aria-label={t('shareLabel', { name: share.name })}>
      <div className={styles.shareHead}>
        <h3 className={styles.shareName}>{share.name}</h3>
        <Identifier text={share.id} thing={t('shareId')} />
        <div className={styles.shareActions}>
          <Button variant="link" disabledReason={blocked} onClick={onAdd}>
            {t('add')}
          </Button>
          <EndShare share={share} instance={instance} region={region} next={next} />
        </div>
      </div>
      {share.others.length === 0 ? null : (
        <Notice tone="warn">
          {t('others', { count: share.others.length, ids: share.others.join(t('separator')) })}
        </Notice>
      )}
      {share.targets.length === 0 ? (
        <p className={styles.hint}>{t('noTargets')}</p>
      ) : (
        <Table label={t('accountsOf', { name: share.name })} compact>
          <TableHead columns={columns} />
          <tbody>
            {share.targets.map((target) => (
              <TableRow key={target.accountId}>
                <TableCell header>
                  <Identifier text={target.accountId} thing={t('columns.account')} />
                </TableCell>
                <TableCell>
                  <TargetStatus target={target} />
                </TableCell>
                <TableCell end>
                  <RowActions>
                    <RemoveTarget {...{ share, instance, region, next, target }} />
                  </RowActions>
                </TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}

function TargetStatus({ target }: { target: ShareTarget }): ReactNode {
  const t = useText('instances.sharing')
  return target.failed ? (
    <StatusMark shape="triangle" tone="bad" label={t('status.failed')} detail={t('status.failedDetail')} />
  ) : (
    <StatusMark shape="dot" tone="ok" label={t('status.associated')} />
  )
}

/** Gives the focus a place where the button that was pressed has gone with its row. */
const keepFocus = (next: RefObject<HTMLButtonElement | null>) => (): void => {
  if (document.activeElement === document.body) next.current?.focus()
}

/** The same where the button has the focus back from the dialog, and goes when the list is read anew. */
function useHandOver(next: RefObject<HTMLButtonElement | null>): RefObject<HTMLButtonElement | null> {
  const own = useRef<HTMLButtonElement>(null)
  const handOver = useEffectEvent(() => next.current?.focus())
  useLayoutEffect(() => {
    const button = own.current
    return () => {
      if (document.activeElement === button) handOver()
    }
  }, [])
  return own
}

function RemoveTarget(props: ShareProps & { target: ShareTarget }): ReactNode {
  const { share, region, next } = props
  const { accountId, failed } = props.target
  const t = useText('instances.sharing.remove')
  const confirm = useConfirm()
  const disassociate = useWrite('DisassociateResourceShare', region)
  const button = useHandOver(next)
  return (
    <Button
      ref={button}
      variant="link"
      aria-label={t('label', { account: accountId })}
      onClick={() =>
        confirm({
          title: t('title', { account: accountId }),
          body: (
            <div className={styles.words}>
              <p>{t(failed ? 'bodyFailed' : 'body')}</p>
              {share.others.length === 0 ? null : <p>{t('others', { count: share.others.length })}</p>}
              {failed ? null : <p>{t('keysFirst')}</p>}
            </div>
          ),
          confirmLabel: t('confirm'),
          danger: true,
          run: async () => {
            await disassociate.mutateAsync({ ResourceShareId: share.id, Targets: [accountId] })
            showToast({ tone: 'ok', title: t('done', { account: accountId }) })
          },
          onClosed: keepFocus(next),
        })
      }
    >
      {t('action')}
    </Button>
  )
}

/** Takes the instance out of a share that holds others too; else deletes the share. */
function EndShare({ share, instance, region, next }: ShareProps): ReactNode {
  const hasOthers = share.others.length > 0
  const t = useText(hasOthers ? 'instances.sharing.leave' : 'instances.sharing.delete')
  const confirm = useConfirm()
  const disassociate = useWrite('DisassociateResourceShare', region)
  const remove = useWrite('DeleteResourceShare', region)
  const { InstanceId: ResourceId } = instance
  const button = useHandOver(next)
  return (
    <Button
      ref={button}
      variant="link"
      onClick={() =>
        confirm({
          title: t('title', { name: share.name }),
          body: (
            <div className={styles.words}>
              <p>{t('body')}</p>
              <p>{t('keysFirst')}</p>
            </div>
          ),
          confirmLabel: t('confirm'),
          danger: true,
          run: async () => {
            if (hasOthers) {
              const Resources = [{ ResourceId, ResourceType: sharedResourceType }]
              await disassociate.mutateAsync({ ResourceShareId: share.id, Resources })
            } else await remove.mutateAsync({ ResourceShareId: share.id })
            showToast({ tone: 'ok', title: t('done', { name: share.name }) })
          },
          onClosed: keepFocus(next),
        })
      }
    >
      {t('action')}
    </Button>
  )
}
