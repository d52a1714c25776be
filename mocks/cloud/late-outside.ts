/** The outside before it is there: opened by the first request that goes to it, and again after the cloud was replaced. */
import { markHeader } from '#src/api/contract/backend.ts'
import { mark } from '#mocks/gateway/encode.ts'
import type { XkiPort } from '#mocks/xki/port.ts'
import type { Outside } from './outside.ts'

export interface LateOutside extends Outside {
  /** Whether a request is for the key manager's own interface. */
  readonly serves: (request: Request) => boolean
  /** What it held in memory is gone; the next request opens it anew. */
  readonly forget: () => void
}

/** Where `open` rejects, the request that asked fails as a defect, and the next one tries again. */
export function createLateOutside(
  open: () => Promise<Outside>,
  report: (defect: unknown) => void,
  known: Pick<XkiPort, 'real' | 'answerBudgetMs'>,
): LateOutside {
  let opening: Promise<Outside> | null = null
  function opened(): Promise<Outside> {
    const current = (opening ??= open())
    current.catch(() => {
      if (opening === current) opening = null
    })
    return current
  }
  const xki: XkiPort = {
    ...known,
    look: async (...asked) => (await opened()).xki.look(...asked),
    health: async (...asked) => (await opened()).xki.health(...asked),
    metadata: async (...asked) => (await opened()).xki.metadata(...asked),
    encrypt: async (...asked) => (await opened()).xki.encrypt(...asked),
    decrypt: async (...asked) => (await opened()).xki.decrypt(...asked),
  }
  const ask =
    (party: 'proxy' | 'manager') =>
    async (request: Request): Promise<Response> => {
      try {
        const outside = await opened()
        return await outside[party](request)
      } catch (defect) {
        report(defect)
        return Response.json(
          { error: { code: 'InternalFailure', message: 'The key manager cannot be loaded.' } },
          { status: 500, headers: { [markHeader]: mark } },
        )
      }
    }
  return {
    xki,
    check: async (instance) => (await opened()).check(instance),
    proxy: ask('proxy'),
    manager: ask('manager'),
    serves: ({ url }) => new URL(url).pathname.includes('/api/key-manager/'),
    forget: () => {
      opening = null
    },
  }
}
