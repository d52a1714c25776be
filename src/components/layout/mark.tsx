import type { ReactNode } from 'react'

/** The console's own mark: a keyhole in a hexagon. */
export function Mark(): ReactNode {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" fill="none" aria-hidden>
      <path d="M12 2 20.5 7v10L12 22 3.5 17V7Z" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
      <circle cx="12" cy="10.2" r="2.4" stroke="currentColor" strokeWidth="1.6" />
      <path d="M12 12.6v3.6" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
    </svg>
  )
}
