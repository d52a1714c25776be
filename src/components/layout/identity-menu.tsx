import ChevronDown from 'lucide-react/icons/chevron-down'
import CircleUserRound from 'lucide-react/icons/circle-user-round'
import { lazy, Suspense, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { Standing } from '#src/api/actor.ts'
import { useApi } from '#src/api/api.tsx'
import { Button } from '#src/components/ui/button.tsx'
import { cx } from '#src/components/ui/cx.ts'
import { withMessages } from '#src/i18n/spoken.ts'
import { useText } from '#src/i18n/use-text.ts'
import styles from './top-bar.module.css'
import { useMinutesLeft } from './use-minutes-left.ts'

const loadPopup = () => withMessages(['identity', 'scenario', 'signin'], import('./identity-popup.tsx'))
const IdentityPopup = lazy(loadPopup)
const AssumeRoleDialog = lazy(() => withMessages(['identity'], import('./assume-role-dialog.tsx')))
const SessionEnded = lazy(() => withMessages(['identity'], import('./session-ended.tsx')))
const SignedOut = lazy(() => withMessages(['signin'], import('./signed-out.tsx')))
const NotResumed = lazy(() => withMessages(['identity'], import('./not-resumed.tsx')))

type Ended = Extract<Standing, { at: 'ended' }>

/** `1203456789012345` as the bar shows it; the menu holds all of it. */
const shortened = (accountId: string): string => `${accountId.slice(0, 4)}…${accountId.slice(-4)}`

/** Who the tab acts as, and as whom it could. */
export function IdentityMenu(): ReactNode {
  const { identity, standing, notResumed, backend } = useApi()
  const words = useBarWords()
  const t = useText('shell.identity')
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  /** Its ARN; empty: it is yet to be named. */
  const [roleAsked, setRoleAsked] = useState<string | null>(null)
  /** The end that is told, until it has left the screen, and the last one that was. */
  const [ended, setEnded] = useState<Ended | null>(null)
  const [told, setTold] = useState<Ended | null>(null)
  /** Whether it is a role's. It stays so while the dialog leaves the screen, when one acts as oneself again. */
  const [ofRole, setOfRole] = useState(false)
  if (standing.at === 'ended' && standing !== ended && standing !== told) {
    setEnded(standing)
    setOfRole(identity.role !== null)
  }
  const Ending = backend.signIn && !ofRole ? SignedOut : SessionEnded

  function endTold(): void {
    setTold(ended)
    setEnded(null)
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown') return
    event.preventDefault()
    setOpen(true)
  }

  return (
    <>
      <Button
        ref={button}
        variant="bar"
        aria-label={`${t('label')}: ${words.name}, ${words.detail}`}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void loadPopup()}
        onFocus={() => void loadPopup()}
        onClick={() => setOpen(!open)}
        onKeyDown={keyDown}
      >
        <span className={cx(styles.narrowOnly, identity.role !== null && styles.asRole)}>
          <CircleUserRound size={18} aria-hidden />
        </span>
        <span className={`${styles.identity} ${styles.wideOnly}`}>
          {words.name}
          <span className={styles.faint}>{words.detail}</span>
          <ChevronDown size={14} aria-hidden />
        </span>
      </Button>
      <Suspense>
        {open && button.current ? (
          <IdentityPopup
            anchor={button.current}
            onClose={() => setOpen(false)}
            onAskRole={setRoleAsked}
            onSignIn={() => setTold(null)}
          />
        ) : null}
        {roleAsked === null ? null : <AssumeRoleDialog roleArn={roleAsked} onClose={() => setRoleAsked(null)} />}
        {ended ? <Ending ended={ended} onClose={endTold} /> : null}
        {notResumed ? <NotResumed refused={notResumed} /> : null}
      </Suspense>
    </>
  )
}

/** Of a role with its session and the time that is left. */
function useBarWords(): { readonly name: string; readonly detail: string } {
  const { identity, standing, backend } = useApi()
  const t = useText('shell.identity')
  const minutes = useMinutesLeft(standing.at === 'ready' ? standing.expiresAt : null)
  const { kind, name, accountId, role } = identity
  if (role === null)
    return {
      name,
      detail: standing.at === 'ended' ? t(backend.signIn ? 'ended' : 'gone') : `${t(kind)} · ${shortened(accountId)}`,
    }
  const hours = Math.floor(minutes / 60)
  const left =
    standing.at === 'ready'
      ? t(hours > 0 ? 'leftHours' : 'left', { hours, minutes: hours > 0 ? minutes % 60 : minutes })
      : t(standing.at)
  return { name: `role/${name}`, detail: t('roleBar', { session: role.sessionName, left }) }
}
