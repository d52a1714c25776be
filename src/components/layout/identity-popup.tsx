/** What the identity menu opens: everybody whom the tab can act as, found by typing. Loaded when it is first wanted. */
import Copy from 'lucide-react/icons/copy'
import LogIn from 'lucide-react/icons/log-in'
import LogOut from 'lucide-react/icons/log-out'
import RotateCcw from 'lucide-react/icons/rotate-ccw'
import UserRoundCog from 'lucide-react/icons/user-round-cog'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import { assumedRoleArn } from '#src/api/contract/arn.ts'
import type { Identity } from '#src/api/contract/backend.ts'
import { announce } from '#src/components/ui/announcer.tsx'
import { copyText } from '#src/components/ui/copy.ts'
import type { PickOption } from '#src/components/ui/options.ts'
import PickerPopup from '#src/components/ui/picker-popup.tsx'
import { Time } from '#src/components/ui/time.tsx'
import { showToast } from '#src/components/ui/toast.ts'
import type { Messages } from '#src/i18n/messages/en/index.ts'
import { useText } from '#src/i18n/use-text.ts'

/** A scenario names its identities' purposes by key; one that has no words is shown without. */
type About = keyof Messages['scenario']['identity']

interface Choice extends PickOption {
  readonly run: () => void
}

const size = 16

export default function IdentityPopup(props: {
  anchor: HTMLElement
  onClose: () => void
  /** Its ARN; empty: yet to be named. */
  onAskRole: (roleArn: string) => void
  onSignIn: () => void
}): ReactNode {
  const { anchor, onClose, onAskRole, onSignIn } = props
  const { identity } = useApi()
  const t = useText('identity')
  const shell = useText('shell.identity')
  const identities = useIdentityChoices()
  const choices = [
    ...useSessionChoices(onAskRole),
    ...useRoleChoices(onAskRole),
    ...identities,
    ...useCopyChoices(),
    ...useSignInChoices(onSignIn),
  ]
  return (
    <PickerPopup
      anchor={anchor}
      align="end"
      label={shell('label')}
      searchLabel={t('search')}
      head={<WhoActs />}
      value={identity.role?.roleArn ?? identity.id}
      options={choices}
      onPick={(value) => {
        onClose()
        choices.find((choice) => choice.value === value)?.run()
      }}
      onClose={onClose}
    />
  )
}

function WhoActs(): ReactNode {
  const { identity, standing } = useApi()
  const t = useText('identity')
  const shell = useText('shell.identity')
  const { kind, name, arn, role, own } = identity
  return (
    <>
      <span>
        {t('actingAs')} <strong>{role ? t('roleOf', { name }) : name}</strong> · {shell(kind)}
      </span>
      <code>{role ? assumedRoleArn(identity.accountId, name, role.sessionName) : arn}</code>
      {role ? <span>{t('assumedBy', { who: own.name })}</span> : null}
      {standing.at === 'ready' && standing.expiresAt !== null ? (
        <span>{t.rich('endsAt', { time: () => <Time value={standing.expiresAt ?? 0} /> })}</span>
      ) : null}
    </>
  )
}

/** The way out of a role, and back into one whose session has ended. */
function useSessionChoices(onAskRole: (roleArn: string) => void): readonly Choice[] {
  const { identity, standing, leaveRole } = useApi()
  const t = useText('identity')
  const { role, own, name } = identity
  if (!role) return []
  const group = t('group.session')
  return [
    ...(standing.at === 'ended'
      ? [
          {
            value: 'again',
            label: t('again', { role: name }),
            detail: t('againDetail'),
            group,
            icon: <RotateCcw size={size} aria-hidden />,
            run: () => onAskRole(role.roleArn),
          },
        ]
      : []),
    {
      value: 'return',
      label: t('return', { who: own.name }),
      detail: t('returnDetail', { role: name }),
      group,
      icon: <LogOut size={size} aria-hidden />,
      run: () => {
        leaveRole()
        announce(t('now', { name: own.name }))
      },
    },
  ]
}

function useRoleChoices(onAskRole: (roleArn: string) => void): readonly Choice[] {
  const { own } = useApi().identity
  const t = useText('identity')
  const group = t('group.roles', { who: own.name })
  const icon = <UserRoundCog size={size} aria-hidden />
  return [
    ...own.assumableRoles.map(({ arn, name, displayName, accountId, accountName }): Choice => ({
      value: arn,
      label: t('roleOf', { name }),
      detail:
        accountId === own.accountId
          ? displayName
          : t('roleDetail', { about: displayName, account: accountName, id: accountId }),
      group,
      icon,
      run: () => onAskRole(arn),
    })),
    {
      value: 'otherRole',
      label: t('otherRole'),
      detail: own.kind === 'account' ? t('accountNoRole') : t('otherRoleDetail'),
      disabled: own.kind === 'account',
      group,
      icon,
      run: () => onAskRole(''),
    },
  ]
}

/** Of a cloud that one signs in to: the way out, and back in where the sign-in has ended. */
function useSignInChoices(onSignIn: () => void): readonly Choice[] {
  const { backend, standing, identity } = useApi()
  const t = useText('signin')
  const { signIn } = backend
  if (!signIn) return []
  const group = t('group')
  return [
    ...(standing.at === 'ended' && identity.role === null
      ? [
          {
            value: 'signIn',
            label: t('signInAgain'),
            detail: t('signInAgainDetail'),
            group,
            icon: <LogIn size={size} aria-hidden />,
            run: onSignIn,
          },
        ]
      : []),
    {
      value: 'signOut',
      label: t('signOut'),
      detail: t('signOutDetail'),
      group,
      icon: <LogOut size={size} aria-hidden />,
      run: () => void signIn.signOut(),
    },
  ]
}

function useIdentityChoices(): readonly Choice[] {
  const { identities, actAs, backend } = useApi()
  const t = useText('identity')
  const about = useText('scenario.identity')

  function act(next: Identity): void {
    actAs(next.accessKeyId)
    announce(t('now', { name: next.name }))
  }

  // Whoever signed in is nobody else.
  if (backend.signIn) return []
  const accounts = [...new Set(identities.map(({ accountId }) => accountId))]
  return accounts.flatMap((accountId) =>
    identities
      .filter((other) => other.accountId === accountId)
      .map((other): Choice => ({
        value: other.accessKeyId,
        label: other.name,
        detail: about.has(other.about as About) ? about(other.about as About) : undefined,
        keywords: other.arn,
        group: t('group.identities', { account: other.accountName, id: accountId }),
        run: () => act(other),
      })),
  )
}

function useCopyChoices(): readonly Choice[] {
  const { identity } = useApi()
  const t = useText('identity')
  const ui = useText('ui')
  const copy = (value: string, label: string, text: string): Choice => ({
    value,
    label,
    detail: text,
    group: t('group.copy'),
    icon: <Copy size={size} aria-hidden />,
    run: () =>
      void copyText(text).then((copied) =>
        copied ? announce(ui('copied')) : showToast({ tone: 'bad', title: ui('copyFailed') }),
      ),
  })
  const { role, accountId, name, arn } = identity
  return [
    copy('copyArn', t('copyArn'), arn),
    ...(role ? [copy('copySession', t('copySession'), assumedRoleArn(accountId, name, role.sessionName))] : []),
    copy('copyAccountId', t('copyAccountId'), accountId),
  ]
}
