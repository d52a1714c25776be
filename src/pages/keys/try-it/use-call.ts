import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '#src/api/api-error.ts'
import type { ApiResult } from '#src/api/client.ts'

export type CallState<R> =
  | { readonly at: 'idle' | 'busy' }
  | { readonly at: 'done'; readonly result: R }
  | { readonly at: 'failed'; readonly error: ApiError }

export interface Call<R> {
  readonly state: CallState<R>
  readonly run: (call: () => Promise<ApiResult<R>>) => Promise<void>
  /** Forgets the answer, and the one that is on its way. */
  readonly forget: () => void
}

/**
 * One call of cryptography at a time. Its answer lives in the component alone, never in a cache, and is gone with it: an answer that comes
 * late finds nobody.
 */
export function useCall<R>(): Call<R> {
  const [state, setState] = useState<CallState<R>>({ at: 'idle' })
  const turn = useRef(0)
  useEffect(
    () => () => {
      turn.current += 1
    },
    [],
  )
  return {
    state,
    run: async (call) => {
      turn.current += 1
      const mine = turn.current
      setState({ at: 'busy' })
      const answer = await call()
      if (turn.current !== mine) return
      setState(answer.ok ? { at: 'done', result: answer.data } : { at: 'failed', error: answer.error })
    },
    forget: () => {
      turn.current += 1
      setState({ at: 'idle' })
    },
  }
}
