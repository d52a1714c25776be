/** What a rule is handed: who asks, where, when, and the ports it may use. Rules know no HTTP, no clock and no crypto of their own. */
import type { Actions, ActionName, Input, Output } from '#src/api/contract/actions.ts'
import type { RequestFacts } from '#src/api/contract/conditions.ts'
import type { AccessDetail } from '#src/api/contract/errors.ts'
import type { KeyPolicy } from '#src/api/contract/policy.ts'
import type { Tag } from '#src/api/contract/rules.ts'
import type { Health } from './health.ts'
import type { XkiPort } from '#mocks/xki/port.ts'
import type { Runtime } from '#mocks/runtime.ts'
import type { AliasRow, CloudTables, InstanceRow, KeyRow, ResourceShareRow } from '#mocks/store/rows.ts'
import type { Store } from '#mocks/store/store.ts'
import type { SpanRecorder, TraceRecorder } from '#mocks/trace/trace.ts'

export interface Caller {
  readonly accountId: string
  readonly kind: 'account' | 'user' | 'role'
  /** `acs:ram::<uid>:user/<name>`; for the account itself `acs:ram::<uid>:root`. */
  readonly arn: string
  readonly name: string
  readonly accessKeyId: string
  /** Name of the session, where a role's temporary credentials ask. */
  readonly session?: string
}

/** What of a request conditions can ask about, apart from the key. */
export type Circumstances = Omit<RequestFacts, 'tags'>

export interface Context {
  /** Region of the endpoint; `global` for RAM and STS. */
  readonly region: string
  readonly caller: Caller
  readonly requestId: string
  readonly db: Store<CloudTables>
  /** The cloud's clock at this request, ms since the epoch. */
  readonly now: number
  /** What policies' conditions can ask about the request. */
  readonly circumstances: Circumstances
  readonly runtime: Runtime
  /** The way to the key manager; its spans become children of this request's. */
  readonly xki: XkiPort
  readonly span: SpanRecorder
  /** Which requests there were. */
  readonly trace: Pick<TraceRecorder, 'requests'>
  /** What health checks found of an external instance, and what it was when. Undefined: it is none. */
  readonly healthOf: (instanceId: string) => Health | undefined
  /** Puts what was counted of the keys' use, and is in memory only, into its rows. */
  readonly keepUses: () => void
  /** Strict compatibility: extensions are refused and left out of answers. */
  readonly strict: boolean
  /** Whether the caller may do `permission` on a resource: for answers that leave out what one may not see. */
  readonly may: (permission: string, resource: Resource) => boolean
  /** Why it may not; null: it may. */
  readonly denial: (permission: string, resource: Resource) => AccessDetail | null
}

/** Something a permission can be asked for. */
export interface Resource {
  readonly arn: string
  /** Account that owns it: decides between the same-account and the cross-account rule. */
  readonly accountId: string
  /** Null: it has no key policy. */
  readonly policy: KeyPolicy | null
  /** Of a key; empty for everything else. */
  readonly tags: readonly Tag[]
  /** Asked instead of the action's own permission. */
  readonly permission?: string
}

/** A request that found keys, as it ended. */
export interface KeyRequest {
  readonly requestId: string
  readonly action: ActionName
  readonly caller: Caller
  /** As they were found, each once. */
  readonly keys: readonly KeyRow[]
  /** The cloud's clock at the request, ms since the epoch. */
  readonly at: number
  /** Of the refusal, of a dry run its own; null: it was done, whether or not its answer arrived. */
  readonly code: string | null
}

/** Who is told of requests about keys, and has no part in answering them. Must not throw. */
export interface RequestListener {
  /** Before the answer: what is written here is durable when the answer goes out. */
  readonly answering: (request: KeyRequest) => void
  /** The answer is as it goes out. What is written here holds up nobody. */
  readonly answered: (request: KeyRequest) => void
}

/** What the pipeline found before the rule runs, by the action's subject. */
export interface FoundBySubject {
  key: { readonly key: KeyRow }
  ciphertext: { readonly key: KeyRow }
  aliasAndKey: { readonly key: KeyRow }
  /** `key` null: the alias points at nothing that is there. */
  alias: { readonly alias: AliasRow; readonly aliasKey: KeyRow | null }
  reEncrypt: { readonly source: KeyRow; readonly destination: KeyRow }
  protected: { readonly key: KeyRow } | { readonly protectedInstance: InstanceRow }
  instance: { readonly instance: InstanceRow }
  resourceShare: { readonly share: ResourceShareRow }
  resources: { readonly keys: readonly KeyRow[] }
  keys: Record<never, never>
  aliases: Record<never, never>
  account: Record<never, never>
  role: Record<never, never>
  ram: Record<never, never>
  none: Record<never, never>
}

export type Rule<N extends ActionName> = (
  ctx: Context,
  input: Input<N>,
  found: FoundBySubject[Actions[N]['subject']],
) => Output<N> | Promise<Output<N>>

/** A rule for every action of a group; the composition root checks that the groups cover all actions. */
export type Rules<Names extends ActionName> = { readonly [N in Names]: Rule<N> }
