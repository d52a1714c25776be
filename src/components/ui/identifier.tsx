import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import styles from './identifier.module.css'

/** Characters kept at the end where the middle is left out: enough to tell neighbours apart. */
const tail = 6

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
  const cut = text.length > 16 ? text.length - tail : text.length
  const content = (
    <span className={styles.text} title={text}>
      <span className={styles.start}>{text.slice(0, cut)}</span>
      <span className={styles.end}>{text.slice(cut)}</span>
    </span>
  )
  return (
    <span className={styles.identifier}>
      {link(content)}
      {thing === undefined ? null : <CopyButton text={text} thing={thing} />}
    </span>
  )
}
