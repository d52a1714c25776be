import { useLocation } from '@tanstack/react-router'
import { useEffect, type ReactNode } from 'react'
import type { CardName } from '#src/pages/keys/life/cards.ts'
import styles from './details.module.css'

/** A card of the key's page that an address can name. */
export function CardAnchor(props: { name: CardName; children: ReactNode }): ReactNode {
  return (
    <div id={props.name} tabIndex={-1} className={styles.anchor}>
      {props.children}
    </div>
  )
}

/** Brings a card into sight and the focus to it. */
export function showCard(name: string): void {
  const card = name === '' ? null : document.getElementById(name)
  card?.scrollIntoView()
  card?.focus({ preventScroll: true })
}

/** Shows the card that the address names, once the cards are drawn. */
export function useCardInAddress(): void {
  const hash = useLocation({ select: (location) => location.hash })
  useEffect(() => {
    // After the page's heading has taken the focus that navigation owes it.
    const timer = setTimeout(() => showCard(hash))
    return () => clearTimeout(timer)
  }, [hash])
}
