/** A store's state as it is drawn: a hundred changes a second are a few steps, which the eye follows and the page hardly notices. */
export interface Store<S> {
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => S
}

/** Steps are so far apart at least, ms; the first after a rest comes with the next frame. */
const stepMs = 60

function steps(): (draw: () => void) => void {
  let last = -Infinity
  return (draw) => {
    const frame = (): void =>
      void requestAnimationFrame(() => {
        last = performance.now()
        draw()
      })
    const wait = last + stepMs - performance.now()
    if (wait <= 0) frame()
    else setTimeout(frame, wait)
  }
}

export function inSteps<S>(source: Store<S>, next: (draw: () => void) => void = steps()): Store<S> {
  const listeners = new Set<() => void>()
  let drawn = source.state()
  let isAsked = false
  let stop: (() => void) | null = null

  function draw(): void {
    isAsked = false
    drawn = source.state()
    for (const listener of listeners) listener()
  }

  return {
    state: () => drawn,
    subscribe: (listener) => {
      if (stop === null) {
        drawn = source.state()
        stop = source.subscribe(() => {
          if (isAsked) return
          isAsked = true
          next(draw)
        })
      }
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        stop?.()
        stop = null
      }
    },
  }
}
