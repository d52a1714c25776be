/** Who the tab acts as, and the client that signs for it. */
import { useQueryClient } from '@tanstack/react-query'
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { ApiError } from './api-error.ts'
import { createActor, type Acting, type ActorState, type Standing } from './actor.ts'
import { recallActor, rememberActor } from './actor-memory.ts'
import { createClient, type ApiResult, type Client } from './client.ts'
import type { Backend, Credentials, Identity } from './contract/backend.ts'
import type { RoleSession, RoleToAssume } from './role-session.ts'

export interface Api {
  readonly client: Client
  readonly backend: Backend
  readonly identity: Acting
  /** Whether it can act: temporary credentials end. */
  readonly standing: Standing
  readonly notResumed: ActorState['notResumed']
  readonly identities: readonly Identity[]
  /** Makes the tab another identity; the console follows at once. */
  readonly actAs: (accessKeyId: string) => void
  /** Makes the tab a role that the identity assumes. Refused, nothing changes. */
  readonly assume: (role: RoleToAssume) => Promise<ApiResult<RoleSession>>
  /** The identity acts itself again. */
  readonly leaveRole: () => void
  /** The identity was given other credentials: it can act again. */
  readonly renew: () => void
}

const ApiContext = createContext<Api | null>(null)

function clientWith(backend: Backend, credentials: () => Promise<Credentials>): Client {
  return createClient({
    fetch: backend.fetch,
    address: backend.address,
    credentials,
    wallNow: () => Date.now(),
    nonce: () => crypto.randomUUID(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    revive: backend.lab ? backend.revive : undefined,
  })
}

/** Most visits assume nothing, so that its code comes with the first. Never rejects. */
async function assumeRole(identity: Client, role: RoleToAssume): Promise<ApiResult<RoleSession>> {
  try {
    return await (await import('./role-session.ts')).assumeRole(identity, role)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { ok: false, error: new ApiError({ kind: 'notDelivered', action: 'AssumeRole', message }) }
  }
}

/** The longest that a browser's timer waits, ms. */
const longestWait = 2 ** 31 - 1

export function ApiProvider(props: {
  backend: Backend
  identities: readonly Identity[]
  children: ReactNode
}): ReactNode {
  const { backend, identities, children } = props
  const queryClient = useQueryClient()
  const [actor] = useState(() =>
    createActor({
      identities,
      remembered: recallActor(),
      remember: rememberActor,
      credentials: backend.credentials,
      clientWith: (credentials) => clientWith(backend, credentials),
      assumeRole,
      now: backend.now,
    }),
  )
  const state = useSyncExternalStore(actor.subscribe, actor.current)
  const { id, role } = state.acting
  const { standing } = state
  const isRole = role !== null
  const expiresAt = standing.at === 'ready' ? standing.expiresAt : null

  useEffect(() => actor.setIdentities(identities), [actor, identities])
  useEffect(() => actor.resume(), [actor])
  useEffect(() => {
    if (expiresAt === null) return
    const timer = setTimeout(actor.checkTime, Math.min(Math.max(expiresAt - backend.now(), 0), longestWait))
    const stop = backend.onChange(({ table }) => {
      if (table === 'clock') actor.checkTime()
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [actor, backend, expiresAt])
  // What a role was told does not outlive it.
  useEffect(
    () => () => {
      if (isRole) queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[1] === id })
    },
    [queryClient, id, isRole],
  )

  const assume = useCallback<Api['assume']>(
    async (role) => {
      const result = await actor.assume(role)
      // What was refused while the credentials had ended is asked anew.
      if (result.ok) void queryClient.invalidateQueries()
      return result
    },
    [actor, queryClient],
  )
  const renew = useCallback(() => {
    actor.renew()
    void queryClient.invalidateQueries()
  }, [actor, queryClient])
  const api = useMemo<Api>(
    () => ({
      client: state.client,
      backend,
      identity: state.acting,
      standing: state.standing,
      notResumed: state.notResumed,
      identities: state.identities,
      actAs: actor.actAs,
      assume,
      leaveRole: actor.leaveRole,
      renew,
    }),
    [state, backend, actor, assume, renew],
  )
  return <ApiContext value={api}>{children}</ApiContext>
}

/** Null above the provider, where a toast may show what a call failed with. */
export const useApiIfAny = (): Api | null => useContext(ApiContext)

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi is used outside ApiProvider: wrap the tree in main.tsx.')
  return api
}
