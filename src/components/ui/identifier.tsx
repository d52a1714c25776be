import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import styles from './identifier.module.css'
import { VisuallyHidden } from './visually-hidden.tsx'

/** Characters kept at the end where the middle is left out: enough to tell neighbours apart. */
const tail = 6
/** Shorter ones stay whole. */
const shortest = 24

/**
 * An identifier in monospace that gives way in its middle where space is short; the whole of it for assistive technology and on hover.
 * With `thing` it can be copied: *Copy key ID*.
 */
export function Identifier(props: {
  text: string
  thing?: string
  link?: (content: ReactNode) => ReactNode
}): ReactNode {
  const { text, thing, link = (content) => content } = props
  const isCut = text.length > shortest
  const content = (
    <span className={styles.text} title={text}>
      {isCut ? (
        <>
          <span className={styles.whole}>
            <VisuallyHidden>{text}</VisuallyHidden>
          </span>
          <span className={styles.start} aria-hidden>
            {text.slice(0, -tail)}
          </span>
          <span className={styles.end} aria-hidden>
            {text.slice(-tail)}
          </span>
        </>
      ) : (
        text
      )}
    </span>
  )
  return (
    <span className={styles.identifier}>
      {link(content)}
      {thing === undefined ? null : <CopyButton text={text} thing={thing} />}
    </span>
  )
}
