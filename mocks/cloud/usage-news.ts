/** Announces that something was done with keys, or refused: what no committed row tells. Many requests are one announcement. */
import { actions } from '#src/api/contract/actions.ts'
import type { Change } from '#src/api/contract/backend.ts'
import type { RequestListener } from '#mocks/kms/context.ts'
import type { Runtime } from '#mocks/runtime.ts'

/** Gathered so long, by the host's clock: an open page hears twice a second at most. */
const gatheredMs = 500

/** Reads are not announced: pages read when they hear of something, and would hear of that. */
export function createUsageNews(announce: (change: Change) => void, later: Runtime['later']): RequestListener {
  const touched = new Set<string>()

  function tell(): void {
    const ids = [...touched]
    touched.clear()
    announce({ table: 'usage', ids })
  }

  return {
    answering: () => {},
    answered: ({ action, keys }) => {
      if (actions[action].kind === 'read') return
      if (touched.size === 0) later(gatheredMs, tell)
      for (const { keyId } of keys) touched.add(keyId)
    },
  }
}
