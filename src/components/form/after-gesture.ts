const ends = ['pointerup', 'pointercancel', 'keyup'] as const

/**
 * Runs something once the press that is under way has ended. A field that is left by a press on a button must not move that button away
 * with its error before the press becomes a click.
 */
export function afterGesture(run: () => void): void {
  const ended = (): void => {
    for (const end of ends) removeEventListener(end, ended, true)
    setTimeout(run)
  }
  for (const end of ends) addEventListener(end, ended, true)
}
