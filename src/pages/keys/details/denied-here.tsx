import type { ReactNode } from 'react'
import { useApi } from '#src/api/api.tsx'
import type { StateAction } from '#src/api/contract/states.ts'
import { ExplainLink } from '#src/components/denied.tsx'
import { Disclosure } from '#src/components/ui/disclosure.tsx'
import { useText } from '#src/i18n/use-text.ts'
import { blockerOf, type Blocker, type KeyFacts } from '#src/pages/keys/offers.ts'
import { useBlockerText } from '#src/pages/keys/use-offers.ts'
import styles from './details.module.css'

type Lacking = Extract<Blocker, { by: 'permission' }>

/** What the page offers and this identity may not do: a disabled button says so, and has no room for the way to why. */
export function DeniedHere({ keyId, facts }: { keyId: string; facts: KeyFacts }): ReactNode {
  const { identity } = useApi()
  const t = useText('details')
  const blockerText = useBlockerText()
  const lacking = (facts.denied ?? [])
    .map(({ Action }) => blockerOf(Action as StateAction, facts))
    .filter((blocker): blocker is Lacking => blocker?.by === 'permission')
  if (lacking.length === 0) return null
  return (
    <Disclosure summary={t('deniedHere', { who: identity.name, count: lacking.length })}>
      <ul className={styles.denied}>
        {lacking.map((blocker) => (
          <li key={blocker.permission}>
            {blockerText(blocker)}{' '}
            <ExplainLink principal={identity.arn} permission={blocker.permission} keyName={keyId} />
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}
