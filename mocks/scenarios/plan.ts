/** A scenario as a table: what stands where. `build.ts` makes rows of it. */
import type { PolicyChoice } from '#src/api/contract/policy.ts'
import type { InstanceStatus, InstanceType, KeyState } from '#src/api/contract/states.ts'
import type { ExternalKeyRow, ProxyConnection } from '#mocks/store/rows.ts'
import type { accounts, InstanceName, ScenarioName } from './names.ts'

export type AccountName = keyof typeof accounts

export interface InstancePlan {
  readonly name: InstanceName
  readonly region: string
  readonly type: InstanceType
  /** Days before now. */
  readonly age: number
  /** Main, unless said otherwise. */
  readonly account?: AccountName
  /** Connected, unless said otherwise. */
  readonly status?: InstanceStatus
  readonly keyQuota?: number
  readonly accessQuota?: number
  /** VPCs beyond its own. */
  readonly boundVpcs?: number
  readonly sharedTo?: readonly AccountName[]
  /** External instances that were ever enabled. */
  readonly proxy?: Pick<ProxyConnection, 'connectivity' | 'endpoint' | 'uriPathPrefix'>
}

export interface KeyPlan {
  /** Days before now. */
  readonly age: number
  /** Main, unless said otherwise. */
  readonly account?: AccountName
  readonly externalKeyId?: string
  /** Without the `alias/` before them. */
  readonly aliases?: readonly string[]
  /** Enabled, unless said otherwise. */
  readonly state?: KeyState
  /** Days left, for PendingDeletion. */
  readonly deleteIn?: number
  readonly description?: string
  readonly tags?: Readonly<Record<string, string>>
  /** The default policy, unless said otherwise. */
  readonly policy?: PolicyChoice
  /** Why deletion protection is on; off, unless said otherwise. */
  readonly protectedFor?: string
}

/** A key outside every instance. */
export interface DefaultKeyPlan {
  readonly region: string
  readonly age: number
  /** The cloud service that made it; left out: the account's one default key. */
  readonly service?: string
}

export type ExternalKeyPlan = Pick<ExternalKeyRow, 'id' | 'name'> &
  Partial<Pick<ExternalKeyRow, 'status' | 'usages'>> & { readonly age: number }

export interface WithdrawalPlan {
  readonly instance: InstanceName
  readonly accountId: string
}

export interface Plan {
  readonly scenario: ScenarioName
  readonly instances: readonly InstancePlan[]
  readonly keys: Partial<Readonly<Record<InstanceName, readonly KeyPlan[]>>>
  readonly defaultKeys: readonly DefaultKeyPlan[]
  readonly externalKeys: readonly ExternalKeyPlan[]
  /** Accounts whose last grant was withdrawn just now. */
  readonly withdrawals: readonly WithdrawalPlan[]
}
