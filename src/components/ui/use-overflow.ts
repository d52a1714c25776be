import { useLayoutEffect, useState, type RefObject } from 'react'

/** Whether what is in the box, its one child, needs more room than the box has: it scrolls then, and must be reached by keyboard. */
export function useOverflow(box: RefObject<HTMLElement | null>, axis: 'width' | 'height'): boolean {
  const [overflows, setOverflows] = useState(false)
  useLayoutEffect(() => {
    const element = box.current
    const content = element?.firstElementChild
    if (!element || !content) return
    const observer = new ResizeObserver(() =>
      setOverflows(
        axis === 'width' ? content.scrollWidth > element.clientWidth : content.scrollHeight > element.clientHeight,
      ),
    )
    observer.observe(element)
    observer.observe(content)
    return () => observer.disconnect()
  }, [box, axis])
  return overflows
}
