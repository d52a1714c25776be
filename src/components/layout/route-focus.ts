/**
 * After navigation the focus stands on the page's h1, so that screen readers read it and Tab goes on from there. A page may draw its
 * heading anew when its data come: the new heading then takes over the focus that its predecessor had.
 */
let focusOwed = false

export function focusHeading(main: HTMLElement | null): void {
  const heading = main?.querySelector('h1')
  ;(heading ?? main)?.focus()
}

/** React calls this before it removes the heading from the document, while it may still have the focus. */
export function headingGoes(heading: HTMLElement | null): void {
  focusOwed = heading !== null && document.activeElement === heading
}

export function headingAppeared(heading: HTMLElement | null): void {
  if (focusOwed) heading?.focus()
  focusOwed = false
}
