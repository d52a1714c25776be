import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import type { CardName } from '#src/pages/keys/life/cards.ts'
import { showCard } from './card-anchor.tsx'
import styles from './details.module.css'

/** The cards of a long page by name, at hand wherever one has scrolled to, and the page on who may do what with the key. */
export function PageContents(props: { keyId: string; region: string; cards: readonly CardName[] }): ReactNode {
  const { keyId, region, cards } = props
  const t = useText('details.contents')
  return (
    <nav className={styles.contents} aria-label={t('label')}>
      {cards.map((card) => (
        <Link
          key={card}
          to="/keys/$keyId"
          params={{ keyId }}
          search={(now) => ({ ...now, region })}
          hash={card}
          replace
          resetScroll={false}
          activeOptions={{ includeHash: true, includeSearch: false }}
          className={styles.contentsLink}
          // The address does not change for a card that is named in it already.
          onClick={() => showCard(card)}
        >
          {t(card)}
        </Link>
      ))}
      <Link to="/keys/$keyId/access" params={{ keyId }} search={{ region }} className={styles.contentsLink}>
        {t('access')}
      </Link>
    </nav>
  )
}
