import { notifyManager } from '@tanstack/react-query'

/** One frame, ms. A timer, since frames stop in a tab that is not seen. */
const frameMs = 16

/**
 * Answers that arrive within a frame are told to the page together: a list is made of dozens of calls, and drawing it once for each of them
 * would cost more than the calls.
 */
export function gatherNotifications(): void {
  let waiting: (() => void)[] = []
  notifyManager.setScheduler((notify) => {
    waiting.push(notify)
    if (waiting.length > 1) return
    setTimeout(() => {
      const due = waiting
      waiting = []
      for (const callback of due) {
        try {
          callback()
        } catch (error) {
          reportError(error)
        }
      }
    }, frameMs)
  })
}
