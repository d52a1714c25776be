import ChevronDown from 'lucide-react/icons/chevron-down'
import CircleUserRound from 'lucide-react/icons/circle-user-round'
import Copy from 'lucide-react/icons/copy'
import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { Identity } from '#src/api/contract/backend.ts'
import { announce } from '#src/components/ui/announcer.tsx'
import { copyText } from '#src/components/ui/copy.ts'
import { MenuButton } from '#src/components/ui/menu-button.tsx'
import type { MenuEntry, MenuSection } from '#src/components/ui/menu.ts'
import { showToast } from '#src/components/ui/toast.ts'
import { useText } from '#src/i18n/use-text.ts'
import type { Messages } from '#src/i18n/messages/en/index.ts'
import styles from './top-bar.module.css'

/** `1203456789012345` as the bar shows it; the menu holds all of it. */
const shortened = (accountId: string): string => `${accountId.slice(0, 4)}…${accountId.slice(-4)}`

/** Who the tab acts as, and as whom it could. */
export function IdentityMenu(): ReactNode {
  const { identity, identities, actAs } = useApi()
  const t = useText('shell.identity')
  const ui = useText('ui')
  const about = useText('scenario.identity')

  const copy = (id: string, label: string, text: string): MenuEntry => ({
    id,
    label,
    icon: <Copy size={16} aria-hidden />,
    onSelect: () =>
      void copyText(text).then((copied) =>
        copied ? announce(ui('copied')) : showToast({ tone: 'bad', title: ui('copyFailed') }),
      ),
  })

  function act(next: Identity): void {
    actAs(next.accessKeyId)
    announce(t('now', { name: next.name }))
  }

  const sections = (): readonly MenuSection[] => [
    {
      id: 'me',
      label: t('actingAs'),
      note: (
        <>
          <span>
            <strong>{identity.name}</strong> · {t(identity.kind)}
          </span>
          <code>{identity.arn}</code>
        </>
      ),
      entries: [copy('arn', t('copyArn'), identity.arn), copy('account', t('copyAccountId'), identity.accountId)],
    },
    ...[...new Set(identities.map(({ accountId }) => accountId))].map((accountId): MenuSection => {
      const members = identities.filter((other) => other.accountId === accountId)
      return {
        id: accountId,
        label: t('identitiesOf', { account: members[0]?.accountName ?? '', id: accountId }),
        entries: members.map((other) => ({
          id: other.accessKeyId,
          label: other.name,
          detail: about.has(other.about as About) ? about(other.about as About) : undefined,
          checked: other.accessKeyId === identity.accessKeyId,
          onSelect: () => act(other),
        })),
      }
    }),
  ]

  return (
    <MenuButton variant="bar" align="end" plain aria-label={`${t('label')}: ${identity.name}`} sections={sections}>
      <CircleUserRound size={18} aria-hidden className={styles.narrowOnly} />
      <span className={`${styles.identity} ${styles.wideOnly}`}>
        {identity.name}
        <span className={styles.faint}>
          {t(identity.kind)} · {shortened(identity.accountId)}
        </span>
        <ChevronDown size={14} aria-hidden />
      </span>
    </MenuButton>
  )
}

/** A scenario names its identities' purposes by key; one that has no words is shown without. */
type About = keyof Messages['scenario']['identity']
