import type { ReactNode } from 'react'
import { cx } from '#src/components/ui/cx.ts'
import styles from './chart.module.css'

/** Each is a colour and a form of its own: they are told apart without the colour. */
export type AreaLook = 'good' | 'cloud' | 'bad' | 'external' | 'idle'
export type LineLook = 'whole' | 'dashed' | 'dotted' | 'limit'

/** The hatchings that areas are filled with; once in each svg that has some. */
export function Hatchings({ id }: { id: string }): ReactNode {
  return (
    <defs>
      <pattern id={`${id}-cloud`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className={styles.cloudGround} />
        <rect width="3" height="6" className={styles.cloudStroke} />
      </pattern>
      <pattern id={`${id}-external`} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
        <rect width="5" height="5" className={styles.externalGround} />
        <rect width="2.5" height="5" className={styles.externalStroke} />
      </pattern>
    </defs>
  )
}

const isHatched = (look: AreaLook): boolean => look === 'cloud' || look === 'external'

export const areaFill = (look: AreaLook, id: string): { className?: string; fill?: string } =>
  isHatched(look) ? { fill: `url(#${id}-${look})` } : { className: styles[look]! }

export const lineClass = (look: LineLook): string => cx(styles.line, styles[look])

/** `id`: as for the hatchings of the same chart. */
export function AreaSign(props: { look: AreaLook; id: string; children: ReactNode }): ReactNode {
  const { look, id, children } = props
  return (
    <span className={styles.sign}>
      <svg width="12" height="12" aria-hidden>
        <Hatchings id={`${id}-${look}-sign`} />
        <rect width="12" height="12" {...areaFill(look, `${id}-${look}-sign`)} />
      </svg>
      {children}
    </span>
  )
}

export function LineSign({ look, children }: { look: LineLook; children: ReactNode }): ReactNode {
  return (
    <span className={styles.sign}>
      <svg width="24" height="12" aria-hidden>
        <line x1="0" y1="6" x2="24" y2="6" className={lineClass(look)} />
      </svg>
      {children}
    </span>
  )
}
