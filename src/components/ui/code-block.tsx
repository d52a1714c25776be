import type { ReactNode } from 'react'
import { CopyButton } from './copy-button.tsx'
import styles from './code-block.module.css'

/** A document or a value to read and copy. Long lines wrap; `label` names it (*Copy policy document*). */
export function CodeBlock(props: { text: string; label: string }): ReactNode {
  const { text, label } = props
  return (
    <div className={styles.block}>
      <pre className={styles.text} tabIndex={0} aria-label={label} role="region">
        <code>{text}</code>
      </pre>
      <span className={styles.copy}>
        <CopyButton text={text} thing={label} />
      </span>
    </div>
  )
}
