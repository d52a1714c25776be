import { Link } from '@tanstack/react-router'
import ChevronLeft from 'lucide-react/icons/chevron-left'
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react'
import { useText } from '#src/i18n/use-text.ts'
import styles from './page-header.module.css'
import { headingAppeared, headingGoes } from './route-focus.ts'
import { useRegion } from './use-region.ts'

/** The page above; `keyId`, `instanceId`: a key's or an instance's own. */
type Parent =
  | { readonly to: '/keys' | '/instances' | '/key-manager' | '/activity'; readonly label: string }
  | { readonly keyId: string; readonly label: string }
  | { readonly instanceId: string; readonly label: string }

function placeOf(parent: Parent) {
  if ('keyId' in parent) return { to: '/keys/$keyId' as const, params: { keyId: parent.keyId } }
  if ('instanceId' in parent)
    return { to: '/instances/$instanceId' as const, params: { instanceId: parent.instanceId } }
  return { to: parent.to }
}

/**
 * The head of a page: its h1, which takes the focus after navigation, the document's title, the way back, what classifies the page
 * (`children`) and what can be done with it (`aside`).
 */
export function PageHeader(props: {
  title: string
  parent?: Parent
  aside?: ReactNode
  children?: ReactNode
}): ReactNode {
  const { title, parent, aside, children } = props
  const t = useText('shell')
  const region = useRegion()
  const heading = useRef<HTMLHeadingElement>(null)

  useLayoutEffect(() => {
    const element = heading.current
    headingAppeared(element)
    return () => headingGoes(element)
  }, [])

  useEffect(() => {
    document.title = t('documentTitle', { page: title })
  }, [t, title])

  return (
    <header className={styles.header}>
      {parent === undefined ? null : (
        <Link {...placeOf(parent)} search={{ region }} className={styles.parent}>
          <ChevronLeft size={14} aria-hidden />
          {parent.label}
        </Link>
      )}
      <div className={styles.line}>
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {children}
        {aside === undefined ? null : <div className={styles.aside}>{aside}</div>}
      </div>
    </header>
  )
}
