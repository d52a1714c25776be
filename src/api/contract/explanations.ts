/**
 * Who may do what with a key, and why: extensions, as no public API answers it. The answers are the decisions that the gateway denies
 * with, asked beforehand. About oneself anybody may ask; about others one needs what it takes to read their policies, see `explain.ts`
 * of the emulator. Policies that the asker may not read are withheld, the verdict is not.
 */
import { action } from './action.ts'
import { boolean, integer, page, required, text, textList } from './params.ts'
import { limits } from './rules.ts'
import * as shape from './shapes.ts'

export const accessVerdicts = ['Allow', 'ExplicitDeny', 'NotGranted'] as const
export type AccessVerdict = (typeof accessVerdicts)[number]
/** One letter a verdict, for `Cells`. */
export const verdictLetters: Readonly<Record<string, AccessVerdict>> = {
  A: 'Allow',
  D: 'ExplicitDeny',
  N: 'NotGranted',
}

export const policySides = ['KeyPolicy', 'RamPolicy'] as const
export type PolicySide = (typeof policySides)[number]

/** Why something that is allowed does not happen all the same. */
export const obstacleReasons = [
  /** Keys of this kind never do it: versions, rotation or asymmetric cryptography with an external key. */
  'Kind',
  /** The key's state refuses it. */
  'State',
  /** The instance, the proxy or the external key does not serve now. */
  'Unavailable',
] as const

const obstacle = shape.object({
  Reason: shape.oneOf(obstacleReasons),
  /** What KMS would answer. */
  ErrorCode: shape.string(),
  /** Of `Unavailable`: see ErrorDetail. Empty otherwise. */
  Hop: shape.string(),
  Cause: shape.string(),
})
export type Obstacle = shape.Of<typeof obstacle>

const statement = shape.object({
  Side: shape.oneOf(policySides),
  /** `default` for the key policy. */
  PolicyName: shape.string(),
  PolicyType: shape.oneOf(['KeyPolicy', 'System', 'Custom']),
  /** How a RAM policy came to apply: `user`, `role`, `group <name>`; empty for the key policy. */
  Via: shape.string(),
  /** Of the statement, from 0. */
  Index: shape.number(),
  Effect: shape.oneOf(['Allow', 'Deny']),
  /** Whether the key policy's statement names only the principal's account, which then decides by RAM. */
  NamesAccountOnly: shape.boolean(),
  /** What of its condition does not hold; empty: the statement takes effect. */
  Unmet: shape.array(shape.object({ Operator: shape.string(), Key: shape.string() })),
})
export type ExplainedStatement = shape.Of<typeof statement>

export const editKinds = [
  'AddKeyPolicyStatement',
  'RemoveKeyPolicyStatement',
  'RemoveKeyPolicyPrincipal',
  /** A new policy of the account's own with this one statement, attached to the principal. */
  'AddRamPolicy',
  /** Where it is the only statement, the policy is detached from where it is attached. */
  'RemoveRamStatement',
  'EnableKey',
  'CancelKeyDeletion',
] as const
export type EditKind = (typeof editKinds)[number]

const edit = shape.object({
  Kind: shape.oneOf(editKinds),
  /** Who has to make it. */
  AccountId: shape.string(),
  /** Of RemoveRamStatement; empty otherwise. */
  PolicyName: shape.string(),
  /** Of the statement that is removed or changed; -1 otherwise. */
  Index: shape.number(),
  /** What is added, as JSON: a statement of the key policy, or a whole RAM policy. Empty otherwise. */
  Document: shape.string(),
})
export type AccessEdit = shape.Of<typeof edit>

/** Why no change of policies or state would turn the answer. */
export const noChangeReasons = [
  /** Keys of this kind never do it. */
  'Kind',
  /** Nobody takes an account's own key without a key policy from it. */
  'AccountOwnsKey',
  /** It has to be mended at the instance, the proxy or the key manager. */
  'Unavailable',
  /** No deletion is planned that could be cancelled. */
  'NothingToCancel',
  /** The instance's access management quota has no unit left for another account. */
  'QuotaExhausted',
  /** The key policy has no room for another statement. */
  'PolicyFull',
  /** The principal does not exist. */
  'NoPrincipal',
] as const
export type NoChangeReason = (typeof noChangeReasons)[number]

const explanation = shape.object({
  Verdict: shape.oneOf(accessVerdicts),
  Permission: shape.string(),
  /** ARN of the resource that decides: the alias before the key. */
  Resource: shape.string(),
  /** Account that owns the resource. */
  OwnerAccountId: shape.string(),
  Principal: shape.object({
    PrincipalArn: shape.string(),
    AccountId: shape.string(),
    Kind: shape.oneOf(['account', 'user', 'role']),
    /** False: no such user or role, so that no RAM policy can apply; of accounts that this cloud does not hold nothing is known. */
    Exists: shape.boolean(),
  }),
  /** About this principal, permission and resource: those that decide, and those whose condition does not hold. */
  Statements: shape.object({ Statement: shape.array(statement) }),
  /** Sides without a grant: within one account one of them is enough, across accounts all are needed. */
  Missing: shape.array(shape.oneOf(policySides)),
  Documents: shape.object({
    Document: shape.array(
      shape.object({
        Side: shape.oneOf(policySides),
        PolicyName: shape.string(),
        PolicyType: shape.oneOf(['KeyPolicy', 'System', 'Custom']),
        Text: shape.string(),
      }),
    ),
  }),
  /** Sides whose documents the asker may not read. */
  Withheld: shape.array(shape.oneOf(policySides)),
  Obstacle: shape.nullable(obstacle),
  /** The smallest change that turns the answer: what is denied is allowed, what is allowed is denied, what a state refuses works. Null: none does, see NoChange. */
  Change: shape.nullable(shape.object({ Edits: shape.array(edit), KeyPolicy: shape.string() })),
  NoChange: shape.nullable(shape.oneOf(noChangeReasons)),
})
export type AccessExplanation = shape.Of<typeof explanation>

/** Of the request that is asked about; left out: now, from where the asker is. */
const circumstances = { SourceIp: text(), SecureTransport: boolean(), At: text() }

export const explanationActions = {
  ExplainAccess: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {
      PrincipalArn: required(text()),
      /** e.g. `kms:Decrypt`. */
      Permission: required(text()),
      /** ID, ARN or alias; left out for permissions that are about no key. */
      KeyId: text(),
      /** Of permissions on aliases; left out: any alias. */
      AliasName: text(),
      ...circumstances,
    },
    refused: [],
    output: explanation,
    extension: true,
  }),
  /** The key's principals × permissions: of its account all, of other accounts those that its policy names. */
  DescribeKeyAccess: action({
    product: 'kms',
    kind: 'read',
    permission: 'kms:GetKeyPolicy',
    subject: 'key',
    params: {
      /** ID, ARN or alias. */
      KeyId: required(text()),
      /** Only these. */
      PrincipalArn: textList({ max: limits.principalsPerAccessPage.max }),
      /** Only those whose ARN or display name holds this text, in any case. */
      Search: text(),
      /** Only those of this account. */
      AccountId: text(),
      PageNumber: page(),
      PageSize: integer(limits.principalsPerAccessPage),
      ...circumstances,
    },
    refused: [],
    output: shape.object({
      Permissions: shape.array(shape.string()),
      /** The key's account, then the others that the key policy names. */
      AccountIds: shape.array(shape.string()),
      Obstacles: shape.object({
        Obstacle: shape.array(
          shape.object({
            Permission: shape.string(),
            Reason: shape.oneOf(obstacleReasons),
            ErrorCode: shape.string(),
            Hop: shape.string(),
            Cause: shape.string(),
          }),
        ),
      }),
      Principals: shape.object({
        Principal: shape.array(
          shape.object({
            PrincipalArn: shape.string(),
            AccountId: shape.string(),
            Kind: shape.oneOf(['account', 'user', 'role']),
            Name: shape.string(),
            DisplayName: shape.string(),
            Exists: shape.boolean(),
            /** A letter per permission, in their order: see `verdictLetters`. */
            Cells: shape.string(),
          }),
        ),
      }),
      PageNumber: shape.number(),
      PageSize: shape.number(),
      TotalCount: shape.number(),
    }),
    extension: true,
  }),
  /** The keys of the asker's account in the region that a principal has a permission on. */
  ListKeysByAccess: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {
      PrincipalArn: required(text()),
      Permission: required(text()),
      PageNumber: page(),
      PageSize: integer(limits.pageSize.ListKeysByAccess),
      ...circumstances,
    },
    refused: [],
    output: shape.object({
      Keys: shape.object({
        Key: shape.array(
          shape.object({
            KeyId: shape.string(),
            KeyArn: shape.string(),
            KeyState: shape.string(),
            AliasNames: shape.array(shape.string()),
            /** By kind or state; of instances, proxies and external keys nobody is asked. Empty: none. */
            ObstacleCode: shape.string(),
          }),
        ),
      }),
      PageNumber: shape.number(),
      PageSize: shape.number(),
      TotalCount: shape.number(),
      /** Keys that were looked through. */
      Examined: shape.number(),
    }),
    extension: true,
  }),
  /**
   * Who could give the caller a permission that it lacks, by changing the policies that decide; nobody for one that it has. Of its own account
   * ten are named, of another account nobody.
   */
  ListGrantors: action({
    product: 'kms',
    kind: 'read',
    permission: null,
    subject: 'none',
    params: {
      Permission: required(text()),
      /** ARN, as a refusal names it. */
      Resource: required(text()),
    },
    refused: [],
    output: shape.object({
      Grantors: shape.object({
        Grantor: shape.array(
          shape.object({
            /** What has to be changed. */
            Side: shape.oneOf(policySides),
            /** Whose it is. */
            AccountId: shape.string(),
            /** What that takes. */
            Permissions: shape.array(shape.string()),
            /** Another account's own are not named. */
            Withheld: shape.boolean(),
            Principals: shape.object({
              Principal: shape.array(
                shape.object({
                  PrincipalArn: shape.string(),
                  Kind: shape.oneOf(['account', 'user', 'role']),
                  Name: shape.string(),
                  DisplayName: shape.string(),
                }),
              ),
            }),
            /** Of all who could, named or not. */
            TotalCount: shape.number(),
          }),
        ),
      }),
      /** Whether a change of one side is enough, or all have to be changed. */
      Needed: shape.oneOf(['One', 'All']),
    }),
    extension: true,
  }),
} as const
