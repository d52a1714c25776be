import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactNode } from 'react'
import styles from './virtual-list.module.css'

/** A long list in a box of its own that scrolls: ten thousand items cost what a dozen do. Items may differ in height. */
export function VirtualList<T>(props: {
  label: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** Height of an item before it is measured, px. */
  estimate: number
  children: (item: T) => ReactNode
}): ReactNode {
  const { label, items, keyOf, estimate, children } = props
  const box = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => box.current,
    estimateSize: () => estimate,
    getItemKey: (at) => keyOf(items[at]!),
    overscan: 6,
  })
  return (
    // It can be scrolled by keyboard, so it can have the focus.
    <div ref={box} role="region" aria-label={label} tabIndex={0} className={styles.box}>
      <div role="list" aria-label={label} className={styles.items} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => (
          <div
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            role="listitem"
            aria-setsize={items.length}
            aria-posinset={index + 1}
            className={styles.item}
            style={{ transform: `translateY(${start}px)` }}
          >
            {children(items[index]!)}
          </div>
        ))}
      </div>
    </div>
  )
}
