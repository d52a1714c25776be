/** A scenario as a table: what stands where. `build.ts` makes rows of it. */
import type { associatedTypes } from '#src/api/contract/extensions.ts'
import type { SharingOwnership } from '#src/api/contract/instances.ts'
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
  /** By subscription, unless said otherwise. */
  readonly charge?: 'POSTPAY'
  readonly keyQuota?: number
  readonly accessQuota?: number
  /** VPCs beyond its own. */
  readonly boundVpcs?: number
  readonly sharedTo?: readonly AccountName[]
  /** Joint, unless said otherwise. */
  readonly ownership?: SharingOwnership
  /** External instances that were ever enabled. */
  readonly proxy?: Pick<ProxyConnection, 'connectivity' | 'endpoint' | 'uriPathPrefix'> &
    // `xks-v1`, unless said otherwise.
    Partial<Pick<ProxyConnection, 'dialect'>>
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
  /** Inside the HSM, unless said otherwise: on hardware instances. */
  readonly storage?: 'HsmEncryptedDatabase'
  /** Days between automatic rotations, in effect from the beginning. None, unless said otherwise. */
  readonly rotateEvery?: number
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

/** Things of one cloud service that are encrypted under a key. */
export interface ResourcePlan {
  readonly type: (typeof associatedTypes)[number]
  readonly names: readonly string[]
  /** Main, unless said otherwise. */
  readonly account?: AccountName
}

/** One principal's cryptography with a key in the last 30 days. */
export interface UsePlan {
  /** ARN of a user or role. */
  readonly by: string
  readonly action: string
  readonly perDay: number
  /** Within the last hour, unless said otherwise. */
  readonly lastHoursAgo?: number
  /** Every day, unless said otherwise. */
  readonly everyDays?: number
}

/** Refused uses of a key that waits for its deletion. */
export interface AttemptPlan extends Pick<UsePlan, 'by' | 'action'> {
  readonly hoursAgo: readonly number[]
}

export interface KeyUsagePlan {
  /** An alias of the key, without the `alias/` before it. */
  readonly alias: string
  readonly region: string
  /** Whose alias it is: main's, unless said otherwise. */
  readonly account?: AccountName
  readonly usedBy?: readonly ResourcePlan[]
  readonly uses?: readonly UsePlan[]
  readonly attempts?: readonly AttemptPlan[]
}

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
  readonly usage: readonly KeyUsagePlan[]
  /** Accounts whose last grant was withdrawn just now. */
  readonly withdrawals: readonly WithdrawalPlan[]
  /** RAM users of main beyond the named ones. */
  readonly staff?: number
}
