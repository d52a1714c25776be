/** Where a key leads the mark of a chart with `count` places; undefined: the key is none of the chart's. ARIA Authoring Practices, Slider. */
export function cursorAfterKey(key: string, now: number | null, count: number): number | undefined {
  const last = count - 1
  const at = now ?? last
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(at - 1, 0)
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(at + 1, last)
    case 'PageDown':
      return Math.max(at - 10, 0)
    case 'PageUp':
      return Math.min(at + 10, last)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
