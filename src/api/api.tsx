/** Who the tab acts as, and the client that signs for it. */
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react'
import { createClient, type Client } from './client.ts'
import type { Backend, Identity } from './contract/backend.ts'
import { assumeRole, renewing, type RoleToAssume } from './role-session.ts'
import type { Credentials } from './signer.ts'

export interface Api {
  readonly client: Client
  readonly backend: Backend
  readonly identity: Identity
  readonly identities: readonly Identity[]
  /** Makes the tab another identity; the console follows at once. */
  readonly actAs: (accessKeyId: string) => void
  /** Where the console is served from, ending in `/`. */
  readonly base: string
}

const ApiContext = createContext<Api | null>(null)

/** The name of the identity is all that the tab keeps; its key stays with the backend. */
const storageKey = 'kms.identity'

function remembered(identities: readonly Identity[]): Identity | undefined {
  try {
    const accessKeyId = sessionStorage.getItem(storageKey)
    return identities.find((identity) => identity.accessKeyId === accessKeyId)
  } catch {
    return undefined
  }
}

function remember(accessKeyId: string): void {
  try {
    sessionStorage.setItem(storageKey, accessKeyId)
  } catch {
    // Storage refused: the choice lasts until the tab is reloaded.
  }
}

/** A client for one identity of a backend. */
export function clientFor(backend: Backend, accessKeyId: string, base: string): Client {
  let key: Promise<CryptoKey> | null = null
  return clientWith(backend, base, async () => ({
    accessKeyId,
    key: await (key ??= backend.signingKey(accessKeyId)),
    securityToken: null,
  }))
}

/** A client for a role that an identity assumes, when it is first needed and anew before the credentials expire. */
export function roleClientFor(backend: Backend, accessKeyId: string, role: RoleToAssume, base: string): Client {
  const identity = clientFor(backend, accessKeyId, base)
  return clientWith(
    backend,
    base,
    renewing(() => assumeRole(identity, role), backend.now),
  )
}

function clientWith(backend: Backend, base: string, credentials: () => Promise<Credentials>): Client {
  return createClient({
    fetch: (url, init) => fetch(url, init),
    base,
    credentials,
    wallNow: () => Date.now(),
    nonce: () => crypto.randomUUID(),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    revive: backend.lab ? backend.revive : undefined,
  })
}

export function ApiProvider(props: {
  backend: Backend
  identities: readonly Identity[]
  base: string
  children: ReactNode
}): ReactNode {
  const { backend, identities, base, children } = props
  const [identity, setIdentity] = useState<Identity | undefined>(() => remembered(identities) ?? identities[0])
  const actAs = useCallback(
    (accessKeyId: string) => {
      const next = identities.find((candidate) => candidate.accessKeyId === accessKeyId)
      if (!next) return
      remember(accessKeyId)
      setIdentity(next)
    },
    [identities],
  )
  const api = useMemo<Api | null>(
    () =>
      identity
        ? {
            client: clientFor(backend, identity.accessKeyId, base),
            backend,
            identity,
            identities,
            actAs,
            base,
          }
        : null,
    [backend, base, identity, identities, actAs],
  )
  if (!api) throw new Error('The backend offers no identity to act as.')
  return <ApiContext value={api}>{children}</ApiContext>
}

export function useApi(): Api {
  const api = useContext(ApiContext)
  if (!api) throw new Error('useApi is used outside ApiProvider: wrap the tree in main.tsx.')
  return api
}
