import { useRef, useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { uriPathPrefixProblem } from '#src/api/contract/connection-rules.ts'
import { dialects, type DialectName } from '#src/api/contract/connections.ts'
import type { ManagerProxy, NewProxyCredential } from '#src/api/contract/key-manager.ts'
import { writeProxyConfiguration } from '#src/api/contract/proxy-configuration.ts'
import { createProxyCredential } from '#src/api/key-manager.ts'
import { download } from '#src/components/download.ts'
import { ErrorNotice } from '#src/components/error-notice.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { DialogFrame } from '#src/components/ui/dialog-frame.tsx'
import { Fact, Facts } from '#src/components/ui/facts.tsx'
import { Field } from '#src/components/ui/field.tsx'
import { Identifier } from '#src/components/ui/identifier.tsx'
import { Select, TextInput } from '#src/components/ui/inputs.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './key-manager.module.css'
import { useManagerRefresh } from './use-enabling.ts'

/** Makes a credential of the proxy, and shows its secret once: with the dialog it is gone. */
export function NewCredential(props: { endpoints: ManagerProxy['endpoints']; onClose: () => void }): ReactNode {
  const { endpoints, onClose } = props
  const api = useApi()
  const t = useText('manager.proxy.new')
  const ui = useText('ui')
  const refreshAll = useManagerRefresh()
  const [open, setOpen] = useState(true)
  const [path, setPath] = useState('')
  const [dialect, setDialect] = useState<DialectName>('xks-v1')
  const [made, setMade] = useState<NewProxyCredential | null>(null)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const input = useRef<HTMLInputElement>(null)
  const problem = uriPathPrefixProblem(path.trim(), dialect)

  async function make(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      setMade(await createProxyCredential(api, { uriPathPrefix: path.trim(), dialect }))
      await refreshAll()
    } catch (failed) {
      setError(failed)
    } finally {
      setBusy(false)
    }
  }

  return (
    <DialogFrame
      open={open}
      title={t('title')}
      description={t(made ? 'made' : 'body')}
      busy={busy}
      wide
      initialFocus={input}
      onRequestClose={() => setOpen(false)}
      onClosed={onClose}
      foot={
        made ? (
          <Button variant="primary" onClick={() => setOpen(false)}>
            {t('close')}
          </Button>
        ) : (
          <>
            <Button disabledReason={busy ? ui('submitting') : undefined} onClick={() => setOpen(false)}>
              {ui('cancel')}
            </Button>
            <Button
              variant="primary"
              busy={busy}
              disabledReason={problem ? t('pathWrong') : undefined}
              onClick={() => void make()}
            >
              {t('create')}
            </Button>
          </>
        )
      }
    >
      {made ? (
        <Made credential={made} endpoints={endpoints} />
      ) : (
        <>
          <Field label={t('path')} hint={t('pathHint')} error={problem ? t('pathWrong') : undefined}>
            <TextInput
              ref={input}
              mono
              placeholder="/example"
              value={path}
              onChange={(event) => setPath(event.target.value)}
            />
          </Field>
          <Field label={t('dialect')}>
            <Select
              value={dialect}
              options={dialects.map((value) => ({ value, label: value }))}
              onChange={(event) => setDialect(dialects.find((one) => one === event.target.value) ?? dialect)}
            />
          </Field>
        </>
      )}
      {error === null ? null : <ErrorNotice error={error} />}
    </DialogFrame>
  )
}

function Made(props: { credential: NewProxyCredential; endpoints: ManagerProxy['endpoints'] }): ReactNode {
  const { credential, endpoints } = props
  const t = useText('manager.proxy.new')
  const { accessKeyId: AccessKeyId, accessKeySecret: AccessKeySecret, uriPathPrefix: UriPathPrefix } = credential
  const save = (host: string): void => {
    const endpoint = endpoints.find((one) => one.host === host)
    if (!endpoint) return
    const text = writeProxyConfiguration({
      // Behind an endpoint service the account chooses by which.
      ...(endpoint.connectivity === 'Public' ? { Endpoint: host } : {}),
      UriPathPrefix,
      CertificateFingerprint: endpoint.certificateFingerprint,
      Dialect: credential.dialect,
      AccessKeyId,
      AccessKeySecret,
    })
    download(`proxy-configuration-${host}`, 'json', text)
  }
  return (
    <>
      <Notice tone="warn">{t('once')}</Notice>
      <Facts>
        <Fact term={t('accessKeyId')}>
          <Identifier text={AccessKeyId} thing={t('accessKeyId')} />
        </Fact>
        <Fact term={t('secret')} wide>
          <Identifier text={AccessKeySecret} thing={t('secret')} />
        </Fact>
      </Facts>
      <div className={styles.inline}>
        {endpoints.map(({ host }) => (
          <Button key={host} onClick={() => save(host)}>
            {t('save', { host })}
          </Button>
        ))}
      </div>
    </>
  )
}
