import type { ReactNode } from 'react'
import styles from './shortcuts.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** `Mod+k` as the keyboard says it. */
const capsOf = (key: string): readonly string[] =>
  key
    .split('+')
    .map((part) => (part === 'Mod' ? (isMac ? '⌘' : 'Ctrl') : part.length === 1 ? part.toUpperCase() : part))

/** Keys as they are pressed one after the other. */
export function KeyCaps({ keys }: { keys: readonly string[] }): ReactNode {
  return (
    <span className={styles.caps}>
      {keys.map((key, at) => (
        <span key={at} className={styles.caps}>
          {capsOf(key).map((cap) => (
            <kbd key={cap} className={styles.cap}>
              {cap}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}
