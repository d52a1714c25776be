/**
 * Who the tab acts as: an identity by its own access key, or a role that it has assumed. Temporary credentials are in this object's memory and
 * nowhere else; what a tab remembers over a reload are names, and the role is then assumed anew.
 */
import type { ApiError } from './api-error.ts'
import type { ApiResult, Client } from './client.ts'
import { parsePrincipalArn } from './contract/arn.ts'
import type { Credentials, Identity } from './contract/backend.ts'
import type { RoleSession, RoleToAssume } from './role-session.ts'

export interface Acting {
  /** Keeps one's answers and drafts apart from another's. Made of names. */
  readonly id: string
  readonly kind: 'account' | 'user' | 'role'
  readonly accountId: string
  readonly accountName: string
  readonly name: string
  /** As policies name it: of a role the role's, whatever the session. */
  readonly arn: string
  /** The identity itself, or by which the role is assumed. */
  readonly own: Identity
  readonly role: RoleToAssume | null
}

/** Whether requests can be made as this actor. `expiresAt`: by the cloud's clock, ms since the epoch; null: for good. */
export type Standing =
  | { readonly at: 'assuming' }
  | { readonly at: 'ready'; readonly expiresAt: number | null }
  | { readonly at: 'ended'; readonly why: 'expired' | 'roleGone' | 'identityGone' }

/** What a tab remembers. */
export interface RememberedActor {
  readonly accessKeyId: string
  readonly role: RoleToAssume | null
}

export interface ActorState {
  readonly identities: readonly Identity[]
  readonly acting: Acting
  /** Stays the same while one acts as the same, also when the role is assumed again. */
  readonly client: Client
  readonly standing: Standing
  /** A role that could not be assumed after a reload: the identity acts itself. */
  readonly notResumed: { readonly role: RoleToAssume; readonly error: ApiError } | null
}

export interface Actor {
  readonly current: () => ActorState
  readonly subscribe: (listener: () => void) => () => void
  /** Assumes the role that is remembered, if there is one. */
  readonly resume: () => void
  readonly actAs: (accessKeyId: string) => void
  /** By the identity itself, also where a role is acted as. Refused, nothing changes. */
  readonly assume: (role: RoleToAssume) => Promise<ApiResult<RoleSession>>
  /** The identity acts itself again. */
  readonly leaveRole: () => void
  /** Looks at the cloud's clock. */
  readonly checkTime: () => void
  readonly setIdentities: (identities: readonly Identity[]) => void
  /** The identity has other credentials now. */
  readonly renew: () => void
}

export interface ActorOptions {
  readonly identities: readonly Identity[]
  readonly remembered: RememberedActor | null
  readonly remember: (actor: RememberedActor) => void
  readonly credentials: (accessKeyId: string) => Promise<Credentials>
  readonly clientWith: (credentials: () => Promise<Credentials>) => Client
  /** Never rejects. */
  readonly assumeRole: (identity: Client, role: RoleToAssume) => Promise<ApiResult<RoleSession>>
  /** The cloud's clock, ms since the epoch. */
  readonly now: () => number
}

/** What an answer says about the credentials that were signed with. */
const ends: Readonly<Record<string, 'expired' | 'gone'>> = {
  'InvalidSecurityToken.Expired': 'expired',
  'InvalidAccessKeyId.NotFound': 'gone',
  'InvalidAccessKeyId.Inactive': 'gone',
  /** The secret is another one now: a cloud in memory was started again. */
  SignatureDoesNotMatch: 'gone',
}

const ready: Standing = { at: 'ready', expiresAt: null }

function actingAs(own: Identity, role: RoleToAssume | null, identities: readonly Identity[]): Acting {
  const { accessKeyId, kind, accountId, accountName, name, arn } = own
  if (role === null) return { id: accessKeyId, kind, accountId, accountName, name, arn, own, role }
  const named = parsePrincipalArn(role.roleArn)
  const roleAccount = named?.accountId ?? accountId
  return {
    id: `${accessKeyId} ${role.roleArn} ${role.sessionName}`,
    kind: 'role',
    accountId: roleAccount,
    accountName: identities.find((other) => other.accountId === roleAccount)?.accountName ?? roleAccount,
    name: named?.name ?? role.roleArn,
    arn: role.roleArn,
    own,
    role,
  }
}

/** Throws for a backend that offers nobody. */
export function createActor(options: ActorOptions): Actor {
  const { remember, clientWith, now } = options
  const listeners = new Set<() => void>()
  const identityClients = new Map<string, Client>()
  /** Of the role that is acted as: asked for when it is first needed. */
  let session: Promise<RoleSession> | null = null

  function put(change: Partial<ActorState>): void {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }

  const isCurrent = ({ id }: Acting): boolean => state.acting.id === id

  /** `signed`: what tells these credentials from later ones of the same actor. */
  function heard(acting: Acting, signed: unknown, code: string): void {
    const end = ends[code]
    // The first answer that says so is enough.
    if (end === undefined || state.standing.at === 'ended') return
    if (!isCurrent(acting) || signed !== (acting.role ? session : null)) return
    const gone = acting.role ? 'roleGone' : 'identityGone'
    put({ standing: { at: 'ended', why: end === 'gone' ? gone : end } })
  }

  const watching = (acting: Acting, client: Client): Client => ({
    call: async (name, input, call) => {
      const signed = acting.role ? currentSession() : null
      const result = await client.call(name, input, call)
      if (!result.ok) heard(acting, signed, result.error.code)
      return result
    },
  })

  function identityClient({ accessKeyId }: Identity): Client {
    const known = identityClients.get(accessKeyId)
    if (known) return known
    const client = clientWith(() => options.credentials(accessKeyId))
    identityClients.set(accessKeyId, client)
    return client
  }

  const clientOf = (acting: Acting): Client =>
    watching(
      acting,
      acting.role ? clientWith(async () => (await currentSession()).credentials) : identityClient(acting.own),
    )

  function become(own: Identity, role: RoleToAssume | null, standing: Standing): void {
    const acting = actingAs(own, role, state.identities)
    remember({ accessKeyId: own.accessKeyId, role })
    put({ acting, client: clientOf(acting), standing, notResumed: null })
  }

  /** Rejects with the ApiError of a refusal; the identity then acts itself. */
  async function begin(acting: Acting, role: RoleToAssume): Promise<RoleSession> {
    const result = await options.assumeRole(identityClient(acting.own), role)
    if (result.ok) {
      if (isCurrent(acting)) put({ standing: { at: 'ready', expiresAt: result.data.expiresAt } })
      return result.data
    }
    if (isCurrent(acting)) {
      session = null
      become(acting.own, null, ready)
      put({ notResumed: { role, error: result.error } })
    }
    throw result.error
  }

  function currentSession(): Promise<RoleSession> {
    if (session) return session
    const { acting } = state
    if (!acting.role) return Promise.reject(new Error('Nobody acts as a role.'))
    const begun = begin(acting, acting.role)
    session = begun
    // Told in the state; those who wait for it get it too.
    begun.catch(() => undefined)
    return begun
  }

  const { identities, remembered } = options
  const first = identities.find(({ accessKeyId }) => accessKeyId === remembered?.accessKeyId)
  const own = first ?? identities[0]
  if (!own) throw new Error('The backend offers no identity to act as.')
  const role = first ? (remembered?.role ?? null) : null
  const acting = actingAs(own, role, identities)
  let state: ActorState = {
    identities,
    acting,
    client: clientOf(acting),
    standing: role ? { at: 'assuming' } : ready,
    notResumed: null,
  }

  return {
    current: () => state,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    resume: () => {
      if (state.standing.at === 'assuming') void currentSession()
    },
    actAs: (accessKeyId) => {
      const next = state.identities.find((candidate) => candidate.accessKeyId === accessKeyId)
      if (!next || (next.accessKeyId === state.acting.id && state.standing.at === 'ready')) return
      session = null
      become(next, null, ready)
    },
    assume: async (wanted) => {
      const asked = state.acting
      const result = await options.assumeRole(identityClient(asked.own), wanted)
      if (!result.ok) return result
      const taken: Standing = { at: 'ready', expiresAt: result.data.expiresAt }
      session = Promise.resolve(result.data)
      const next = actingAs(asked.own, wanted, state.identities)
      if (isCurrent(next)) {
        remember({ accessKeyId: asked.own.accessKeyId, role: wanted })
        put({ acting: next, standing: taken })
      } else become(asked.own, wanted, taken)
      return result
    },
    leaveRole: () => {
      session = null
      const { own } = state.acting
      const isThere = state.identities.some(({ accessKeyId }) => accessKeyId === own.accessKeyId)
      become(own, null, isThere ? ready : { at: 'ended', why: 'identityGone' })
    },
    checkTime: () => {
      const { standing } = state
      if (standing.at === 'ready' && standing.expiresAt !== null && standing.expiresAt <= now())
        put({ standing: { at: 'ended', why: 'expired' } })
    },
    renew: () => {
      if (!state.acting.role) put({ standing: ready })
    },
    setIdentities: (identities) => {
      if (identities === state.identities) return
      const own = identities.find(({ accessKeyId }) => accessKeyId === state.acting.own.accessKeyId)
      put({ identities, ...(own ? { acting: { ...state.acting, own } } : {}) })
      if (!own && !state.acting.role) put({ standing: { at: 'ended', why: 'identityGone' } })
    },
  }
}
