/** Works through a queue at a pace, few at a time: waits when it is told to slow down, stands still when nobody answers, stops when asked. */
import type { Pacer } from './pacer.ts'

/** How one attempt ended, as far as the queue is concerned. */
export interface Attempt {
  /** `silent`: no answer came, or the request never arrived. */
  readonly cloud: 'answered' | 'busy' | 'silent'
  /** The attempt certainly changed nothing, and the item is to be tried once more. */
  readonly again: boolean
}

export interface QueueWork {
  /** Resolves when nothing is left or, after a stop, when what was under way has ended. */
  readonly ended: Promise<void>
  /** Begins nothing more. What is under way is left to end. */
  readonly stop: () => void
  /** After a standstill: asks again, with one item first. */
  readonly goOn: () => void
}

/** So many unanswered attempts in a row are a standstill: the cloud is out of reach, and asking on would only make more doubt. */
const silencesUntilStandstill = 3

export function workThrough<T>(options: {
  readonly items: readonly T[]
  readonly atOnce: number
  readonly pacer: Pacer
  readonly attempt: (item: T) => Promise<Attempt>
  /** Told when everything stands still because nobody answers, and when it goes on. */
  readonly onStandstill: (stands: boolean) => void
}): QueueWork {
  const { items, atOnce, pacer, attempt, onStandstill } = options
  let begun = 0
  /** To be tried once more, before anything new. */
  const returned: T[] = []
  let underWay = 0
  let silences = 0
  let standsStill = false
  let stopped = false
  let resolve: () => void
  let reject: (error: unknown) => void
  const ended = new Promise<void>((onEnd, onDefect) => {
    resolve = onEnd
    reject = onDefect
  })

  const isEmpty = (): boolean => returned.length === 0 && begun >= items.length
  const next = (): T => returned.shift() ?? items[begun++]!

  async function carryOut(item: T): Promise<void> {
    await pacer.turn()
    if (stopped || standsStill) {
      returned.push(item)
      return
    }
    const { cloud, again } = await attempt(item)
    if (again) returned.push(item)
    if (cloud === 'busy') pacer.slowDown()
    else if (cloud === 'answered') pacer.answered()
    silences = cloud === 'silent' ? silences + 1 : 0
    if (silences < silencesUntilStandstill || standsStill || stopped) return
    standsStill = true
    onStandstill(true)
  }

  function proceed(): void {
    // While nobody answers, one asks for all.
    const room = silences > 0 ? 1 : atOnce
    while (!stopped && !standsStill && underWay < room && !isEmpty()) {
      underWay += 1
      carryOut(next()).then(
        () => {
          underWay -= 1
          proceed()
        },
        (error: unknown) => reject(error),
      )
    }
    if (underWay === 0 && (stopped || isEmpty())) resolve()
  }

  proceed()
  return {
    ended,
    stop: () => {
      stopped = true
      if (standsStill) onStandstill(false)
      standsStill = false
      proceed()
    },
    goOn: () => {
      if (!standsStill) return
      standsStill = false
      onStandstill(false)
      // One more silence is enough to stand still again.
      silences = silencesUntilStandstill - 1
      proceed()
    },
  }
}
