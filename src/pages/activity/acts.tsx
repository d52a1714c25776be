import { Link } from '@tanstack/react-router'
import Download from 'lucide-react/icons/download'
import RotateCw from 'lucide-react/icons/rotate-cw'
import { useState, type ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Input } from '#src/api/contract/actions.ts'
import type { RequestTrace } from '#src/api/contract/requests.ts'
import { download } from '#src/components/download.ts'
import { Button, buttonClass } from '#src/components/ui/button.tsx'
import { CopyButton } from '#src/components/ui/copy-button.tsx'
import { Notice } from '#src/components/ui/notice.tsx'
import { useText } from '#src/i18n/use-text.ts'
import styles from './activity.module.css'
import { curlOf } from './curl.ts'
import { harOf } from './har.ts'
import { replayOf } from './replay.ts'

/** What can be done with a request. */
export function Acts({ trace, region }: { trace: RequestTrace; region: string }): ReactNode {
  const t = useText('requests.act')
  const name = `${trace.Action}-${trace.RequestId}`
  const icon = <Download size={16} aria-hidden />
  return (
    <div className={styles.acts}>
      <CopyButton text={curlOf(trace)} thing={t('curl')} label={t('curl')} />
      <ReplayButton key={trace.RequestId} trace={trace} region={region} />
      <Button icon={icon} onClick={() => download(name, 'json', JSON.stringify(trace, null, 2))}>
        {t('json')}
      </Button>
      <Button icon={icon} onClick={() => download(name, 'har', JSON.stringify(harOf(trace), null, 2))}>
        {t('har')}
      </Button>
    </div>
  )
}

interface Replayed {
  readonly ok: boolean
  readonly requestId: string | null
}

function ReplayButton({ trace, region }: { trace: RequestTrace; region: string }): ReactNode {
  const t = useText('requests.act')
  const { client } = useApi()
  const [busy, setBusy] = useState(false)
  const [replayed, setReplayed] = useState<Replayed | null>(null)
  const replay = replayOf(trace)

  async function send(): Promise<void> {
    if (typeof replay === 'string') return
    setBusy(true)
    const result = await client.call(replay.action, replay.input as Input<typeof replay.action>, { region })
    setBusy(false)
    setReplayed({ ok: result.ok, requestId: result.ok ? result.requestId : result.error.requestId })
  }

  return (
    <>
      <Button
        icon={<RotateCw size={16} aria-hidden />}
        busy={busy}
        disabledReason={
          typeof replay === 'string' ? t(replay === 'write' ? 'replayWrite' : 'replayRedacted') : undefined
        }
        onClick={() => void send()}
      >
        {t('replay')}
      </Button>
      {replayed === null ? null : (
        <div className={styles.replayed}>
          <Notice tone={replayed.ok ? 'ok' : 'bad'} live>
            {t(replayed.ok ? 'replayed' : 'replayFailed')}{' '}
            {replayed.requestId === null ? null : (
              <Link
                to="/activity/$requestId"
                params={{ requestId: replayed.requestId }}
                search={{ region }}
                className={buttonClass('link')}
              >
                {t('see')}
              </Link>
            )}
          </Notice>
        </div>
      )}
    </>
  )
}
