/** What the cloud remembers, row by row. Rows are frozen plain data: a change puts a new row. Times are ms since the epoch.
 * One list of all rows, to be read beside the tables at its end: hence its length. */
import type { ConnectionCause, ConnectionStep } from '#src/api/contract/connection-steps.ts'
import type { Condition } from '#src/api/contract/conditions.ts'
import type { KeyPolicy } from '#src/api/contract/policy.ts'
import type { associatedTypes, AssociatedService } from '#src/api/contract/extensions.ts'
import type { SharingOwnership } from '#src/api/contract/instances.ts'
import type { AssociationType } from '#src/api/contract/sharing.ts'
import type { Tag } from '#src/api/contract/rules.ts'
import type { InstanceStatus, InstanceType, KeyState } from '#src/api/contract/states.ts'

type AssociatedType = (typeof associatedTypes)[number]

export interface AccountRow {
  readonly accountId: string
  readonly name: string
  readonly kmsStatus: 'Enabled' | 'NotEnabled' | 'InDebt' | 'Suspended'
}

/** A RAM policy attached to a user, a role or a group. */
export interface PolicyRef {
  readonly name: string
  /** Custom: the account's own. */
  readonly type: 'System' | 'Custom'
  readonly attachedAt: number
}

/** A RAM user or role. */
export interface PrincipalRow {
  readonly arn: string
  readonly accountId: string
  readonly kind: 'user' | 'role'
  readonly name: string
  /** RAM's own ID of the user or role, digits: whoever gets the name of one that was deleted has another. */
  readonly id: string
  readonly displayName: string
  readonly policies: readonly PolicyRef[]
  readonly createdAt: number
  /** Null for users, who are nothing to assume. */
  readonly role: {
    readonly trust: TrustPolicy
    /** Longest life of temporary credentials, ms. */
    readonly maxSessionMs: number
  } | null
}

/** Who may assume a role (AssumeRolePolicyDocument): accounts, users and roles, by ARN. */
export interface TrustPolicy {
  readonly Version: '1'
  readonly Statement: readonly TrustStatement[]
}
export interface TrustStatement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: readonly string[]
  readonly Principal: { readonly RAM: readonly string[] }
}

/** A RAM group of users. */
export interface GroupRow {
  /** `<accountId>/<name>` */
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly comments: string
  /** Users by ARN. */
  readonly members: readonly { readonly arn: string; readonly joinedAt: number }[]
  readonly policies: readonly PolicyRef[]
  readonly createdAt: number
}

/** A RAM policy. `accountId` null: a system policy. */
export interface RamPolicyRow {
  /** `<accountId or "system">/<name>` */
  readonly id: string
  readonly accountId: string | null
  readonly name: string
  readonly description: string
  /** One at least, the oldest first. */
  readonly versions: readonly RamPolicyVersion[]
  /** The version whose document counts. */
  readonly defaultVersion: string
  readonly createdAt: number
}

export interface RamPolicyVersion {
  /** `v1`, `v2` … */
  readonly id: string
  readonly document: RamPolicy
  readonly createdAt: number
}

export interface RamStatement {
  readonly Effect: 'Allow' | 'Deny'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
  readonly Condition?: Condition
}
export interface RamPolicy {
  readonly Version: '1'
  readonly Statement: readonly RamStatement[]
}

/** An access key. Its secret is kept as a non-extractable HMAC-SHA-256 key and nowhere as text. */
export interface AccessKeyRow {
  readonly accessKeyId: string
  readonly accountId: string
  /** The RAM user; null: the account itself. */
  readonly principalArn: string | null
  readonly active: boolean
  readonly key: CryptoKey
  /** For signature version 1.0, HMAC-SHA-1; absent where nobody outside the page knows the secret. */
  readonly v1Key?: CryptoKey
  /** What it is for, for the identity menu. */
  readonly about: string
  /** Place in the identity menu. */
  readonly order: number
}

/** Temporary credentials of a role (STS AssumeRole). Neither their secret nor their token is kept. */
export interface SessionRow {
  /** `STS.…` */
  readonly accessKeyId: string
  readonly accountId: string
  readonly roleArn: string
  /** ID of the role that was assumed: another one of the same name is not meant. */
  readonly roleId: string
  readonly name: string
  /** A non-extractable HMAC-SHA-256 key. */
  readonly key: CryptoKey
  /** For signature version 1.0, HMAC-SHA-1; absent in older rows. */
  readonly v1Key?: CryptoKey
  /** HMAC of the security token with that key: it belongs to these credentials and no others. */
  readonly tokenTag: Uint8Array<ArrayBuffer>
  /** By the cloud's clock. */
  readonly expiresAt: number
}

/** A TLS certificate, as far as it is looked at. */
export interface Certificate {
  /** `sha256-<64 lower-case hexadecimal digits>` of its DER form. */
  readonly fingerprint: string
  readonly subject: string
  readonly notBefore: number
  readonly notAfter: number
}

/** What KMS signs its requests to a proxy with: SigV4's `AWS4<secret>`, for `xki` ACS4's `aliyun_v4<secret>`, as a non-extractable HMAC key. */
export interface ProxyCredential {
  readonly accessKeyId: string
  readonly signingKey: CryptoKey
}

export interface ProxyConnection extends ProxyCredential {
  readonly connectivity: 'Public' | 'VpcEndpointService'
  /** Host name of the proxy, with a port where it is not 443. */
  readonly endpoint: string
  /** Through which the host is reached; null over the Internet. */
  readonly endpointService: string | null
  /** Before `/kms/xks/v1` or `/kms/xki/v1`; empty for none. */
  readonly uriPathPrefix: string
  readonly dialect: 'xks-v1' | 'xki'
  /** The pinned certificate: `sha256-<64 lower-case hexadecimal digits>`. */
  readonly certificateFingerprint: string
  /** As it was seen when the instance was connected; null: it was not. */
  readonly certificate: Certificate | null
  readonly credentialSince: number
  /** The credential before, for requests that the proxy refuses with the present one; null: there is none. */
  readonly previous: (ProxyCredential & { readonly validUntil: number }) | null
  /** True: it was disconnected on purpose, and stays so. */
  readonly disconnectedByHand: boolean
  /** Last measured answer, ms; null before the first. */
  readonly latencyMs: number | null
}

/** One attempt to connect an instance. What it found is known when it begins, and shown step by step by the cloud's clock. */
export interface ConnectionAttempt {
  readonly startedAt: number
  readonly endsAt: number
  /** Up to the one that failed; none where no proxy is connected. */
  readonly steps: readonly AttemptStep[]
  /** What the instance is where all passed; null: one failed, or it is over. */
  readonly result: Pick<InstanceRow, 'name' | 'vpcId' | 'vSwitchIds' | 'zoneIds' | 'proxy'> | null
  /** To which a failed attempt returns. */
  readonly before: InstanceStatus
}

export interface AttemptStep {
  readonly step: ConnectionStep
  /** Null: it passed. */
  readonly cause: ConnectionCause | null
  /** What was met there; may be empty. */
  readonly found: string
}

export interface BoundVpc {
  readonly vpcId: string
  readonly vSwitchId: string
  readonly regionId: string
  /** Account. */
  readonly ownerId: string
}

export interface InstanceRow {
  readonly instanceId: string
  readonly accountId: string
  readonly region: string
  readonly name: string
  readonly type: InstanceType
  readonly status: InstanceStatus
  readonly createdAt: number
  readonly endsAt: number
  readonly keyQuota: number
  readonly secretQuota: number
  /** Requests per second. */
  readonly performance: number
  /** Access management quota (VpcNum). */
  readonly accessQuota: number
  readonly vpcId: string | null
  readonly vSwitchIds: readonly string[]
  readonly zoneIds: readonly string[]
  /** VPCs beyond the instance's own. */
  readonly boundVpcs: readonly BoundVpc[]
  /** Whose a receiver's keys are while it is shared. Independent is for good. */
  readonly ownership: SharingOwnership
  /** External instances only. */
  readonly proxy: ProxyConnection | null
  /** By subscription, or as it is used. */
  readonly charge: 'PREPAY' | 'POSTPAY'
  /** Deletion protection; null: off. */
  readonly protection: { readonly description: string } | null
  /** The last attempt to connect; null before the first. */
  readonly attempt: ConnectionAttempt | null
}

export interface KeyRow {
  readonly keyId: string
  /** Account that made the key. */
  readonly accountId: string
  readonly region: string
  /** Null: a default key. */
  readonly instanceId: string | null
  readonly externalKeyId: string | null
  readonly creatorType: 'User' | 'Service'
  readonly spec: string
  readonly usage: string
  readonly state: KeyState
  readonly origin: string
  readonly protectionLevel: string
  readonly description: string
  readonly createdAt: number
  /** When a PendingDeletion key goes; null otherwise. */
  readonly deleteAt: number | null
  /** When its deletion was scheduled; null unless it is PendingDeletion. */
  readonly deletionScheduledAt: number | null
  readonly deletionProtection: boolean
  readonly deletionProtectionDescription: string
  readonly tags: readonly Tag[]
  /** Null: the key has no policy (default keys). */
  readonly policy: KeyPolicy | null
  /** Of keys on hardware instances; null for all others. */
  readonly storage: 'HsmInternal' | 'HsmEncryptedDatabase' | null
  /** The version that encrypts; null for external keys, which have none in KMS. */
  readonly primaryVersionId: string | null
  /** When the primary version was made; null for external keys. */
  readonly rotatedAt: number | null
  /** Automatic rotation; null: off. */
  readonly rotation: KeyRotation | null
}

export interface KeyRotation {
  readonly intervalMs: number
  /**
   * By the cloud's clock. While the key is not Enabled nothing rotates, and what fell due meanwhile comes when it is enabled again. Null:
   * never more, the key has all the versions that it may have.
   */
  readonly nextAt: number | null
}

/** A version of a key whose material KMS holds. */
export interface KeyVersionRow {
  readonly versionId: string
  readonly keyId: string
  readonly createdAt: number
  /** A non-extractable AES-GCM key, made when it is first needed: a version can come into being by the clock alone. */
  readonly material: CryptoKey | null
}

/** A resource share: its associations say what is shared with whom. */
export interface ResourceShareRow {
  readonly shareId: string
  readonly accountId: string
  readonly region: string
  readonly name: string
  /** Name of the permission that its targets have on its instances. */
  readonly permission: string
  readonly createdAt: number
  readonly updatedAt: number
}

/** An instance, or an account, in a resource share. */
export interface ShareAssociationRow {
  /** `<shareId>/<type>/<entityId>` */
  readonly id: string
  readonly shareId: string
  readonly type: AssociationType
  /** ID of the instance, or of the account. */
  readonly entityId: string
  /** For which of the share's accounts, or with which of its instances, it failed: for want of quota. It is not tried again. */
  readonly failures: readonly { readonly entityId: string; readonly at: number }[]
  readonly createdAt: number
  readonly updatedAt: number
}

/** Something of another cloud service that is encrypted under a key: the scenario's inventory. */
export interface ResourceRow {
  /** `<region>/<service>/<type>/<resource ID>` */
  readonly id: string
  readonly accountId: string
  readonly region: string
  readonly service: AssociatedService
  readonly type: AssociatedType
  readonly resourceId: string
  readonly name: string
  readonly keyId: string
}

/** The last detection of a key's associations, with what it found. */
export interface DetectionRow {
  readonly keyId: string
  /** By the cloud's clock: when the inventory was looked at. */
  readonly at: number
  /** By the host's clock: its progress is shown by it. */
  readonly startedAt: number
  readonly resources: readonly ResourceRow[]
}

/** Cryptography with a key by one principal. */
export interface KeyUseRow {
  /** `<keyId>/<principalArn>` */
  readonly id: string
  readonly keyId: string
  readonly principalArn: string
  readonly lastAt: number
  readonly lastAction: string
  /** Calls by day: days since the epoch, UTC. */
  readonly days: Readonly<Record<string, number>>
}

/** A refused use of a key that waits for its deletion. */
export interface UseAttemptRow {
  /** `<keyId>/<requestId>` */
  readonly id: string
  readonly keyId: string
  readonly requestId: string
  readonly principalArn: string
  readonly action: string
  readonly at: number
}

export interface AliasRow {
  /** `<region>/<accountId>/<aliasName>` */
  readonly id: string
  readonly region: string
  readonly accountId: string
  readonly aliasName: string
  readonly keyId: string
  readonly createdAt: number
}

/** An account whose last grant on an instance was withdrawn: its quota unit returns at `returnsAt`. */
export interface WithdrawalRow {
  /** `<instanceId>/<accountId>` */
  readonly id: string
  readonly instanceId: string
  readonly accountId: string
  readonly returnsAt: number
}

/** One row, `id: 'world'`. */
export interface WorldRow {
  readonly id: 'world'
  /** The schema version whose shape all rows have; versions 1 and 2 did not say. */
  readonly schema: number
  readonly scenario: string
  readonly seed: number
  /** The cloud's clock minus the host's, ms. */
  readonly clockOffsetMs: number
  /** How many identifiers were drawn. */
  readonly drawn: number
}

/** The cloud's tables, each with the row's identifier. */
export interface CloudTables {
  readonly world: WorldRow
  readonly accounts: AccountRow
  readonly principals: PrincipalRow
  readonly groups: GroupRow
  readonly ramPolicies: RamPolicyRow
  readonly accessKeys: AccessKeyRow
  readonly sessions: SessionRow
  readonly instances: InstanceRow
  readonly keys: KeyRow
  readonly keyVersions: KeyVersionRow
  readonly aliases: AliasRow
  readonly resources: ResourceRow
  readonly detections: DetectionRow
  readonly keyUses: KeyUseRow
  readonly useAttempts: UseAttemptRow
  readonly withdrawals: WithdrawalRow
  readonly resourceShares: ResourceShareRow
  readonly shareAssociations: ShareAssociationRow
}

export const cloudTables: { readonly [N in keyof CloudTables]: (row: CloudTables[N]) => string } = {
  world: (row) => row.id,
  accounts: (row) => row.accountId,
  principals: (row) => row.arn,
  groups: (row) => row.id,
  ramPolicies: (row) => row.id,
  accessKeys: (row) => row.accessKeyId,
  sessions: (row) => row.accessKeyId,
  instances: (row) => row.instanceId,
  keys: (row) => row.keyId,
  keyVersions: (row) => row.versionId,
  aliases: (row) => row.id,
  resources: (row) => row.id,
  detections: (row) => row.keyId,
  keyUses: (row) => row.id,
  useAttempts: (row) => row.id,
  withdrawals: (row) => row.id,
  resourceShares: (row) => row.shareId,
  shareAssociations: (row) => row.id,
}

/** The key manager's own tables, in a store of its own: KMS cannot read it. */
export interface VaultTables {
  readonly externalKeys: ExternalKeyRow
  readonly wrappingKeys: WrappingKeyRow
  readonly credentials: ProxyCredentialRow
}

export interface ExternalKeyRow {
  readonly id: string
  readonly name: string
  readonly spec: 'AES_256'
  readonly status: 'ENABLED' | 'DISABLED'
  readonly usages: readonly ('ENCRYPT' | 'DECRYPT')[]
  /** The key's bytes under the wrapping key (AES-KW). */
  readonly wrapped: Uint8Array<ArrayBuffer>
  readonly createdAt: number
  /** Encryptions and decryptions; null or absent: as many as there come. */
  readonly requestsPerMinute?: number | null
  /** KMS keys that asked for it, by the requests that came; the newest first. Absent: none did. */
  readonly callers?: readonly { readonly kmsKeyArn: string; readonly lastRequestAt: number }[]
}

/** One row, `id: 'current'`: a non-extractable AES-KW key. */
export interface WrappingKeyRow {
  readonly id: 'current'
  readonly key: CryptoKey
}

/** A credential that the proxy accepts on a path prefix. */
export interface ProxyCredentialRow {
  readonly accessKeyId: string
  readonly uriPathPrefix: string
  /** What requests with it speak; absent: `xks-v1`. */
  readonly dialect?: ProxyConnection['dialect']
  /** SigV4's `AWS4<secret>`, or ACS4's `aliyun_v4<secret>` for `xki`, as a non-extractable HMAC key. */
  readonly signingKey: CryptoKey
  /** Absent in older rows. */
  readonly createdAt?: number
}

export const vaultTables: { readonly [N in keyof VaultTables]: (row: VaultTables[N]) => string } = {
  externalKeys: (row) => row.id,
  wrappingKeys: (row) => row.id,
  credentials: (row) => row.accessKeyId,
}

/** Raised when stored rows change their shape: a build refuses to open what a newer one stored. */
export const schemaVersion = 4
