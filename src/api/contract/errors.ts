import { administrationErrors, ramErrors } from './ram-errors.ts'

/**
 * Error codes of KMS API 2016-01-20 and of the gateway before it: code → status and message (KMS API 2016-01-20, Sample responses and each action).
 * `{name}` in a message is filled by the refusing rule. Codes marked assumed in `docs/fidelity.md` stand in `assumptions.ts`.
 */
export const errors = {
  // gateway
  'InvalidAction.NotFound': {
    status: 404,
    message: 'Specified api is not found, please check your url and method.',
  },
  MissingAction: { status: 400, message: 'Action is mandatory for this action.' },
  MissingVersion: { status: 400, message: 'Version is mandatory for this action.' },
  InvalidVersion: { status: 400, message: 'Specified parameter Version is not valid.' },
  UnsupportedHTTPMethod: { status: 403, message: 'This http method is not supported.' },
  ParseRequestParameterException: {
    status: 400,
    message: 'Server parse parameters exception. {reason}',
  },
  'InvalidParameter.Format': { status: 400, message: 'Specified parameter Format is not valid.' },
  RequestEntityTooLarge: { status: 413, message: 'The request body is larger than {max} bytes.' },
  IncompleteSignature: {
    status: 400,
    message: 'The request signature does not conform to Alibaba Cloud standards. {reason}',
  },
  MissingAccessKeyId: { status: 400, message: 'AccessKeyId is mandatory for this action.' },
  MissingTimestamp: { status: 400, message: 'Timestamp is mandatory for this action.' },
  MissingSignatureNonce: { status: 400, message: 'SignatureNonce is mandatory for this action.' },
  InvalidSignatureMethod: {
    status: 400,
    message: 'Specified parameter SignatureMethod is not valid.',
  },
  'InvalidAccessKeyId.NotFound': { status: 404, message: 'Specified access key is not found.' },
  'InvalidAccessKeyId.Inactive': { status: 400, message: 'Specified access key is disabled.' },
  'InvalidTimeStamp.Format': {
    status: 400,
    message: 'Specified time stamp or date value is not well formatted.',
  },
  'InvalidTimeStamp.Expired': {
    status: 400,
    message: 'Specified time stamp or date value is expired.',
  },
  MissingSecurityToken: { status: 400, message: 'SecurityToken is mandatory for this action.' },
  'InvalidSecurityToken.Malformed': { status: 400, message: 'Specified security token is malformed.' },
  'InvalidSecurityToken.MismatchWithAccessKey': {
    status: 400,
    message: 'Specified security token is not matched with the specified access key.',
  },
  'InvalidSecurityToken.Expired': { status: 400, message: 'Specified security token is expired.' },
  SignatureNonceUsed: { status: 400, message: 'Specified signature nonce was used already.' },
  SignatureDoesNotMatch: {
    status: 400,
    message: 'Specified signature is not matched with our calculation.',
  },
  'Rejected.Throttling': { status: 429, message: 'QPS Limit Exceeded' },
  InternalFailure: { status: 500, message: 'Internal Failure.' },
  ServiceUnavailableTemporary: { status: 503, message: 'Service Unavailable Temporary.' },
  // parameters
  MissingParameter: { status: 400, message: 'The parameter "{name}" is needed but not provided.' },
  InvalidParameter: {
    status: 400,
    message: 'The specified parameter "{name}" is not valid. {reason}',
  },
  'InvalidParameter.TagKey': {
    status: 400,
    message: 'The specified parameter "TagKey" is not valid. {reason}',
  },
  'InvalidParameter.TagValue': {
    status: 400,
    message: 'The specified parameter "TagValue" is not valid. {reason}',
  },
  'Duplicate.TagKey': { status: 400, message: 'The specified tagKey is duplicate.' },
  UnsupportedOperation: { status: 400, message: 'This operation is not supported. {reason}' },
  'Rejected.UnsupportedOperation': { status: 400, message: 'Unsupported operation.' },
  'Unsupported.Origin': { status: 400, message: 'This key origin is not valid for this api.' },
  'Unsupported.Alias': { status: 400, message: 'Alias is not valid for this api.' },
  // resources
  'Forbidden.KeyNotFound': { status: 404, message: 'The specified Key is not found.' },
  'Forbidden.KeyVersionNotFound': { status: 404, message: 'The specified Key version is not found.' },
  'Forbidden.AliasNotFound': { status: 404, message: 'The specified Alias is not found.' },
  'Forbidden.ResourceNotFound': { status: 404, message: 'Policy not found.' },
  'InvalidResourceId.NotFound': { status: 404, message: 'The specified ResourceId is not found.' },
  'Forbidden.DKMSInstanceNotFound': {
    status: 403,
    message: 'The specified DKMS Instance is not found.',
  },
  'Forbidden.DKMSInstanceStateInvalid': {
    status: 403,
    message: 'The DKMS instance state is invalid.',
  },
  'Rejected.Uninitialized': { status: 409, message: 'The DKMS instance is not enabled.' },
  AliasAlreadyExists: { status: 400, message: 'AliasName Already Exists.' },
  // permission, quota, state
  'Forbidden.NoPermission': {
    status: 403,
    message: 'This operation for {resource} is forbidden by permission system.',
  },
  'Forbidden.KeyPolicyUnSupported': {
    status: 400,
    message: 'The specified key does not support key policy.',
  },
  'Rejected.LimitExceeded': {
    status: 400,
    message: 'The request was rejected because user create resource limit was exceeded.',
  },
  'Rejected.ShareQuotaExceedLimit': { status: 400, message: 'Instance Share Quota Exceed Limit.' },
  'Rejected.Disabled': {
    status: 409,
    message: 'The request was rejected because the key state is Disabled.',
  },
  'Rejected.PendingDeletion': {
    status: 409,
    message: 'The request was rejected because the key state is PendingDeletion.',
  },
  'Rejected.PendingImport': {
    status: 409,
    message: 'The request was rejected because the key state is PendingImport.',
  },
  'Rejected.Unavailable': {
    status: 409,
    message: 'The request was rejected because the key state is Unavailable. {reason}',
  },
  'Rejected.StateModifiedFailed': { status: 409, message: 'Keystate modified failed. {reason}' },
  // ResourceSharing API 2020-01-10
  'EntityNotExists.ResourceShare': {
    status: 404,
    message: 'The resource share does not exist in the current account.',
  },
  'EntityNotExists.Permission': { status: 404, message: 'The resource share permission does not exist.' },
  'InvalidParameter.Resources': { status: 400, message: 'The Resources is invalid. {reason}' },
  'InvalidParameter.Resources.Duplicate': { status: 400, message: 'The Resources contains duplicate values.' },
  'InvalidParameter.ResourceType': { status: 400, message: 'The ResourceType is invalid.' },
  'InvalidParameter.Targets': { status: 400, message: 'The Targets is invalid.' },
  'InvalidParameter.Targets.Duplicate': { status: 400, message: 'The Targets contains duplicate values.' },
  'InvalidParameter.NextToken': { status: 400, message: 'The NextToken is invalid.' },
  InvalidTarget: { status: 400, message: 'The shared target does not exist in the resource directory.' },
  ResourceAndTargetBothEmpty: { status: 400, message: 'Either a resource or a shared target must be specified.' },
  DisassociateInvalid: { status: 400, message: 'You can not disassociate unassociated resource or target.' },
  ConflictedAssociationType: {
    status: 400,
    message: 'The specified ResourceId or Target conflicts with AssociationType.',
  },
  ShareWithYourself: { status: 409, message: 'You cannot share resources with yourself.' },
  ResourceShareStatusMismatchAction: {
    status: 409,
    message: 'The status of the resource share does not allow the specified operation. {reason}',
  },
  // dry runs: KMS API 2016-01-20, Encrypt; their HTTP status is assumed
  DryRunOperationError: { status: 400, message: 'The request would have succeeded, and DryRun is set.' },
  ValidationError: { status: 400, message: 'The request would have been refused: {reason}' },
  AccessDeniedError: { status: 403, message: 'The request would have been denied: {reason}' },
  ...ramErrors,
  ...administrationErrors,
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errors

/** Fills `{name}` in a message; what is not given leaves no trace. */
export function errorMessage(code: ErrorCode, args: Readonly<Record<string, string>> = {}): string {
  return errors[code].message.replace(/\{(\w+)\}/g, (_, name: string) => args[name] ?? '').trim()
}

/** Which part of a crypto request to an external key failed (extension: `Detail` of Rejected.Unavailable). */
export const errorHops = ['kms', 'proxy', 'keyManager'] as const
export type Hop = (typeof errorHops)[number]
export const unavailableCauses = [
  'instanceNotConnected',
  'proxyUnreachable',
  'proxyCertificate',
  'proxyWrongPath',
  'proxyTimeout',
  'proxyRefusedCredential',
  'proxyError',
  'proxyTooLarge',
  'proxyThrottled',
  'proxyDenied',
  'proxyContentType',
  'proxyTruncated',
  'proxyUnreadable',
  'proxyWrongLength',
  'proxyIntegrity',
  'keyManagerTimeout',
  'externalKeyDisabled',
  'externalKeyNotFound',
  'externalKeyUsage',
] as const
export type UnavailableCause = (typeof unavailableCauses)[number]

/** Machine-readable remainder of a refusal (extension; a real endpoint sends none). */
export interface ErrorDetail {
  readonly Parameter?: string | undefined
  readonly Hop?: Hop | undefined
  readonly Cause?: UnavailableCause | undefined
  readonly Decision?: AccessDetail | undefined
  /** Why a state could not be modified, where it is not the state itself; which limit was exceeded, where a request may meet several. */
  readonly Reason?:
    | 'DeletionProtection'
    | 'VersionGap'
    | 'VersionCount'
    | 'KeyQuota'
    | 'DefaultKey'
    | 'TrustPolicy'
    | 'AccountItself'
    | SharingReason
    | InstanceReason
    | undefined
  /** Whose keys keep a share from being withdrawn. */
  readonly Holdings?: readonly Holding[] | undefined
  /** Of a dry run: the code that the request would have been refused with. */
  readonly WouldBe?: string | undefined
}

/**
 * Why an instance is not shared: it is none of this account's in this region, or not enabled. Why a share is not withdrawn: receivers still
 * have keys. Why ownership is not changed: independent ownership is for good, or one does not own the instance.
 */
export type SharingReason =
  | 'InstanceNotOwned'
  | 'InstanceNotEnabled'
  | 'ReceiverHasKeys'
  | 'OwnershipFinal'
  | 'NotInstanceOwner'

/** Why an instance is not enabled or released. */
export type InstanceReason = 'EnabledInConsoleOnly' | 'Prepaid' | 'InstanceShared' | 'KeyProtected' | 'NoBackup'

/** Keys of one account on an instance. */
export interface Holding {
  readonly AccountId: string
  readonly KmsInstanceId: string
  readonly KeyCount: number
}

/** Why access was denied: Alibaba's own fields of AccessDeniedDetail, as far as they apply here. */
export interface AccessDetail {
  readonly AuthAction: string
  readonly AuthPrincipal: string
  readonly Resource: string
  readonly NoPermissionType: 'ImplicitDeny' | 'ExplicitDeny'
  /** Which side decided or is missing. */
  readonly PolicyType: 'KeyPolicy' | 'RamPolicy' | 'KeyPolicyAndRamPolicy'
  /** Statements that took part, the denying ones of an explicit deny. Their documents are told to those only who may read them, by ExplainAccess. */
  readonly Statements: readonly {
    readonly PolicyType: 'KeyPolicy' | 'RamPolicy'
    readonly PolicyName: string
    readonly Index: number
    readonly Effect: 'Allow' | 'Deny'
  }[]
  /** Conditions that do not hold, of statements that would have granted it. */
  readonly Unmet: readonly { readonly Operator: string; readonly Key: string }[]
  /** Sides without a grant. */
  readonly Missing: readonly ('KeyPolicy' | 'RamPolicy')[]
}
