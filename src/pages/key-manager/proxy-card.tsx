import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { ManagerProxyCredential } from '#src/api/contract/key-manager.ts'
import { deleteProxyCredential, managerProxyQuery } from '#src/api/key-manager.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { Card } from '#src/components/ui/card.tsx'
import { useConfirm } from '#src/components/ui/confirm.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Skeleton } from '#src/components/ui/skeleton.tsx'
import { RowActions, Table, TableCell, TableHead, TableRow } from '#src/components/ui/table.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './key-manager.module.css'
import { useManagerRefresh } from './use-enabling.ts'

const NewCredential = lazy(() => import('./new-credential.tsx').then((module) => ({ default: module.NewCredential })))

/** The proxy before the key manager: where it answers, and with what requests to it may be signed. */
export function ProxyCard(): ReactNode {
  const api = useApi()
  const t = useText('manager.proxy')
  const connectivity = useText('keys.instance.connectivity')
  const asked = useQuery(managerProxyQuery(api))
  const [making, setMaking] = useState(false)
  return (
    <Card
      title={t('title')}
      external
      aside={
        <Button icon={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
          {t('create')}
        </Button>
      }
    >
      <div className={styles.stack}>
        <p className={styles.quiet}>{t('lead')}</p>
        {asked.isPending ? <Skeleton width="full" /> : null}
        {asked.isError ? <ErrorNotice error={asked.error} onRetry={() => void asked.refetch()} /> : null}
        {asked.data ? (
          <>
            <Table label={t('endpoints')} compact>
              <TableHead
                columns={[
                  { id: 'host', label: t('host') },
                  { id: 'connectivity', label: t('connectivity') },
                  { id: 'fingerprint', label: t('fingerprint') },
                ]}
              />
              <tbody>
                {asked.data.endpoints.map((endpoint) => (
                  <TableRow key={endpoint.host}>
                    <TableCell header noWrap>
                      <Identifier text={endpoint.host} thing={t('host')} />
                    </TableCell>
                    <TableCell noWrap>{connectivity(endpoint.connectivity)}</TableCell>
                    <TableCell>
                      <Identifier text={endpoint.certificateFingerprint} thing={t('fingerprint')} />
                    </TableCell>
                  </TableRow>
                ))}
              </tbody>
            </Table>
            <Credentials credentials={asked.data.credentials} />
          </>
        ) : null}
      </div>
      {making && asked.data ? (
        <Suspense>
          <NewCredential endpoints={asked.data.endpoints} onClose={() => setMaking(false)} />
        </Suspense>
      ) : null}
    </Card>
  )
}

function Credentials({ credentials }: { credentials: readonly ManagerProxyCredential[] }): ReactNode {
  const t = useText('manager.proxy')
  return (
    <Table label={t('credentials')} compact>
      <TableHead
        columns={[
          { id: 'id', label: t('accessKeyId') },
          { id: 'path', label: t('path') },
          { id: 'dialect', label: t('dialect') },
          { id: 'created', label: t('created') },
          { id: 'actions', label: t('actions'), end: true },
        ]}
      />
      <tbody>
        {credentials.map((credential) => (
          <TableRow key={credential.accessKeyId}>
            <TableCell header>
              <Identifier text={credential.accessKeyId} thing={t('accessKeyId')} />
            </TableCell>
            <TableCell noWrap>{credential.uriPathPrefix === '' ? t('noPath') : credential.uriPathPrefix}</TableCell>
            <TableCell noWrap>{credential.dialect}</TableCell>
            <TableCell noWrap>{credential.createdAt === null ? '–' : <Time value={credential.createdAt} />}</TableCell>
            <TableCell end>
              <RowActions>
                <Revoke accessKeyId={credential.accessKeyId} />
              </RowActions>
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}

function Revoke({ accessKeyId }: { accessKeyId: string }): ReactNode {
  const api = useApi()
  const t = useText('manager.proxy.revoke')
  const confirm = useConfirm()
  const refreshAll = useManagerRefresh()
  return (
    <Button
      variant="link"
      aria-label={t('label', { id: accessKeyId })}
      onClick={() =>
        confirm({
          title: t('title', { id: accessKeyId }),
          body: <p>{t('body')}</p>,
          confirmLabel: t('action'),
          danger: true,
          run: async () => {
            await deleteProxyCredential(api, accessKeyId)
            showToast({ tone: 'ok', title: t('done') })
            await refreshAll()
          },
        })
      }
    >
      {t('action')}
    </Button>
  )
}
