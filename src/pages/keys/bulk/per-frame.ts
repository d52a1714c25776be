/** A store's state as it is drawn: dozens of changes between two frames are one. */
export interface Store<S> {
  readonly subscribe: (listener: () => void) => () => void
  readonly state: () => S
}

export function perFrame<S>(source: Store<S>, nextFrame: (work: () => void) => void): Store<S> {
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
          nextFrame(draw)
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
