import { useState } from 'react'

/**
 * Runs something once what stands now has been painted: what a gesture sets off must not hold up the answer to it. In a tab that is not shown
 * nothing is painted, so that it runs at once.
 */
export function afterPaint(run: () => void): void {
  if (document.visibilityState === 'hidden') run()
  else requestAnimationFrame(() => setTimeout(run))
}

/** A control whose choice lives elsewhere, e.g. in the URL, and takes a while to come back from there: it shows the choice at once. */
export function useAnswerFirst<T>(value: T, onChange: (next: T) => void): [shown: T, choose: (next: T) => void] {
  const [asked, setAsked] = useState<{ readonly next: T; readonly from: T } | null>(null)
  // It came back, or something else did: either way what was asked is over.
  if (asked && asked.from !== value) setAsked(null)
  return [
    asked?.from === value ? asked.next : value,
    (next) => {
      setAsked({ next, from: value })
      onChange(next)
    },
  ]
}
